import { normalizeModelName } from '@openclaw/model-selection';
import type { AllowsModel } from '@openclaw/runtime/internal';

/** Whether a reference matches one of the patterns. A `*` matches any text; case and the tag `latest` do not count. */
export function createModelFilter(patterns: readonly string[]): AllowsModel {
  const exact = new Set(patterns.filter((pattern) => !pattern.includes('*')).map((ref) => normalizeModelName(ref)));
  const open = patterns.filter((pattern) => pattern.includes('*')).map((pattern) => pattern.toLowerCase().split('*'));
  return (ref) => {
    const name = normalizeModelName(ref);
    return exact.has(name) || open.some((parts) => matches(name, parts) || matches(ref.toLowerCase(), parts));
  };
}

/** Whether a text is the parts of a pattern with any text between them. */
function matches(text: string, parts: readonly string[]): boolean {
  const [first = '', ...rest] = parts;
  const last = rest.pop() ?? '';
  const end = text.length - last.length;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let from = first.length;
  for (const part of rest) {
    const at = text.indexOf(part, from);
    if (at === -1) return false;
    from = at + part.length;
  }
  return from <= end;
}
