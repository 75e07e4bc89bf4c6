import type { DiscoveryFetch } from './discovery-fetch.ts';
import { countOf, fieldsOf, textOf } from './json-fields.ts';
import { tokensOf } from './model-details.ts';
import { listTaggedModels } from './list-tagged-models.ts';
import { requestOllama } from './ollama-api.ts';
import type { OllamaApiOptions } from './ollama-api.ts';
import { OllamaDiscoveryError } from './ollama-discovery-error.ts';
import { resolveOllamaBaseUrl } from './resolve-ollama-base-url.ts';
import { taggedModel } from './tagged-model.ts';

export interface OllamaRequestOptions {
  /** With or without `/v1`. @default http://127.0.0.1:11434 */
  readonly baseUrl?: string | undefined;
  readonly apiKey?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly fetch?: DiscoveryFetch | undefined;
  readonly signal?: AbortSignal | undefined;
  /** @default 5000 */
  readonly requestTimeoutMs?: number | undefined;
}

/** A model that is in memory. Up to Ollama 0.24 a model is listed while it still loads; later only when it is ready. */
export interface RunningModel {
  readonly name: string;
  readonly digest: string;
  readonly sizeBytes: number;
  /** Less than `sizeBytes`: part of it runs on the CPU. `0`: all of it. */
  readonly vramBytes: number;
  /** The context it was loaded with, in tokens (Ollama ≥ 0.10.0). */
  readonly contextLength?: number;
  /** When the server will let go of it, as the server writes it (RFC 3339). */
  readonly expiresAt?: string;
}

/**
 * Asks an Ollama server which models are in memory (`/api/ps`).
 * @throws {OllamaDiscoveryError} when the server could not be asked
 */
export async function listRunningModels(options: OllamaRequestOptions = {}): Promise<readonly RunningModel[]> {
  const { models } = fieldsOf(await request('/api/ps', options));
  return (Array.isArray(models) ? models : []).flatMap((entry) => {
    const tagged = taggedModel(entry);
    return tagged === undefined ? [] : [runningModel(tagged, fieldsOf(entry))];
  });
}

/**
 * Asks an Ollama server for the names of all its models (`/api/tags`), whatever they can do.
 * @throws {OllamaDiscoveryError} when the server could not be asked, or is no Ollama
 */
export async function listModelNames(options: OllamaRequestOptions = {}): Promise<readonly string[]> {
  return (await listTaggedModels(apiOf(options))).map(({ name }) => name);
}

/**
 * Asks an Ollama server for its version: `0.12.6`; source builds say `0.0.0`.
 * @throws {OllamaDiscoveryError} when the server could not be asked, or does not say
 */
export async function loadOllamaVersion(options: OllamaRequestOptions = {}): Promise<string> {
  const version = textOf(fieldsOf(await request('/api/version', options))['version']);
  if (version !== undefined) return version;
  throw new OllamaDiscoveryError('invalid-response', 'The server does not say its version. Is this Ollama?');
}

function request(path: string, options: OllamaRequestOptions): Promise<unknown> {
  return requestOllama({ path }, apiOf(options));
}

function apiOf({
  baseUrl,
  apiKey,
  headers,
  fetch = globalThis.fetch,
  signal,
  requestTimeoutMs = 5000,
}: OllamaRequestOptions): OllamaApiOptions {
  const { nativeUrl } = resolveOllamaBaseUrl({ baseUrl });
  return { nativeUrl, apiKey, headers, fetch, signal, requestTimeoutMs };
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
