/** Watches a text grow until the JSON object that it holds is closed. */
export interface JsonObjectScanner {
  /** Reads on. Each character is looked at once, however the text is cut. */
  push(text: string): void;
  /** Whether the outermost object is closed. Text that does not begin with `{` never is. */
  closed(): boolean;
}

/** Finds the end of an object without parsing it: brackets are counted, strings and their escapes are stepped over. */
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
