import type { Say } from './script.ts';

/** The log probability of one token, as both APIs write it. */
export interface TokenLogprob {
  token: string;
  logprob: number;
  bytes: readonly number[];
  top_logprobs?: readonly TokenLogprob[];
}

/** The log probability of a piece of output, which was certain; its alternatives are made up. */
export function logprobOf(
  { text = '', reasoning = '' }: Say,
  { alternatives }: { alternatives: number },
): TokenLogprob {
  const chosen = describe(reasoning + text, 0);
  const others = Array.from({ length: Math.max(0, alternatives - 1) }, (_, rank) =>
    describe(`${reasoning}${text}${'~'.repeat(rank + 1)}`, -70 - rank),
  );
  return alternatives > 0 ? { ...chosen, top_logprobs: [chosen, ...others] } : chosen;
}

function describe(token: string, logprob: number): TokenLogprob {
  return { token, logprob, bytes: [...Buffer.from(token)] };
}
