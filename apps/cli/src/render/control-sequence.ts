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

/** Activates the control sequences in a text. Applies `clean` to the text between them. */
export function showControlSequences(text: string, clean: (between: string) => string): string {
  return mark === undefined ? clean(text) : text.split(mark).map(clean).join(CSI);
}
