import { APICallError } from '@ai-sdk/provider';
import type { EmbeddingModelV4, EmbeddingModelV4Result } from '@ai-sdk/provider';
import type { OpenClaw, PassThroughResponse } from '@openclaw/runtime';
import { toApiError } from './to-api-error.ts';

/** A model for `embed` and `embedMany`. */
export function createEmbeddingModel(modelId: string, { claw }: { readonly claw: OpenClaw }): EmbeddingModelV4 {
  return {
    specificationVersion: 'v4',
    provider: 'openclaw',
    modelId,
    maxEmbeddingsPerCall: undefined,
    supportsParallelCalls: true,
    async doEmbed({ values, dimensions, abortSignal: signal }) {
      const body = { model: modelId, input: values, ...(dimensions !== undefined && { dimensions }) };
      try {
        const response = await claw.passThrough({ model: modelId, path: 'embeddings', body }, { signal });
        return decodeEmbeddings(response, { text: await readText(response), values });
      } catch (error) {
        throw toApiError(error, { ...(signal !== undefined && { abortSignal: signal }) });
      }
    },
  };
}

async function readText({ body }: PassThroughResponse): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const bytes of body) text += decoder.decode(bytes, { stream: true });
  return text + decoder.decode();
}

interface EmbeddingsText {
  readonly text: string;
  readonly values: readonly string[];
}

/** @throws {APICallError} if the server refused, or did not answer with a vector for each value */
function decodeEmbeddings(
  { status, model }: PassThroughResponse,
  { text, values }: EmbeddingsText,
): EmbeddingModelV4Result {
  const fail = (message: string) =>
    new APICallError({ message, url: '', requestBodyValues: {}, statusCode: status, responseBody: text });
  if (status >= 400) throw fail(`${model} answered with status ${status}.`);
  const { data, usage } = parseObject(text);
  const vectors = Array.isArray(data) ? data.map((entry: unknown) => vectorOf(entry)) : [];
  const embeddings = vectors.filter((vector) => vector !== undefined);
  if (embeddings.length !== values.length)
    throw fail(`${model} answered with ${embeddings.length} vectors for ${values.length} texts.`);
  const tokens = isObject(usage) ? usage['prompt_tokens'] : undefined;
  return { embeddings, warnings: [], ...(typeof tokens === 'number' && { usage: { tokens } }) };
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function vectorOf(entry: unknown): number[] | undefined {
  const vector = isObject(entry) ? entry['embedding'] : undefined;
  return Array.isArray(vector) && vector.every((number) => typeof number === 'number') ? vector : undefined;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
