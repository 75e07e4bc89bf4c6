import { ModelSelectionError } from './model-selection-error.ts';
import { quoteName } from './quote-name.ts';

/** A model of a provider. */
export interface ModelRef {
  /** Lower case: ids of providers are compared without it. */
  readonly provider: string;
  /** As the provider names it, case kept; may hold slashes and colons. */
  readonly model: string;
}

/**
 * Splits `provider/model` at the first slash: `ollama/hf.co/user/repo:Q4_K_M` is a model of `ollama`.
 * @throws {ModelSelectionError} `invalid-reference` when there is no slash, or nothing on one of its sides.
 */
export function parseModelRef(text: string): ModelRef {
  const ref = tryParseModelRef(text);
  if (ref !== undefined) return ref;
  throw new ModelSelectionError(
    'invalid-reference',
    `${quoteName(text)} is not a model reference: write provider/model, as in ollama/gpt-oss:20b.`,
    { wanted: text },
  );
}

/** Like `parseModelRef`, with `undefined` for what is no reference, such as an alias. */
export function tryParseModelRef(text: string): ModelRef | undefined {
  const slash = text.indexOf('/');
  const provider = text.slice(0, Math.max(slash, 0)).trim().toLowerCase();
  const model = text.slice(slash + 1).trim();
  return provider === '' || model === '' ? undefined : { provider, model };
}

/** The reference as people write it. What it gives back, `parseModelRef` reads. */
export function formatModelRef({ provider, model }: ModelRef): string {
  return `${provider}/${model}`;
}
