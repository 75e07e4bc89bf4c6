/** Which lines of a log are read. */
export interface LineOptions {
  /** How many of the last lines. */
  readonly lines: number;
  /** Whether lines that are added later follow, until the signal is aborted. */
  readonly follow: boolean;
  readonly signal: AbortSignal;
}

/** Pino's numbers of levels. */
export const LOG_LEVELS = { debug: 20, info: 30, warn: 40, error: 50 } as const;

export type LogLevel = keyof typeof LOG_LEVELS;

/** The level of a structured line; `undefined` for another line, such as one of Node. */
export function levelOf(line: string): number | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const record: unknown = JSON.parse(line);
    const isRecord = typeof record === 'object' && record !== null && 'level' in record;
    return isRecord && typeof record.level === 'number' ? record.level : undefined;
  } catch {
    return undefined;
  }
}
