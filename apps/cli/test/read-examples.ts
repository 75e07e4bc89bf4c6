/** An example of a page: a script, or a session with its output. */
export interface Example {
  readonly line: number;
  readonly language: 'bash' | 'console' | 'json5';
  readonly text: string;
}

/** A command of a `console` block, and its output. */
export interface Exchange {
  readonly command: string;
  readonly output: string;
}

/**
 * The fenced examples of a Markdown page in the supported languages. `<!-- not tried: why -->` before a block skips it.
 */
export function readExamples(page: string): Example[] {
  const fences = page.matchAll(/^( *)```(bash|console|json5)[^\n]*\n(.*?)^ *```$/gms);
  return [...fences]
    .filter(({ index }) => !/<!-- not tried: [^>]+ -->\s*$/.test(page.slice(0, index)))
    .map(({ index, 1: indent = '', 2: language, 3: text = '' }) => ({
      line: page.slice(0, index).split('\n').length,
      language: language === 'console' || language === 'json5' ? language : 'bash',
      text: text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
    }));
}

/** Parses a session. A command starts with `$ ` and continues while its lines end in a backslash. */
export function readExchanges({ text }: Example): Exchange[] {
  return text
    .split(/^(?=\$ )/m)
    .filter((part) => part.startsWith('$ '))
    .map((part) => {
      const [, command = '', output = ''] = /^\$ ((?:[^\n]*\\\n)*[^\n]*)\n?(.*)$/s.exec(part) ?? [];
      return { command, output };
    });
}

/**
 * Whether an output matches the documented one, in which `…` alone on a line matches any lines, and within a line any
 * text.
 */
export function isDocumented(output: string, documented: string): boolean {
  const pattern = documented
    .trimEnd()
    .split(/^…$\n?/m)
    .map((part) =>
      part
        .split('…')
        .map((piece) => piece.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
        .join('[^\\n]*?'),
    )
    .join('[^]*?');
  return new RegExp(`^${pattern}$`).test(output.trimEnd());
}
