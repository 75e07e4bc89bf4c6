/** Deeper values would overflow the stack of recursive code; `JSON.stringify` fails at 10,000 levels. */
const MAX_DEPTH = 1_000;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Parses JSON. `undefined`, which is no JSON value, for text that is not JSON or is nested too deeply. */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = text.length > MAX_DEPTH && isTooDeep(text) ? undefined : JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

/** Scans the characters only if there are enough brackets to be too deep. */
function isTooDeep(text: string): boolean {
  return countOpening(text, '{') + countOpening(text, '[') > MAX_DEPTH && measureDepth(text) > MAX_DEPTH;
}

/** Counts up to just above the limit. */
function countOpening(text: string, bracket: '{' | '['): number {
  let count = 0;
  for (let at = text.indexOf(bracket); at !== -1 && count <= MAX_DEPTH; at = text.indexOf(bracket, at + 1)) count += 1;
  return count;
}

function measureDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (inString) {
      if (code === BACKSLASH) at += 1;
      else inString = code !== QUOTE;
    } else if (code === QUOTE) inString = true;
    // [ and {, then ] and }
    else if (code === 0x5b || code === 0x7b) deepest = Math.max(deepest, (depth += 1));
    else if (code === 0x5d || code === 0x7d) depth -= 1;
  }
  return deepest;
}
