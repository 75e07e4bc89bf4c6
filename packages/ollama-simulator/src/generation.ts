import { overlapOf } from './overlap.ts';
import type { Release } from './release.ts';
import type { RunSettings } from './run-settings.ts';
import type { Say } from './script.ts';

/** Why a model stopped before its script was over. `repeated` is an end without a reason. */
export type EarlyEnd = 'stop' | 'length' | 'repeated';

/** The runner's checks of each token: its limit, the stop sequences, and repetition. */
export interface Generation {
  /** Tokens so far: one for each piece of output. */
  readonly tokens: number;
  next(piece: Say): { say: Say | undefined; end: EarlyEnd | undefined };
  /** Text that was held back because it could have begun a stop sequence. */
  heldText(): string;
}

/** A server aborts an answer after this many repetitions of one token. */
const MAX_REPETITIONS = 30;

/** The checks for one answer of so many tokens at most. */
export function createGeneration({ stop, maxTokens }: Pick<RunSettings, 'stop' | 'maxTokens'>): Generation {
  const sequences = stop.filter((sequence) => sequence !== '');
  let tokens = 0;
  let held = '';
  let last: string | undefined;
  let repetitions = 0;

  /** The part of the text that can be sent, and whether a stop sequence follows it. */
  function cutAtStop(text: string): { text: string; stopped: boolean } {
    const whole = held + text;
    const found = sequences.map((sequence) => whole.indexOf(sequence)).filter((position) => position >= 0);
    if (found.length > 0) {
      held = '';
      return { text: whole.slice(0, Math.min(...found)), stopped: true };
    }
    const heldLength = Math.max(0, ...sequences.map((sequence) => overlapOf(whole, sequence)));
    held = whole.slice(whole.length - heldLength);
    return { text: whole.slice(0, whole.length - heldLength), stopped: false };
  }

  function isRepeated({ text, reasoning, toolCall, toolCalls }: Say): boolean {
    const token = toolCall === undefined && toolCalls === undefined ? (text ?? reasoning ?? '').trim() : undefined;
    repetitions = token !== undefined && token === last ? repetitions + 1 : 0;
    last = token;
    return repetitions > MAX_REPETITIONS;
  }

  return {
    get tokens() {
      return tokens;
    },
    next(piece) {
      if (isRepeated(piece)) return { say: undefined, end: 'repeated' };
      tokens += 1;
      const full = tokens >= maxTokens ? 'length' : undefined;
      if (piece.text === undefined || sequences.length === 0) return { say: piece, end: full };
      const { text, stopped } = cutAtStop(piece.text);
      const { text: _, ...rest } = piece;
      const say = text === '' ? rest : { ...rest, text };
      return { say: Object.keys(say).length === 0 ? undefined : say, end: stopped ? 'stop' : full };
    },
    heldText() {
      const text = held;
      held = '';
      return text;
    },
  };
}

/** A server ends an endless answer after this many windows. */
const MAX_WINDOWS = 10;
/** The default of OLLAMA_NUM_PARALLEL of old releases. */
const SLOTS_OF_OLD_RELEASES = 4;

/** The most tokens that an answer can have, be the request's limit as it may. */
export function tokenLimit(
  { maxTokens, contextLength, shift }: RunSettings,
  { promptTokens, parallel, release }: { promptTokens: number; parallel: number; release: Release },
): number {
  const slots = release.has('has-one-slot-per-model')
    ? 1
    : Number.isFinite(parallel)
      ? parallel
      : SLOTS_OF_OLD_RELEASES;
  const rest = shift ? Infinity : Math.max(1, contextLength + 1 - promptTokens);
  return Math.min(maxTokens, MAX_WINDOWS * contextLength * slots, rest);
}
