import { TapeModelError } from './tape-model-error.ts';
import { divideText } from './divide-text.ts';
import { checkScriptName, parseScript } from './tape-script.ts';
import type { TapeScript } from './tape-script.ts';

/** Token types of GGUF. */
const NORMAL = 1;
const UNKNOWN = 2;
const CONTROL = 3;
const BYTE = 6;

/** The tokens of a model, and which one follows which. */
export interface TapeVocabulary {
  readonly tokens: readonly string[];
  /** Preference of the tokenizer. Pieces of scripts are the last that it considers. */
  readonly scores: readonly number[];
  readonly types: readonly number[];
  /** Token → the one token that follows it. A token without an entry is the last of a script. */
  readonly successors: ReadonlyMap<number, number>;
  /** Ends an answer. */
  readonly endToken: number;
  /** These start the default script, and have no other meaning: they can look the same to the model. */
  readonly defaultCues: ReadonlySet<number>;
}

/** Options of `createTapeVocabulary`. */
export interface TapeVocabularyOptions {
  readonly defaultScript: string;
  readonly afterTool: string;
}

/** Gives each piece of each script a token of its own. */
export function createTapeVocabulary(
  scripts: Readonly<Record<string, TapeScript>>,
  { defaultScript, afterTool }: TapeVocabularyOptions,
): TapeVocabulary {
  const tokens: string[] = [];
  const scores: number[] = [];
  const types: number[] = [];
  const ids = new Map<string, number>();
  const successors = new Map<number, number>();
  const first = new Map<string, number>();

  addToken('<unk>', { type: UNKNOWN });
  addToken('<s>', { type: CONTROL });
  const endToken = addToken('</s>', { type: CONTROL });
  const bytes = Array.from({ length: 256 }, (_, byte) =>
    addToken(`<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`, { type: BYTE }),
  );
  const cue = addToken('|>', { score: -1 });
  const usedBytes = new Set<number>();

  // Given pieces first, then short texts: their pieces are still free.
  const order = Object.entries(scripts).toSorted(([, a], [, b]) => textLength(a) - textLength(b));
  for (const [name, script] of order) addScript(name, script);
  for (const [name, option] of [
    [defaultScript, 'defaultScript'],
    [afterTool, 'afterTool'],
  ] as const)
    if (!(name in scripts)) throw new TapeModelError(`\`${option}\` is ${JSON.stringify(name)}, which is no script.`);
  linkTo(addToken('<|tool|>', { type: CONTROL }), first.get(afterTool));
  const defaultCues = new Set([cue, ...bytes.filter((_, byte) => !usedBytes.has(byte))]);
  for (const token of defaultCues) linkTo(token, first.get(defaultScript));
  return { tokens, scores, types, successors, endToken, defaultCues };

  function addScript(name: string, script: TapeScript): void {
    checkScriptName(name);
    const { thinking, text, loop } = parseScript(script);
    const thoughts = addText(name, thinking);
    const answer = typeof text === 'string' ? addText(name, text) : text.flatMap((piece) => addPiece(name, piece));
    const whole = [...thoughts, ...answer];
    for (const [index, token] of whole.entries()) linkTo(token, whole[index + 1]);
    const last = whole.at(-1);
    if (loop && last !== undefined) linkTo(last, whole[0]);
    linkTo(addToken(`<|say:${name}|>`, { type: CONTROL }), whole[0]);
    linkTo(addToken(`<|say:${name}+nothink|>`, { type: CONTROL }), answer[0]);
    const start = whole[0];
    if (start !== undefined) first.set(name, start);
  }

  function addText(name: string, text: string): number[] {
    const pieces = divideText(text, (piece) => ids.has(toStored(piece)));
    if (pieces === undefined)
      throw new TapeModelError(
        `The text of the script "${name}" repeats itself or other scripts so much that it has no division into different tokens. Change its words.`,
      );
    return pieces.map((piece) => addToken(toStored(piece), { score: -100 }));
  }

  function addPiece(name: string, piece: string | Uint8Array): number[] {
    if (typeof piece === 'string') {
      if (piece === '' || ids.has(toStored(piece)))
        throw new TapeModelError(
          `The piece ${JSON.stringify(piece)} of the script "${name}" is empty or used already.`,
        );
      return [addToken(toStored(piece), { score: -100 })];
    }
    return [...piece].map((byte) => {
      if (usedBytes.has(byte))
        throw new TapeModelError(
          `The byte ${byte} of the script "${name}" is used already. It can have one place only.`,
        );
      usedBytes.add(byte);
      return bytes[byte] ?? endToken;
    });
  }

  function addToken(text: string, { type = NORMAL, score = 0 }: { type?: number; score?: number }): number {
    const id = tokens.length;
    ids.set(text, id);
    tokens.push(text);
    scores.push(score);
    types.push(type);
    return id;
  }

  function linkTo(token: number, next: number | undefined): void {
    if (next !== undefined) successors.set(token, next);
  }
}

/** Spaces as the tokenizer stores them. */
function toStored(text: string): string {
  return text.replaceAll(' ', '\u2581');
}

function textLength(script: TapeScript): number {
  const { thinking, text } = parseScript(script);
  return typeof text === 'string' ? thinking.length + text.length : -1;
}
