/**
 * Finds secrets in untrusted text, in the encodings in which servers repeat them: verbatim, with JSON escapes
 * (`\\u0073k-…`, `\\/`), percent-encoded, and as UTF-8 bytes that are read as Latin-1. Other encodings (base64, hex,
 * compression) are not recognised.
 */
export interface Redactor {
  /** The text with `***` in place of every secret. */
  redact(text: string): string;
  /** Redacts a text that continues later. `held` is its end, if that may be the start of a secret. */
  split(text: string): { readonly redacted: string; readonly held: string };
}

/** Spellings of one character, the longest first. */
type Spellings = readonly string[];

interface Pattern {
  readonly characters: readonly Spellings[];
  readonly maxLength: number;
}

const encoder = new TextEncoder();
const redactors = new WeakMap<readonly string[], Redactor>();

/** The text with `***` in place of every secret. `secrets` is the result of `findSecrets`, the longest first. */
export function redactSecrets(text: string, secrets: readonly string[]): string {
  return secrets.length === 0 ? text : redactorFor(secrets).redact(text);
}

/** One redactor for each list of secrets, since compiling its expression is expensive. */
export function redactorFor(secrets: readonly string[]): Redactor {
  const known = redactors.get(secrets) ?? createRedactor(secrets);
  redactors.set(secrets, known);
  return known;
}

function createRedactor(secrets: readonly string[]): Redactor {
  const patterns = secrets.map(createPattern);
  const maxLength = Math.max(0, ...patterns.map((pattern) => pattern.maxLength));
  // A fixed sequence of alternatives for each secret: no repetition, so the cost is linear in the text.
  const expression = new RegExp(
    patterns.map(({ characters }) => characters.map(encodeAlternatives).join('')).join('|'),
    'g',
  );
  return { redact, split };

  function redact(text: string): string {
    return patterns.length === 0 ? text : text.replaceAll(expression, '***');
  }

  function split(text: string): { readonly redacted: string; readonly held: string } {
    const held = findHeld(text);
    // A complete secret is not split, even if its end looks like the start of another one.
    const across = held === text.length ? undefined : findAcross(text, held);
    const end = across ?? held;
    return { redacted: redact(text.slice(0, end)), held: text.slice(end) };
  }

  function findHeld(text: string): number {
    for (let at = Math.max(0, text.length - maxLength + 1); at < text.length; at++) {
      if (patterns.some((pattern) => mayContinue(text, { at, pattern }))) return at;
    }
    return text.length;
  }

  /** The end of the match that spans this index. */
  function findAcross(text: string, at: number): number | undefined {
    for (const { 0: match, index } of text.matchAll(expression)) {
      if (index < at && index + match.length > at) return index + match.length;
    }
    return undefined;
  }
}

function createPattern(secret: string): Pattern {
  const characters = Array.from({ length: secret.length }, (_, at) => spell(secret.charAt(at)));
  return { characters, maxLength: characters.reduce((sum, [longest = '']) => sum + longest.length, 0) };
}

function spell(character: string): Spellings {
  const hex = character.charCodeAt(0).toString(16);
  const unicode = `\\u${hex.padStart(4, '0')}`;
  const utf8 = [...encoder.encode(character)];
  const bytes = String.fromCharCode(...utf8);
  const percent = utf8.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  const escaped = '"/\\'.includes(character) ? [`\\${character}`] : [];
  const spellings = new Set([unicode, upperHex(unicode), percent, percent.toUpperCase(), ...escaped, bytes, character]);
  return [...spellings].toSorted((one, other) => other.length - one.length);
}

function upperHex(escape: string): string {
  return escape.slice(0, 2) + escape.slice(2).toUpperCase();
}

function encodeAlternatives(spellings: Spellings): string {
  return `(?:${spellings.map((spelling) => spelling.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|')})`;
}

/** Whether the text from this index to its end is an incomplete secret. */
function mayContinue(text: string, { at: from, pattern }: { readonly at: number; readonly pattern: Pattern }): boolean {
  let at = from;
  for (const spellings of pattern.characters) {
    const rest = text.slice(at);
    if (spellings.some((each) => each.length > rest.length && each.startsWith(rest))) return true;
    const whole = spellings.find((spelling) => rest.startsWith(spelling));
    if (whole === undefined) return false;
    at += whole.length;
  }
  return false;
}
