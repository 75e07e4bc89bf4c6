import type { ModelRequest } from './model-slot.ts';
import { apiOf, commandOllama } from './ollama-api.ts';

/**
 * Deletes a model from a server (`/api/delete`).
 * @throws {OllamaDiscoveryError} if the request fails, or the server does not have the model
 */
export async function deleteModel({ model, ...options }: ModelRequest): Promise<void> {
  await commandOllama({ path: '/api/delete', method: 'DELETE', body: { model } }, apiOf(options));
}
