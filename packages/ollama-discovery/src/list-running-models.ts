import { countOf, fieldsOf, textOf } from './json-fields.ts';
import { tokensOf } from './model-details.ts';
import { listTaggedModels } from './list-tagged-models.ts';
import { apiOf, requestOllama } from './ollama-api.ts';
import type { OllamaRequestOptions } from './ollama-api.ts';
import { OllamaDiscoveryError } from './ollama-discovery-error.ts';
import { taggedModel } from './tagged-model.ts';

/** A model in memory. Ollama up to 0.24 also lists models that are loading; later releases list only loaded models. */
export interface RunningModel {
  readonly name: string;
  readonly digest: string;
  readonly sizeBytes: number;
  /** Less than `sizeBytes`: part of it runs on the CPU. `0`: all of it. */
  readonly vramBytes: number;
  /** The context window that it was loaded with, in tokens (Ollama ≥ 0.10.0). */
  readonly contextLength?: number;
  /** When the server will unload it, as reported by the server (RFC 3339). */
  readonly expiresAt?: string;
}

/**
 * Lists the models that an Ollama server has in memory (`/api/ps`).
 * @throws {OllamaDiscoveryError} if the request fails
 */
export async function listRunningModels(options: OllamaRequestOptions = {}): Promise<readonly RunningModel[]> {
  const { models } = fieldsOf(await request('/api/ps', options));
  return (Array.isArray(models) ? models : []).flatMap((entry) => {
    const tagged = taggedModel(entry);
    return tagged === undefined ? [] : [runningModel(tagged, fieldsOf(entry))];
  });
}

/**
 * Lists the names of all models of an Ollama server (`/api/tags`), regardless of their capabilities.
 * @throws {OllamaDiscoveryError} if the request fails, or the server is not Ollama
 */
export async function listModelNames(options: OllamaRequestOptions = {}): Promise<readonly string[]> {
  return (await listTaggedModels(apiOf(options))).map(({ name }) => name);
}

/**
 * Loads the version of an Ollama server: `0.12.6`; builds from source report `0.0.0`.
 * @throws {OllamaDiscoveryError} if the request fails, or the server reports no version
 */
export async function loadOllamaVersion(options: OllamaRequestOptions = {}): Promise<string> {
  const version = textOf(fieldsOf(await request('/api/version', options))['version']);
  if (version !== undefined) return version;
  throw new OllamaDiscoveryError('invalid-response', 'The server does not report a version. Is this Ollama?');
}

function request(path: string, options: OllamaRequestOptions): Promise<unknown> {
  return requestOllama({ path }, apiOf(options));
}

function runningModel(
  { name, digest, sizeBytes }: { name: string; digest: string; sizeBytes: number },
  fields: Readonly<Record<string, unknown>>,
): RunningModel {
  const contextLength = tokensOf(fields['context_length']);
  const expiresAt = textOf(fields['expires_at']);
  return {
    name,
    digest,
    sizeBytes,
    vramBytes: countOf(fields['size_vram']) ?? 0,
    ...(contextLength !== undefined && { contextLength }),
    ...(expiresAt !== undefined && { expiresAt }),
  };
}
