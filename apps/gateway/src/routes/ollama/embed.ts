import { invalidField, isAbsent, isObject, readInteger, readObject } from '@openclaw/openai-wire';
import { ProviderError } from '@openclaw/provider';
import type { JsonObject, JsonValue } from '@openclaw/provider';
import type { Exchange, GatewayContext } from '../../gateway-context.ts';
import { readRequestBody } from '../../http/read-request-body.ts';
import { encodeHeaderValue, sendReply } from '../../http/send-reply.ts';
import { parseModelName } from '../../surfaces/ollama/parse-model-name.ts';
import { collectJson } from './request-json.ts';
import { relayToOllama } from './relay-to-ollama.ts';

/** `POST /api/embed`: vectors of one text or several. */
export async function embed(exchange: Exchange, context: GatewayContext): Promise<void> {
  const { uptimeMs } = context;
  const startedMs = uptimeMs();
  const body = readObject(await readRequestBody(exchange, context), 'body');
  if (await relayToOllama(body, { exchange, context, path: '/api/embed' })) return;
  const { input, dimensions } = body;
  if (typeof input !== 'string' && !isTexts(input))
    throw invalidField('input', 'a string or an array of strings', input);
  const more = isAbsent(dimensions) ? {} : { dimensions: readInteger(dimensions, 'dimensions') };
  const { model, embeddings, inputTokens } = await requestEmbeddings(
    { ...more, input },
    { name: parseModelName(body), exchange, context },
  );
  reply(exchange, {
    model,
    body: {
      model,
      embeddings,
      total_duration: Math.max(1, Math.round((uptimeMs() - startedMs) * 1e6)),
      load_duration: 0,
      ...(inputTokens !== undefined && { prompt_eval_count: inputTokens }),
    },
  });
}

/** `POST /api/embeddings`: the older form, for one text. */
export async function embedOne(exchange: Exchange, context: GatewayContext): Promise<void> {
  const body = readObject(await readRequestBody(exchange, context), 'body');
  if (await relayToOllama(body, { exchange, context, path: '/api/embeddings' })) return;
  const { prompt } = body;
  if (typeof prompt !== 'string') throw invalidField('prompt', 'a string', prompt);
  const { model, embeddings } = await requestEmbeddings(
    { input: prompt },
    { name: parseModelName(body), exchange, context },
  );
  reply(exchange, { model, body: { embedding: embeddings[0] ?? [] } });
}

function reply(exchange: Exchange, { model, body }: { readonly model: string; readonly body: JsonObject }): void {
  sendReply(exchange, { headers: ['x-openclaw-model', encodeHeaderValue(model)], body: JSON.stringify(body) });
}

interface Embeddings {
  /** Reference. */
  readonly model: string;
  readonly embeddings: readonly JsonValue[];
  readonly inputTokens: number | undefined;
}

interface EmbeddingsOptions {
  readonly name: string;
  readonly exchange: Exchange;
  readonly context: GatewayContext;
}

/**
 * Asks a server that speaks OpenAI's API.
 * @throws {ProviderError} if it refuses, or answers with something else
 */
async function requestEmbeddings(
  fields: JsonObject,
  { name, exchange: { client, signal, trace }, context: { runtime } }: EmbeddingsOptions,
): Promise<Embeddings> {
  const body = { ...fields, encoding_format: 'float' };
  const response = await runtime.passThrough({ ...client, model: name, path: 'embeddings', body }, { signal });
  const { model, status } = response;
  trace.answeredBy(model);
  const answer = await readAnswer(response.body, model);
  if (status >= 400) throw refused({ model, status, answer });
  const { data, usage } = answer;
  if (!Array.isArray(data))
    throw new ProviderError('invalid-response', `${model} answered without embeddings.`, { model });
  const embeddings = data
    .toSorted((one, other) => indexOf(one) - indexOf(other))
    .map((entry: JsonValue) => readObject(entry, 'data')['embedding'] ?? []);
  const tokens = isObject(usage) ? usage['prompt_tokens'] : undefined;
  const inputTokens = typeof tokens === 'number' ? tokens : undefined;
  if (inputTokens !== undefined) trace.used({ inputTokens, outputTokens: 0, totalTokens: inputTokens });
  return { model, embeddings, inputTokens };
}

async function readAnswer(body: AsyncIterable<Uint8Array>, model: string): Promise<JsonObject> {
  try {
    return await collectJson(body);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new ProviderError('invalid-response', `${model} answered with something that is not JSON.`, { model, cause });
  }
}

function refused({ model, status, answer }: { model: string; status: number; answer: JsonObject }): ProviderError {
  const { error } = answer;
  const said = typeof error === 'string' ? error : isObject(error) ? error['message'] : undefined;
  const message = `${model} answered with status ${status}${typeof said === 'string' ? `: ${said}` : ''}.`;
  return new ProviderError(
    status === 404 ? 'model-not-found' : status < 500 ? 'invalid-request' : 'server-error',
    message,
    { model, status },
  );
}

function indexOf(entry: JsonValue): number {
  const index = isObject(entry) ? entry['index'] : undefined;
  return typeof index === 'number' ? index : 0;
}

function isTexts(value: JsonValue | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
