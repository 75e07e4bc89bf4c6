import { fieldsOf } from './json-fields.ts';
import { requestOllama, type OllamaApiOptions } from './ollama-api.ts';
import { OllamaDiscoveryError } from './ollama-discovery-error.ts';
import { taggedModel, type TaggedModel } from './tagged-model.ts';

/**
 * Asks an Ollama server for the list of its models (`/api/tags`).
 * @throws {OllamaDiscoveryError} when the server could not be asked, or is no Ollama
 */
export async function listTaggedModels(api: OllamaApiOptions): Promise<readonly TaggedModel[]> {
  const { models } = fieldsOf(await requestOllama({ path: '/api/tags' }, api));
  if (!Array.isArray(models)) {
    const url = `${api.nativeUrl}/api/tags`;
    const message = `There is a server at ${api.nativeUrl}, but it is not Ollama: its answer to ${url} has no list of models. Check host and port.`;
    throw new OllamaDiscoveryError('not-ollama', message, { url });
  }
  return models.flatMap((entry) => taggedModel(entry) ?? []);
}
