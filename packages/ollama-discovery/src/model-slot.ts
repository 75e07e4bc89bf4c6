import { apiOf, requestOllama } from './ollama-api.ts';
import type { OllamaRequestOptions } from './ollama-api.ts';
import { OllamaDiscoveryError } from './ollama-discovery-error.ts';

/** A request to one model. */
export interface ModelRequest extends OllamaRequestOptions {
  readonly model: string;
}

/**
 * Unloads a model. This also frees a slot that Ollama 0.12.0 to 0.32.14 sometimes leaves taken after an error of its tool call parser:
 * every further request to the model waits for ever.
 * @throws {OllamaDiscoveryError} if the request fails
 */
export async function unloadModel({ model, ...options }: ModelRequest): Promise<void> {
  await requestOllama({ path: '/api/chat', body: { model, messages: [], keep_alive: 0 } }, apiOf(options));
}

/**
 * Whether a loaded model responds in time to a request for one token. `false`: it is busy with other requests, or its slot is stuck.
 * Any response counts, also an error. `contextLength` is what it is loaded with: another value would make the server load it again.
 * @throws {OllamaDiscoveryError} if the server cannot be reached
 */
export async function isModelResponding({
  model,
  contextLength,
  ...options
}: ModelRequest & { readonly contextLength?: number | undefined }): Promise<boolean> {
  const body = {
    model,
    messages: [{ role: 'user', content: 'Say yes.' }],
    stream: false,
    options: { num_predict: 1, ...(contextLength !== undefined && { num_ctx: contextLength }) },
  };
  try {
    await requestOllama({ path: '/api/chat', body }, apiOf(options));
    return true;
  } catch (error) {
    if (!(error instanceof OllamaDiscoveryError)) throw error;
    if (error.code === 'timeout') return false;
    if (error.code === 'connection-failed' || error.code === 'aborted') throw error;
    return true;
  }
}
