import { Transform } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** Key input without pasted text. */
export interface PasteFilter {
  /** Takes bytes from the terminal and emits keys. The brackets of a paste stay in their place among the keys. */
  readonly keys: Transform;
  /** The pasted text whose closing bracket was emitted. */
  takePaste(): string;
}

/** A terminal in bracketed paste mode sends these around pasted text. */
const BRACKETS = { start: '\u001B[200~', end: '\u001B[201~' } as const;

/**
 * Separates pasted text from keys. readline processes the whole line for each key, so a long paste would take quadratic
 * time.
 */
export function createPasteFilter(): PasteFilter {
  const decoder = new StringDecoder();
  const pastes: string[] = [];
  /** Pieces of the current paste; undefined between pastes. */
  let pieces: string[] | undefined;
  let held = '';

  const keys = new Transform({
    transform(bytes, _encoding, done) {
      let text = held + decoder.write(bytes);
      for (let at = text.indexOf(awaited()); at !== -1; at = text.indexOf(awaited())) {
        const bracket = awaited();
        take(text.slice(0, at));
        toggle();
        keys.push(bracket);
        text = text.slice(at + bracket.length);
      }
      held = findBracketStart(text, awaited());
      take(text.slice(0, text.length - held.length));
      done();
    },
  });
  return { keys, takePaste: () => pastes.shift() ?? '' };

  function awaited(): string {
    return pieces === undefined ? BRACKETS.start : BRACKETS.end;
  }

  function take(text: string): void {
    if (text === '') return;
    if (pieces === undefined) keys.push(text);
    else pieces.push(text);
  }

  function toggle(): void {
    if (pieces !== undefined) pastes.push(pieces.join(''));
    pieces = pieces === undefined ? [] : undefined;
  }
}

/** The end of a text that may be the start of a bracket. Escape alone is a key. */
function findBracketStart(text: string, bracket: string): string {
  const shortest = bracket === BRACKETS.start ? 2 : 1;
  for (let length = bracket.length - 1; length >= shortest; length--) {
    if (text.endsWith(bracket.slice(0, length))) return bracket.slice(0, length);
  }
  return '';
}
