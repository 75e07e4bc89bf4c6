import { countOf, fieldsOf, textOf } from './json-fields.ts';
import type { ModelRequest } from './model-slot.ts';
import { apiOf, streamOllama } from './ollama-api.ts';
import { OllamaDiscoveryError } from './ollama-discovery-error.ts';

/** A step of a download, as the server reports it. */
export interface PullProgress {
  /** In the server's words: `pulling manifest`, `pulling 6a0746a1ec1a`, `verifying sha256 digest`, `success`. */
  readonly status: string;
  /** The part that is being downloaded. */
  readonly digest?: string;
  /** Size of the part, in bytes. */
  readonly totalBytes?: number;
  /** How much of the part the server has, including what earlier downloads left. */
  readonly completedBytes?: number;
}

export interface PullRequest extends ModelRequest {
  /** Whether the registry may be one without TLS, or with a certificate that the server does not trust. @default false */
  readonly insecure?: boolean | undefined;
}

/**
 * Makes a server download a model (`/api/pull`). If the request is aborted, the server stops, keeps what it has, and the
 * next download of the model continues there.
 * @throws {OllamaDiscoveryError} if the request fails, the server reports an error, or the connection closes too early
 */
export async function* pullModel({ model, insecure, ...options }: PullRequest): AsyncGenerator<PullProgress> {
  const api = apiOf(options);
  const url = `${api.nativeUrl}/api/pull`;
  let last = '';
  for await (const line of streamOllama(
    { path: '/api/pull', body: { model, stream: true, ...(insecure === true && { insecure }) } },
    api,
  )) {
    const fields = fieldsOf(line);
    const error = textOf(fields['error']);
    if (error !== undefined) {
      throw new OllamaDiscoveryError('server-error', `${model} could not be pulled: ${error}.`, { url });
    }
    const progress = pullProgress(fields);
    last = progress.status;
    yield progress;
  }
  if (last === 'success') return;
  const message = `The download of ${model} stopped before its end: ${url} closed the connection. Pull again to continue.`;
  throw new OllamaDiscoveryError('connection-failed', message, { url, connection: 'closed' });
}

function pullProgress(fields: Readonly<Record<string, unknown>>): PullProgress {
  const digest = textOf(fields['digest']);
  const totalBytes = countOf(fields['total']);
  const completedBytes = countOf(fields['completed']);
  return {
    status: textOf(fields['status']) ?? '',
    ...(digest !== undefined && { digest }),
    ...(totalBytes !== undefined && { totalBytes }),
    ...(completedBytes !== undefined && { completedBytes }),
  };
}
