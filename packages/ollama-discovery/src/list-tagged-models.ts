import { fieldsOf } from './json-fields.ts';
import { requestOllama, type OllamaApiOptions } from './ollama-api.ts';
import { OllamaDiscoveryError } from './ollama-discovery-error.ts';
import { taggedModel, type TaggedModel } from './tagged-model.ts';

/**
 * Loads the list of models of an Ollama server (`/api/tags`).
 * @throws {OllamaDiscoveryError} if the request fails, or the server is not Ollama
 */
export async function listTaggedModels(api: OllamaApiOptions): Promise<readonly TaggedModel[]> {
  const { models } = fieldsOf(await requestOllama({ path: '/api/tags' }, api));
  if (!Array.isArray(models)) {
    const url = `${api.nativeUrl}/api/tags`;
    const message = `The server at ${api.nativeUrl} is not Ollama: its response to ${url} has no list of models. Check host and port.`;
    throw new OllamaDiscoveryError('not-ollama', message, { url });
  }
  return models.flatMap((entry) => taggedModel(entry) ?? []);
}
