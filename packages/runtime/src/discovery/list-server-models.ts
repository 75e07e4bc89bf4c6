import type { DiscoveryFetch } from '@openclaw/ollama-discovery';
import { isProviderError } from '@openclaw/provider';
import { createFailures, detectServer, findSecrets, translateConnectionError } from '@openclaw/upstream-errors';
import type { Failures } from '@openclaw/upstream-errors';
import type { ProviderSetup } from '../provider-setup.ts';
import { isLmStudioList, readModelList } from './read-model-list.ts';
import type { ServerInventory } from './server-inventory.ts';

export interface ListServerModelsOptions {
  readonly fetch: DiscoveryFetch;
  readonly requestTimeoutMs: number;
  readonly signal: AbortSignal;
}

/** A list of all models of OpenRouter has less than one megabyte. A longer body is refused. */
const MAX_BODY_BYTES = 16 * 1024 * 1024;

/**
 * Lists the models of a server that speaks OpenAI chat completions: `GET <base>/models`, and for LM Studio
 * `/api/v0/models`, which reports more.
 * @throws {ProviderError} if the list cannot be loaded
 */
export async function listServerModels(
  setup: ProviderSetup,
  options: ListServerModelsOptions,
): Promise<ServerInventory> {
  const base = new URL(setup.baseUrl);
  const body = await requestList(below(base, `${base.pathname.replace(/\/+$/, '')}/models`), { setup, ...options });
  const inventory = readModelList(body.value);
  if (inventory === undefined)
    throw body.failures.failed('invalid-response', `answered without a list of models. ${LIST_THEM}`);
  return isLmStudioList(body.value) ? ((await listOfLmStudio(base, { setup, ...options })) ?? inventory) : inventory;
}

const LIST_THEM = 'Check the base URL, or list the models in the configuration.';

interface ListRequest extends ListServerModelsOptions {
  readonly setup: ProviderSetup;
}

/** `undefined` if the server does not have it: releases before 0.3.6, and others with the same list. */
async function listOfLmStudio(base: URL, request: ListRequest): Promise<ServerInventory | undefined> {
  try {
    return readModelList((await requestList(below(base, '/api/v0/models'), request)).value);
  } catch (error) {
    if (isProviderError(error) && error.code !== 'aborted') return undefined;
    throw error;
  }
}

async function requestList(
  url: URL,
  { setup, fetch, requestTimeoutMs, signal }: ListRequest,
): Promise<{ readonly value: unknown; readonly failures: Failures }> {
  const headers = headersOf(setup, url);
  const shown = `${url.origin}${url.pathname}`;
  const failures = createFailures({
    provider: setup.id,
    server: detectServer(setup.id, { baseUrl: url }),
    url: shown,
    capability: 'chat',
    secrets: findSecrets(headers, { baseUrl: url }),
  });
  const timeout = AbortSignal.timeout(requestTimeoutMs);
  try {
    const response = await fetch(withoutCredentials(url), {
      method: 'GET',
      headers,
      signal: AbortSignal.any([signal, timeout]),
      redirect: 'manual',
    });
    const body = await readBody(response.body, failures);
    const { status } = response;
    if (status < 200 || status >= 300) {
      const sent = ['location', 'retry-after'].map((name) => [name, response.headers.get(name) ?? undefined]);
      throw failures.response({ status, headers: Object.fromEntries(sent), body });
    }
    return { value: parseBody(body, failures), failures };
  } catch (error) {
    if (isProviderError(error)) throw error;
    if (signal.aborted) throw failures.aborted(signal.reason);
    if (timeout.aborted) throw failures.failed('timeout', `did not list its models within ${requestTimeoutMs} ms.`);
    throw translateConnectionError(error, { failures: () => failures });
  }
}

function below(base: URL, pathname: string): URL {
  const url = new URL(base);
  url.pathname = pathname;
  return url;
}

function headersOf({ apiKey = '', headers }: ProviderSetup, { username, password }: URL): Record<string, string> {
  const own = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  const given = Object.entries(headers).map(([name, value]): [string, string] => [name.toLowerCase(), value]);
  return {
    accept: 'application/json',
    'user-agent': 'openclaw',
    ...(own !== ':' && { authorization: `Basic ${Buffer.from(own).toString('base64')}` }),
    ...(apiKey !== '' && { authorization: `Bearer ${apiKey}` }),
    ...Object.fromEntries(given),
  };
}

function withoutCredentials(url: URL): string {
  const plain = new URL(url);
  plain.username = '';
  plain.password = '';
  return plain.href;
}

async function readBody(body: AsyncIterable<Uint8Array> | null, failures: Failures): Promise<string> {
  const decoder = new TextDecoder();
  let [text, bytes] = ['', 0];
  for await (const chunk of body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES)
      throw failures.failed('invalid-response', `sent a list of more than ${MAX_BODY_BYTES} bytes.`);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function parseBody(body: string, failures: Failures): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw failures.failed('invalid-response', `answered with something that is not JSON. ${LIST_THEM}`, { cause });
  }
}
