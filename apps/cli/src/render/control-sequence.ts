import { randomInt } from 'node:crypto';

const CSI = '\u001B[';

let mark: string | undefined;

/**
 * A control sequence (CSI) of this program: `1m` starts bold text, `K` clears the line. Until it is written it contains
 * a secret number, so that untrusted text cannot contain one.
 */
export function controlSequence(code: string): string {
  // Numbers of at most four digits, because libraries that measure styled text support only those.
  mark ??= `${CSI}${Array.from({ length: 4 }, () => randomInt(1000, 10_000)).join(';')};`;
  return mark + code;
}

/**
 * The control sequence (OSC 52) with which a terminal copies text to its clipboard, also over SSH. Many terminals ignore it
 * for longer texts, and some unless it is enabled.
 */
export function copyToClipboard(text: string): string {
  return controlSequence(`${CLIPBOARD.start}${Buffer.from(text).toString('base64')}${CLIPBOARD.end}`);
}

/** Base64 contains none of these characters, so that nothing else can be part of the sequence. */
const CLIPBOARD = { start: ']52;c;', end: '!', pattern: /^\]52;c;([\w+/=]*)!/ };

/** Activates the control sequences in a text. Applies `clean` to the text between them. */
export function showControlSequences(text: string, clean: (between: string) => string): string {
  if (mark === undefined) return clean(text);
  const [first = '', ...others] = text.split(mark);
  const shown = others.map((piece) => {
    const [whole, copied] = CLIPBOARD.pattern.exec(piece) ?? [];
    return whole === undefined ? CSI + clean(piece) : `\u001B]52;c;${copied}\u0007${clean(piece.slice(whole.length))}`;
  });
  return clean(first) + shown.join('');
}
