import type { TapeVocabulary } from './tape-vocabulary.ts';

/** Components of an embedding. The last one marks the end of a script. */
export const WIDTH = 256;
const END = WIDTH - 1;
/** The successor of a token has the logit `MARGIN * END`; others have noise of about `MARGIN * Math.sqrt(END)`. */
const MARGIN = 0.5;
const END_STRENGTH = 16;
const SEED = 0x7a9e_0001;

/** The two matrices of a tape model, a row per token. All other weights are zero. */
export interface TapeWeights {
  readonly embedding: Float32Array;
  readonly output: Float32Array;
}

/**
 * Each token has a random vector of +1 and -1 as its embedding; two of them are nearly orthogonal. The output row of a
 * token is the sum of the embeddings of the tokens before it. So the largest logit belongs to the successor.
 */
export function createTapeWeights(vocabulary: TapeVocabulary): TapeWeights {
  const { tokens, successors, endToken, defaultCues } = vocabulary;
  const embedding = new Float32Array(tokens.length * WIDTH);
  const output = new Float32Array(tokens.length * WIDTH);
  const nextBits = createRandomBits(SEED);
  const createVector = () => Float32Array.from({ length: WIDTH }, (_, index) => (index === END ? 0 : nextBits()));
  // One embedding for all of them. Otherwise the output row of the first token would be a sum of hundreds.
  const shared = createVector();
  let isSharedLinked = false;
  for (const token of tokens.keys()) {
    const vector = defaultCues.has(token) ? shared : createVector();
    const next = successors.get(token);
    embedding.set(vector, token * WIDTH);
    if (next === undefined) embedding[token * WIDTH + END] = END_STRENGTH;
    else if (!defaultCues.has(token) || !isSharedLinked) {
      isSharedLinked ||= defaultCues.has(token);
      for (let index = 0; index < END; index += 1) {
        output[next * WIDTH + index] = (output[next * WIDTH + index] ?? 0) + MARGIN * (vector[index] ?? 0);
      }
    }
  }
  output[endToken * WIDTH + END] = MARGIN * END_STRENGTH;
  return { embedding, output };
}

/** +1 or -1, the same sequence for the same seed (xorshift). */
function createRandomBits(seed: number): () => 1 | -1 {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state & 0x10000) === 0 ? 1 : -1;
  };
}
