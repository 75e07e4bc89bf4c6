import { homedir } from 'node:os';
import { isatty } from 'node:tty';
import { expandHome } from '@openclaw/config';
import type { GatewayLogger, LoggingSettings } from '../gateway-context.ts';
import { createMask } from './create-mask.ts';
import { encodeLogLine, LOG_LEVELS } from './encode-log-line.ts';
import { createLogDestination } from './log-destination.ts';
import type { LogDestination } from './log-destination.ts';
import { createLogTail } from './log-tail.ts';
import { openConsole, openLogFile } from './open-log.ts';
import { renderLogLine } from './render-log-line.ts';

export interface GatewayLoggerOptions {
  /** The `logging` section of the configuration. */
  readonly logging: LoggingSettings;
  /** Where lines for people go. @default standard error */
  readonly console?: LineSink | undefined;
  /**
   * Whether the console is a terminal. Then lines are rendered for people, unless `logging.consoleStyle` sets another
   * style.
   */
  readonly interactive?: boolean | undefined;
}

/** Takes lines of the log. */
export interface LineSink {
  write(line: string): unknown;
}

/** A logger with destinations of its own, which can be changed and closed. */
export interface ClosableGatewayLogger extends GatewayLogger {
  configure(logging: LoggingSettings): void;
  droppedLines(): ReadonlyMap<string, number>;
  /** Writes what the console is to show, for at most a second, so that other output follows it. */
  flushConsole(): Promise<void>;
  /** Writes what is buffered, for at most a second. Call it before the process exits. */
  close(): Promise<void>;
}

/**
 * Creates the gateway's log: structured lines to the console, and to `logging.file` when it is set. A destination that cannot be written is
 * reported once in the log; it never blocks the process and never throws.
 */
export function createGatewayLogger({
  logging: initial,
  interactive = isatty(2),
  console,
}: GatewayLoggerOptions): ClosableGatewayLogger {
  let style: LoggingSettings['consoleStyle'];
  let mask = (line: string) => line;
  const renderForConsole = (line: string) => mask(style === 'json' ? line : renderLogLine(line));
  let standardError: LogDestination | undefined;
  const consoleSink: LineSink = console ?? (standardError = createStandardError());
  const tail = createLogTail();
  let file: { readonly path: string; readonly destination: LogDestination } | undefined;
  let sinks: readonly LeveledSink[] = [];
  configure(initial);

  function configure({ level, file: path, consoleLevel = level, consoleStyle, redactPatterns }: LoggingSettings): void {
    style = consoleStyle ?? (interactive ? 'pretty' : 'json');
    const { mask: nextMask, problems } = createMask(redactPatterns);
    mask = nextMask;
    if (path !== file?.path) {
      void file?.destination.close();
      file = path === undefined ? undefined : { path, destination: openFile(path) };
    }
    const destination = file?.destination;
    sinks = [
      { minLevel: LOG_LEVELS[consoleLevel], write: (line) => consoleSink.write(renderForConsole(line)) },
      ...(destination === undefined
        ? []
        : [{ minLevel: LOG_LEVELS[level], write: (line: string) => destination.write(mask(line)) }]),
    ];
    for (const problem of problems) error({ problem }, 'a pattern of logging.redactPatterns is not applied');
  }

  /** The tail gets what any sink gets. */
  function log(level: number, fields: object, message: string): void {
    if (sinks.every((sink) => level < sink.minLevel)) return;
    const line = encodeLogLine(level, fields, message);
    tail.write(line);
    for (const sink of sinks) if (level >= sink.minLevel) sink.write(line);
  }

  function error(fields: object, message: string): void {
    log(LOG_LEVELS.error, fields, message);
  }

  function createStandardError(): LogDestination {
    return createLogDestination({
      open: openConsole,
      ...(!interactive && BATCHED),
      onFailure: (cause) => error({ reason: reasonOf(cause) }, 'the console cannot be written; retrying'),
      renderDropped: (lines) => renderForConsole(renderDropped(lines)),
    });
  }

  function openFile(path: string): LogDestination {
    return createLogDestination({
      open: () => openLogFile(expandHome(path, homedir())),
      ...BATCHED,
      onFailure: (cause) => error({ file: path, reason: reasonOf(cause) }, 'logging.file cannot be written; retrying'),
      renderDropped,
    });
  }

  return {
    debug: (fields, message) => log(LOG_LEVELS.debug, fields, message),
    info: (fields, message) => log(LOG_LEVELS.info, fields, message),
    warn: (fields, message) => log(LOG_LEVELS.warn, fields, message),
    error,
    configure,
    linesAfter: (sequence) =>
      tail.after(sequence).map(({ sequence: place, text }) => ({
        sequence: place,
        text: mask(renderLogLine(text)).trimEnd(),
      })),
    droppedLines() {
      const destinations = { console: standardError, file: file?.destination };
      return new Map(
        Object.entries(destinations).flatMap(([name, destination]) =>
          destination === undefined ? [] : [[name, destination.dropped()]],
        ),
      );
    },
    async flushConsole() {
      await standardError?.flush();
    },
    async close() {
      await Promise.all([standardError?.close(), file?.destination.close()]);
    },
  };
}

/** Where a program reads the log, lines are written together: each write goes through a thread, which costs more than its bytes. */
const BATCHED = { batchCharacters: 65_536 };

interface LeveledSink extends LineSink {
  readonly minLevel: number;
}

function renderDropped(lines: number): string {
  return encodeLogLine(LOG_LEVELS.warn, { lines }, 'log lines were dropped');
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
