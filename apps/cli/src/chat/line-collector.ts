/** Collects the lines of one message. */
export interface LineCollector {
  /** Adds a line; returns the message once it is complete. */
  push(line: string): string | undefined;
  /** Line ends between these two calls are part of the message. */
  beginPaste(): void;
  endPaste(): void;
  /** Whether a message is incomplete. */
  readonly open: boolean;
  clear(): void;
}

/**
 * A message is one line, unless the line ends in a backslash, is between lines of `"""`, or is part of pasted text.
 * Pasted text is sent with the next return key.
 */
export function createLineCollector(): LineCollector {
  let lines: string[] = [];
  let quoted = false;
  let pasting = false;

  const complete = (): string => {
    const message = lines.join('\n');
    lines = [];
    return message;
  };

  return {
    push(line) {
      if (pasting) {
        lines.push(line);
        return undefined;
      }
      if (quoted) return pushQuoted(line);
      if (line.startsWith('"""')) return openQuote(line.slice(3));
      if (line.endsWith('\\')) {
        lines.push(line.slice(0, -1));
        return undefined;
      }
      lines.push(line);
      return complete();
    },
    beginPaste() {
      pasting = true;
    },
    endPaste() {
      pasting = false;
    },
    get open() {
      return lines.length > 0 || quoted;
    },
    clear() {
      lines = [];
      quoted = false;
    },
  };

  function openQuote(rest: string): string | undefined {
    quoted = true;
    return rest === '' ? undefined : pushQuoted(rest);
  }

  function pushQuoted(line: string): string | undefined {
    if (!line.trimEnd().endsWith('"""')) {
      lines.push(line);
      return undefined;
    }
    quoted = false;
    const rest = line.trimEnd().slice(0, -3);
    if (rest !== '') lines.push(rest);
    return complete();
  }
}
