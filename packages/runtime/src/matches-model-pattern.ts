/**
 * Whether a model has a name that a pattern describes. `*` matches any text. Case does not count, and a pattern
 * without a tag means the tag `latest`, too, as in names of Ollama.
 */
export function matchesModelPattern(model: string, pattern: string): boolean {
  const name = model.toLowerCase();
  const parts = pattern.toLowerCase().split('*');
  return matches(name, parts) || (name.endsWith(':latest') && matches(name.slice(0, -':latest'.length), parts));
}

/** Looks for each part behind the one before it, so that no pattern takes more than linear time. */
function matches(name: string, parts: readonly string[]): boolean {
  const [first = '', ...others] = parts;
  const last = others.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of others) {
    const found = name.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return name.length - last.length >= at && name.endsWith(last);
}
