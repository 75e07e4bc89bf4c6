import type { Usage } from '@openclaw/provider';

/** Finds the token counts of an answer that is passed on as it is. */
export interface UsageReader {
  read(chunk: Uint8Array): void;
  /** What the server counted; `undefined` if it did not say. */
  usage(): Usage | undefined;
  /** Frames of a stream so far: one for each token, or for a few. */
  frames(): number;
}

/** Servers count at the end of an answer. */
const TAIL_BYTES = 2048;

/** Reads the counts of OpenAI's and of Ollama's API. */
export function createUsageReader(): UsageReader {
  let tail = '';
  let frames = 0;
  return {
    read(chunk) {
      const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      frames += countFrames(bytes);
      tail = (tail + bytes.toString('latin1', Math.max(0, bytes.length - TAIL_BYTES))).slice(-TAIL_BYTES);
    },
    frames: () => frames,
    usage() {
      const inputTokens = lastNumber(tail, INPUT);
      const outputTokens = lastNumber(tail, OUTPUT);
      if (inputTokens === undefined && outputTokens === undefined) return undefined;
      const counts = { inputTokens: inputTokens ?? 0, outputTokens: outputTokens ?? 0 };
      return { ...counts, totalTokens: counts.inputTokens + counts.outputTokens };
    },
  };
}

const INPUT = /"(?:prompt_tokens|prompt_eval_count)"\s*:\s*(\d{1,15})(?!\d)/g;
const OUTPUT = /"(?:completion_tokens|eval_count)"\s*:\s*(\d{1,15})(?!\d)/g;

/** In text of a model the quotes would be escaped. */
function lastNumber(text: string, pattern: RegExp): number | undefined {
  const found = [...text.matchAll(pattern)].at(-1)?.[1];
  return found === undefined ? undefined : Number(found);
}

/** In a stream of server-sent events, and in one of Ollama's lines. */
const FRAME_MARKS = ['data:', '"done":false'];

/** A mark that is cut between two chunks is not counted. */
function countFrames(bytes: Buffer): number {
  let count = 0;
  for (const mark of FRAME_MARKS) {
    for (let at = bytes.indexOf(mark); at !== -1; at = bytes.indexOf(mark, at + mark.length)) count++;
  }
  return count;
}
