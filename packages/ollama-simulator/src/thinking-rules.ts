import { refuseField } from './native-request-rules.ts';
import type { Thinking } from './thinking.ts';
import type { Release } from './release.ts';
import { RequestFailure } from './request-failure.ts';
import { type CompleteModel, fullName } from './simulated-model.ts';

/** The `think` of a native request. */
export type ThinkValue = boolean | string | undefined;

/**
 * The `think` of a native request, as far as the release knows it.
 * @throws RequestFailure 400 if the value is not one of the release's
 */
export function parseThink(
  value: unknown,
  { release, struct }: { release: Release; struct: 'ChatRequest' | 'GenerateRequest' },
): ThinkValue {
  if (value === undefined || value === null || !release.has('knows-thinking')) return undefined;
  if (typeof value === 'boolean') return value;
  if (!release.has('knows-think-levels')) {
    return refuseField(value, { field: `${struct}.think`, goType: 'bool' });
  }
  const levels = ['high', 'medium', 'low', ...(release.has('knows-effort-max') ? ['max'] : [])];
  const choices = `${levels.map((level) => `"${level}"`).join(', ')}, true, or false`;
  if (typeof value !== 'string') {
    throw new RequestFailure(400, `think must be a boolean or string (${choices})`);
  }
  if (levels.includes(value)) return value;
  throw new RequestFailure(400, `invalid think value: ${JSON.stringify(value)} (must be ${choices})`);
}

/**
 * How reasoning is sent, for the `think` of a native request.
 * @throws RequestFailure 400 if the model cannot think, or not on a chosen level
 */
export function decideThinking(
  think: ThinkValue,
  { model, asked, release }: { model: CompleteModel; asked: string; release: Release },
): Thinking {
  if (!release.has('knows-thinking')) return 'in-text';
  const isGptOss = model.family === 'gptoss' && release.has('parses-harmony');
  if (!model.capabilities.includes('thinking')) {
    const refuses = release.has('refuses-any-think-without-thinking') ? think !== undefined : Boolean(think);
    if (refuses) throw new RequestFailure(400, thinkingRefusal(asked, { model, release }));
    return 'in-text';
  }
  if (typeof think === 'string' && !isGptOss && release.has('refuses-effort-on-other-than-gpt-oss')) {
    throw new RequestFailure(400, `think value "${think}" is not supported for this model`);
  }
  if (isGptOss) return 'parsed';
  if (think === undefined) return release.has('thinks-by-default') ? 'parsed' : 'in-text';
  return think === false ? 'off' : 'parsed';
}

/** The text for a model that cannot think. */
export function thinkingRefusal(asked: string, { model, release }: { model: CompleteModel; release: Release }): string {
  const name = release.has('thinks-by-default') ? `"${asked}"` : fullName(model.name);
  return `${name} does not support thinking`;
}
