import { ModelSelectionError } from './model-selection-error.ts';
import { quoteName } from './quote-name.ts';

/** A model of a provider. */
export interface ModelRef {
  /** In lower case, since ids of providers are compared without case. */
  readonly provider: string;
  /** The provider's name of the model, with its case. May contain slashes and colons. */
  readonly model: string;
}

/**
 * Splits `provider/model` at the first slash: `ollama/hf.co/user/repo:Q4_K_M` is a model of `ollama`.
 * @throws {ModelSelectionError} `invalid-reference` if there is no slash, or an empty side.
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

/** Like `parseModelRef`, but returns `undefined` for text that is not a reference, such as an alias. */
export function tryParseModelRef(text: string): ModelRef | undefined {
  const slash = text.indexOf('/');
  const provider = text.slice(0, Math.max(slash, 0)).trim().toLowerCase();
  const model = text.slice(slash + 1).trim();
  return provider === '' || model === '' ? undefined : { provider, model };
}

/** Formats a reference. The inverse of `parseModelRef`. */
export function formatModelRef({ provider, model }: ModelRef): string {
  return `${provider}/${model}`;
}
