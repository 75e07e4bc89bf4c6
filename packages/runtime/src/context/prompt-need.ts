import type { TokenEstimate } from './estimate-tokens.ts';

/** The estimated tokens of a prompt. */
export interface PromptNeed {
  /** At the very least. */
  readonly least: number;
  readonly likely: number;
  /** At most, unless the text is very unusual. */
  readonly most: number;
}

/** How far a prompt may be from the estimate, before and after the server has counted a prompt of the same model. */
const SPREAD = { unknown: { least: 0.4, most: 1.25 }, calibrated: { least: 0.7, most: 1.15 } };
/** Shorter prompts say more about the template than about the tokenizer. */
const MIN_CALIBRATING_TOKENS = 200;
/** Counts beyond this are mistakes: Ollama 0.30.0 does not count the cached part of a prompt. */
const RATIO_LIMITS = { min: 0.25, max: 8 };
/** Share of the newest count. */
const NEWEST = 0.3;

/** Turns an estimate into the range in which the count of the server will be. */
export function promptNeed({ tokens, optional }: TokenEstimate, ratio: number | undefined): PromptNeed {
  const { least, most } = ratio === undefined ? SPREAD.unknown : SPREAD.calibrated;
  const factor = ratio ?? 1;
  return {
    least: Math.floor((tokens - optional) * factor * least),
    likely: Math.ceil(tokens * factor),
    most: Math.ceil(tokens * factor * most),
  };
}

/** The counted tokens per estimated token, after another prompt was counted. */
export function calibrate(
  ratio: number | undefined,
  { estimate: { tokens, optional }, counted }: { readonly estimate: TokenEstimate; readonly counted: number },
): number | undefined {
  const newest = counted / tokens;
  const isUsable = tokens >= MIN_CALIBRATING_TOKENS && optional < tokens / 10;
  if (!isUsable || newest < RATIO_LIMITS.min || newest > RATIO_LIMITS.max) return ratio;
  return ratio === undefined ? newest : ratio + (newest - ratio) * NEWEST;
}

/** After a server found a prompt to be longer than `exceeded` tokens. */
export function raiseRatio(
  ratio: number | undefined,
  { estimate: { tokens }, exceeded }: { readonly estimate: TokenEstimate; readonly exceeded: number },
): number | undefined {
  const atLeast = exceeded / tokens;
  return atLeast > (ratio ?? 1) && atLeast <= RATIO_LIMITS.max ? atLeast : ratio;
}
