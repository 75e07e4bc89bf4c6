import { createHash } from 'node:crypto';
import { RequestFailure } from './request-failure.ts';
import type { CompleteModel } from './simulated-model.ts';

/** A unit vector made from the text, so that equal texts are equal and others differ. */
function embedText(text: string, { length }: { length: number }): Float32Array {
  const numbers = Float32Array.from({ length }, (_, position) => {
    const bytes = createHash('sha256').update(`${position}\0${text}`).digest();
    return bytes.readInt32LE(0) / 2 ** 31;
  });
  const norm = Math.hypot(...numbers) || 1;
  return numbers.map((number) => number / norm);
}

/**
 * The vectors of several texts, as the runner of the model makes them. A model that was made to chat has vectors, too, if
 * llama.cpp runs it.
 * @throws RequestFailure 501 if the model has none, 500 for an empty text
 */
export function embedTexts(
  texts: readonly string[],
  { model, dimensions }: { model: CompleteModel; dimensions: number },
): Float32Array[] {
  if (!model.capabilities.includes('embedding') && model.family !== 'llama') {
    throw new RequestFailure(501, 'this model does not support embeddings');
  }
  if (texts.includes('')) throw new RequestFailure(500, 'Failed to create new sequence: no input provided');
  const length = dimensions > 0 ? Math.min(dimensions, model.embeddingLength) : model.embeddingLength;
  return texts.map((text) => embedText(text, { length }));
}
