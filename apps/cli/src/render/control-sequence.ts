import { randomInt } from 'node:crypto';

const CSI = '\u001B[';

let mark: string | undefined;

/**
 * A control sequence (CSI) of this program: `1m` begins bold text, `K` clears the line. Until it is written it carries
 * a secret number, so that text from elsewhere cannot contain one.
 */
export function controlSequence(code: string): string {
  // Numbers of at most four digits, because whatever measures styled text knows only those.
  mark ??= `${CSI}${Array.from({ length: 4 }, () => randomInt(1000, 10_000)).join(';')};`;
  return mark + code;
}

/** Makes the control sequences in a text real. The text between them goes through `clean`. */
export function showControlSequences(text: string, clean: (between: string) => string): string {
  return mark === undefined ? clean(text) : text.split(mark).map(clean).join(CSI);
}
