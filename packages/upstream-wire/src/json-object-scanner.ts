/** Detects the end of a JSON object in a text that grows. */
export interface JsonObjectScanner {
  /** Adds text. Each character is read once. */
  push(text: string): void;
  /** Whether the outermost object is closed. Never true for text that does not begin with `{`. */
  closed(): boolean;
}

/** Finds the end of an object without parsing it: counts brackets, and skips strings and their escapes. */
export function createJsonObjectScanner(): JsonObjectScanner {
  let state: 'before' | 'inside' | 'string' | 'escape' | 'closed' | 'other' = 'before';
  let depth = 0;

  return { push, closed: () => state === 'closed' };

  function push(text: string): void {
    for (let at = 0; at < text.length && state !== 'closed' && state !== 'other'; at++) {
      const char = text.charAt(at);
      if (state === 'escape') state = 'string';
      else if (state === 'string') state = char === '\\' ? 'escape' : char === '"' ? 'inside' : 'string';
      else if (state === 'before') begin(char);
      else step(char);
    }
  }

  function begin(char: string): void {
    if (char.trim() === '') return;
    state = char === '{' ? 'inside' : 'other';
    depth = 1;
  }

  function step(char: string): void {
    if (char === '"') state = 'string';
    else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') depth -= 1;
    if (depth === 0) state = 'closed';
  }
}
