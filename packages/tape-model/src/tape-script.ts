import { TapeModelError } from './tape-model-error.ts';

/**
 * One answer of a model.
 *
 * - A string is the text. It is divided into tokens of about five characters.
 * - With `thinking`, the text follows the thoughts in `<think>` tags. A request with `think: false` gets the text alone.
 * - `pieces` decide where the tokens begin and end: each string is one token, each byte of a `Uint8Array` is one token.
 *   With `loop` the pieces repeat without end.
 */
export type TapeScript =
  | string
  | { readonly thinking: string; readonly text: string }
  | { readonly pieces: readonly (string | Uint8Array)[]; readonly loop?: boolean };

/** A script in parts: tokens that are given, or text that is still to be divided. */
export interface ScriptParts {
  readonly thinking: string;
  readonly text: string | readonly (string | Uint8Array)[];
  readonly loop: boolean;
}

/** Brings the forms of a script into one. */
export function parseScript(script: TapeScript): ScriptParts {
  if (typeof script === 'string') return { thinking: '', text: script, loop: false };
  if ('pieces' in script) return { thinking: '', text: script.pieces, loop: script.loop === true };
  return { thinking: `<think>${script.thinking}</think>\n\n`, text: script.text, loop: false };
}

/** A name is part of the prompt, inside `<|say:NAME|>`. */
export function checkScriptName(name: string): void {
  if (/^[\w-]+$/.test(name)) return;
  throw new TapeModelError(`The script name ${JSON.stringify(name)} is not usable. Use letters, digits, "_" and "-".`);
}
