import type { LightFetch } from '@openclaw/runtime/internal';

/** A server with OpenAI's API on this machine. */
export interface LocalServer {
  /** A name for its provider. */
  readonly id: string;
  readonly baseUrl: string;
  readonly modelCount: number;
}

interface FindOptions extends Pick<LightFetch, 'fetch'> {
  /** @default the addresses that these servers usually have */
  readonly candidates?: readonly Pick<LocalServer, 'id' | 'baseUrl'>[];
}

/** Where these servers listen unless they are told otherwise. LocalAI has the port of llama.cpp. */
const USUAL_ADDRESSES = [
  { id: 'lmstudio', baseUrl: 'http://127.0.0.1:1234/v1' },
  { id: 'vllm', baseUrl: 'http://127.0.0.1:8000/v1' },
  { id: 'llamacpp', baseUrl: 'http://127.0.0.1:8080/v1' },
  { id: 'sglang', baseUrl: 'http://127.0.0.1:30000/v1' },
];

const TIMEOUT_MS = 1000;

const MAX_BODY_BYTES = 1024 * 1024;

/** Looks for servers with a list of models at their usual addresses. Anything else that answers there is ignored. */
export async function findLocalServers({
  fetch,
  candidates = USUAL_ADDRESSES,
}: FindOptions): Promise<readonly LocalServer[]> {
  const counts = await Promise.all(candidates.map(({ baseUrl }) => countModels(baseUrl, fetch).catch(() => undefined)));
  return candidates.flatMap((candidate, index) => {
    const modelCount = counts[index];
    return modelCount === undefined ? [] : [{ ...candidate, modelCount }];
  });
}

/** What was found, in one sentence. */
export function describeLocalServer({ baseUrl, modelCount }: LocalServer): string {
  const count = modelCount === 1 ? 'one model' : `${modelCount} models`;
  return `A server with ${count} answers at ${baseUrl}, and the configuration does not use it.`;
}

/** The commands that make a server usable. */
export function commandsForLocalServer({ id, baseUrl }: LocalServer): readonly string[] {
  return [
    `openclaw config set models.providers.${id} '{ baseUrl: "${baseUrl}", discover: true }'`,
    'openclaw models list',
  ];
}

/** `undefined` if the answer is no list of models. */
async function countModels(baseUrl: string, fetch: LightFetch['fetch']): Promise<number | undefined> {
  const signal = AbortSignal.timeout(TIMEOUT_MS);
  const { status, body } = await fetch(`${baseUrl}/models`, { method: 'GET', headers: {}, signal, redirect: 'manual' });
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of body ?? []) {
    text += decoder.decode(bytes, { stream: true });
    if (text.length > MAX_BODY_BYTES) return undefined;
  }
  if (status !== 200) return undefined;
  const list: unknown = JSON.parse(text);
  return typeof list === 'object' && list !== null && 'data' in list && Array.isArray(list.data)
    ? list.data.length
    : undefined;
}
