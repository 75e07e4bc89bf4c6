import { parseJson } from './json.ts';

/** How a JSON text breaks off: only its closing brackets are missing, or a part of a value, too. */
export type JsonBreak = 'before-brackets' | 'within-value';

const WORD = /[^\s{}[\],:"']+/y;
const COMPLETE_WORDS: ReadonlySet<string> = new Set(['true', 'false', 'null', 'True', 'False', 'None']);

/** How a JSON text breaks off; `undefined` if its brackets and strings are closed. */
export function findJsonBreak(text: string): JsonBreak | undefined {
  if (text.trim() === '' || parseJson(text) !== undefined) return undefined;
  const brackets: string[] = [];
  let isComplete = true;
  let isKey = false;
  for (let index = 0; index < text.length; index += 1) {
    const mark = text.charAt(index);
    if (/\s/.test(mark)) continue;
    if (mark === '"' || mark === "'") {
      index = endOfString(text, index);
      if (index === -1) return 'within-value';
      isComplete = !isKey;
    } else if (mark === '{' || mark === '[') {
      brackets.push(mark);
      isKey = mark === '{';
      isComplete = true;
    } else if (mark === '}' || mark === ']') {
      brackets.pop();
      isKey = false;
      isComplete = true;
    } else if (mark === ',' || mark === ':') {
      isKey = mark === ',' && brackets.at(-1) === '{';
      // Something was to follow.
      isComplete = false;
    } else {
      WORD.lastIndex = index;
      const word = WORD.exec(text)?.[0] ?? mark;
      index += word.length - 1;
      isComplete = COMPLETE_WORDS.has(word);
    }
  }
  if (brackets.length === 0) return undefined;
  return isComplete ? 'before-brackets' : 'within-value';
}

/** The index of the quote that closes a string; -1 if there is none. */
function endOfString(text: string, start: number): number {
  const quote = text.charAt(start);
  for (let index = start + 1; index < text.length; index += 1) {
    if (text[index] === '\\') index += 1;
    else if (text[index] === quote) return index;
  }
  return -1;
}
