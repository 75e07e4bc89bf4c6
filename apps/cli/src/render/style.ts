import { controlSequence } from './control-sequence.ts';

/** Semantic styles of text; only terminals show them. */
export type Style = Readonly<Record<StyleName, (text: string) => string>>;

export type StyleName = 'bold' | 'dim' | 'italic' | 'underline' | 'accent' | 'success' | 'warning' | 'error';

/**
 * SGR codes that enable and disable a style. Only the sixteen colours, because they follow the theme of the terminal.
 */
const CODES: Record<StyleName, readonly [number, number]> = {
  bold: [1, 22],
  dim: [2, 22],
  italic: [3, 23],
  underline: [4, 24],
  accent: [36, 39],
  success: [32, 39],
  warning: [33, 39],
  error: [31, 39],
};

/** Creates styles that add colours, or leave text unchanged if `colours` is off. */
export function createStyle(colours: boolean): Style {
  const paint =
    (name: StyleName) =>
    (text: string): string =>
      colours && text !== ''
        ? `${controlSequence(`${CODES[name][0]}m`)}${text}${controlSequence(`${CODES[name][1]}m`)}`
        : text;
  return {
    bold: paint('bold'),
    dim: paint('dim'),
    italic: paint('italic'),
    underline: paint('underline'),
    accent: paint('accent'),
    success: paint('success'),
    warning: paint('warning'),
    error: paint('error'),
  };
}

/** The inputs that decide whether a stream gets colours. */
export interface ColourQuestion {
  readonly isTerminal: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** From `--color` and `--no-color`. */
  readonly wanted: boolean | undefined;
}

/** In order of priority: the option, NO_COLOR (no-color.org), FORCE_COLOR, whether the stream is a capable terminal. */
export function wantsColours({ isTerminal, env, wanted }: ColourQuestion): boolean {
  if (wanted !== undefined) return wanted;
  if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
  if (env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '') return env['FORCE_COLOR'] !== '0';
  return isTerminal && env['TERM'] !== 'dumb';
}
