import type { ProviderSetup } from '@openclaw/runtime';
import type { RunningEvidence, ServerEvidence, ServerFailure } from './evidence.ts';

interface AskOptions {
  /** For each of the three questions. */
  readonly timeoutMs: number;
}

/** Asks an Ollama server for its version, its models, and what is in memory. A server that does not answer is evidence, too. */
export async function askServer(
  { id, url, apiKey }: { readonly id: string; readonly url: string; readonly apiKey?: ProviderSetup['apiKey'] },
  options: AskOptions,
): Promise<ServerEvidence> {
  const ask = (path: string): Promise<unknown> => loadJson(`${url}${path}`, { ...options, apiKey });
  try {
    const tags = namesOf(await ask('/api/tags'));
    if (tags === undefined)
      return { provider: id, url, failure: { kind: 'not-ollama', words: 'what answers is no Ollama' } };
    const [version, running] = await Promise.all(
      [ask('/api/version'), ask('/api/ps')].map((answer) => answer.catch(() => undefined)),
    );
    return { provider: id, url, tags, running: runningOf(running), ...versionOf(version) };
  } catch (error) {
    return { provider: id, url, failure: describeFailure(error, options) };
  }
}

async function loadJson(
  url: string,
  { timeoutMs, apiKey }: AskOptions & { apiKey: string | undefined },
): Promise<unknown> {
  const headers: Record<string, string> = apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(timeoutMs), redirect: 'error' });
  if (!response.ok) throw new NotOllama(`HTTP ${response.status}`);
  return response.json();
}

/** Something answered, and not as Ollama does. */
class NotOllama extends Error {}

function describeFailure(error: unknown, { timeoutMs }: AskOptions): ServerFailure {
  if (!(error instanceof Error)) return { kind: 'unreachable', words: String(error) };
  if (error.name === 'TimeoutError') return { kind: 'timeout', words: `no answer within ${timeoutMs} ms` };
  if (error instanceof NotOllama || error instanceof SyntaxError) return { kind: 'not-ollama', words: error.message };
  const code = codeOf(error.cause);
  return FAILURES[code] ?? { kind: 'unreachable', words: code === '' ? messageOf(error.cause ?? error) : code };
}

const FAILURES: Readonly<Record<string, ServerFailure>> = {
  ECONNREFUSED: { kind: 'refused', words: 'connection refused' },
  ENOTFOUND: { kind: 'dns', words: 'host name not found' },
  EAI_AGAIN: { kind: 'dns', words: 'host name not found' },
  EHOSTUNREACH: { kind: 'unreachable', words: 'host unreachable' },
  ENETUNREACH: { kind: 'unreachable', words: 'network unreachable' },
  UND_ERR_CONNECT_TIMEOUT: { kind: 'timeout', words: 'no connection in time' },
};

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** A host with several addresses fails once for each of them. */
function codeOf(cause: unknown): string {
  if (cause instanceof AggregateError) return cause.errors.map(codeOf).find((code) => code !== '') ?? '';
  return cause instanceof Error && 'code' in cause ? String(cause.code) : '';
}

function entriesOf(body: unknown): unknown[] | undefined {
  if (typeof body !== 'object' || body === null || !('models' in body)) return undefined;
  const { models } = body;
  return Array.isArray(models) ? models : undefined;
}

function namesOf(body: unknown): string[] | undefined {
  return entriesOf(body)?.flatMap((entry) => nameOf(entry) ?? []);
}

function nameOf(entry: unknown): string | undefined {
  return typeof entry === 'object' && entry !== null && 'name' in entry && typeof entry.name === 'string'
    ? entry.name
    : undefined;
}

function runningOf(body: unknown): RunningEvidence[] {
  return (entriesOf(body) ?? []).flatMap((entry): RunningEvidence[] => {
    const name = nameOf(entry);
    if (name === undefined) return [];
    const length =
      typeof entry === 'object' && entry !== null && 'context_length' in entry ? entry.context_length : undefined;
    return [typeof length === 'number' ? { name, contextLength: length } : { name }];
  });
}

function versionOf(body: unknown): { version?: string } {
  const told = typeof body === 'object' && body !== null && 'version' in body && typeof body.version === 'string';
  return told ? { version: String(body.version) } : {};
}
