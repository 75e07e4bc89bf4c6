import { escapeControls } from '@openclaw/runtime/escape-controls';
import { createStyle, wantsColours, type Style } from './render/style.ts';

/** Format of standard output: text for people, one JSON document, or bare values. */
export type OutputFormat = 'text' | 'json' | 'plain';

/** A stream that may be a terminal. */
export interface TextStream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** Writes results to standard output and all other messages to standard error. */
export interface Output {
  readonly format: OutputFormat;
  /** Styles for standard output. */
  readonly style: Style;
  /** Styles for standard error. */
  readonly noteStyle: Style;
  /** Prints a result in the chosen format. `plain` defaults to `text`. */
  show(result: Result): void;
  /** Writes to standard output unchanged, without a line end. */
  write(text: string): void;
  /** Writes a line to standard error. */
  note(line: string): void;
}

/** A result in each format; only the chosen one is rendered. */
export interface Result {
  readonly json: () => unknown;
  readonly text: () => string;
  readonly plain?: () => readonly string[];
}

interface OutputOptions {
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly format: OutputFormat;
  /** From `--color` and `--no-color`. */
  readonly colours: boolean | undefined;
}

/** Creates an output in one format over a pair of streams. */
export function createOutput({ stdout, stderr, env, format, colours }: OutputOptions): Output {
  const styleFor = (stream: TextStream): Style =>
    createStyle(format === 'text' && wantsColours({ isTerminal: stream.isTTY === true, env, wanted: colours }));
  const printers: Record<OutputFormat, (result: Result) => string> = {
    json: ({ json }) => escapeControls(`${JSON.stringify(json(), null, 2)}\n`, { keep: '\n' }),
    text: ({ text }) => endWithLineFeed(text()),
    plain: ({ plain, text }) => endWithLineFeed(plain === undefined ? text() : plain().join('\n')),
  };
  return {
    format,
    style: styleFor(stdout),
    noteStyle: styleFor(stderr),
    show: (result) => void stdout.write(printers[format](result)),
    write: (text) => void stdout.write(text),
    note: (line) => void stderr.write(`${line}\n`),
  };
}

function endWithLineFeed(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
