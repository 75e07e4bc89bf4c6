import { normalizeModelName } from '@openclaw/model-selection';
import type { CatalogModel } from '@openclaw/model-selection';
import type { ExplainQuery, Runtime } from '@openclaw/runtime/internal';
import type { DescribeWaiting } from '../render/watch-waiting.ts';

/**
 * What Ollama reports about the requested model: it is loading, or it is in memory and thinks. Other servers do not
 * report it.
 */
export function createDescribeWaiting(
  runtime: Runtime,
  query: Pick<ExplainQuery, 'model' | 'agent' | 'allowFallbacks'>,
): DescribeWaiting {
  let candidates: Promise<readonly CatalogModel[]> | undefined;
  return async ({ signal, failed }) => {
    candidates ??= runtime.explain(query, { signal }).then((plan) => plan.candidates.map(({ model }) => model));
    const models = await candidates;
    const before = models.findIndex(({ ref }) => ref === failed.at(-1)?.model);
    const asked = models[before + 1];
    if (asked === undefined || !runtime.ollamaServers().some(({ provider }) => provider === asked.provider))
      return undefined;
    const names = await readRunningNames(runtime, { provider: asked.provider, signal });
    const isLoaded = names.some((name) => normalizeModelName(name) === normalizeModelName(asked.model));
    return isLoaded ? 'thinking…' : `loading ${asked.model}…`;
  };
}

async function readRunningNames(
  runtime: Runtime,
  { provider, signal }: { readonly provider: string; readonly signal: AbortSignal },
): Promise<readonly string[]> {
  const { body } = await runtime.requestOllama({ provider, method: 'GET', path: '/api/ps' }, { signal });
  const text = new TextDecoder();
  let json = '';
  for await (const bytes of body) json += text.decode(bytes, { stream: true });
  const answer: unknown = JSON.parse(json);
  if (typeof answer !== 'object' || answer === null || !('models' in answer) || !Array.isArray(answer.models))
    return [];
  return answer.models.flatMap((model: unknown) =>
    typeof model === 'object' && model !== null && 'name' in model && typeof model.name === 'string'
      ? [model.name]
      : [],
  );
}
