import fastStringWidth from 'fast-string-width';

/** The columns that a text takes on a terminal. Printable ASCII, as most text is, needs no look at its characters. */
export function textWidth(text: string): number {
  return /^[ -~]*$/.test(text) ? text.length : fastStringWidth(text);
}
