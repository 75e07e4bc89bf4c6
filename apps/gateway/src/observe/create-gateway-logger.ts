import { homedir } from 'node:os';
import { isatty } from 'node:tty';
import { expandHome } from '@openclaw/config';
import { pino } from 'pino';
import type { GatewayLogger, LoggingSettings } from '../gateway-context.ts';
import { createMask } from './create-mask.ts';
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
  let logger = configureLogger(initial);

  function configureLogger({
    level,
    file: path,
    consoleLevel = level,
    consoleStyle,
    redactPatterns,
  }: LoggingSettings): pino.Logger {
    style = consoleStyle ?? (interactive ? 'pretty' : 'json');
    const { mask: nextMask, problems } = createMask(redactPatterns);
    mask = nextMask;
    if (path !== file?.path) {
      void file?.destination.close();
      file = path === undefined ? undefined : { path, destination: openFile(path) };
    }
    const destination = file?.destination;
    const configured = createPino(
      [
        { level: consoleLevel, write: (line: string) => consoleSink.write(renderForConsole(line)) },
        ...(destination === undefined ? [] : [{ level, write: (line: string) => destination.write(mask(line)) }]),
      ],
      tail,
    );
    for (const problem of problems) configured.error({ problem }, 'a pattern of logging.redactPatterns is not applied');
    return configured;
  }

  function createStandardError(): LogDestination {
    return createLogDestination({
      open: openConsole,
      ...(!interactive && BATCHED),
      onFailure: (error) => logger.error({ reason: reasonOf(error) }, 'the console cannot be written; retrying'),
      renderDropped: (lines) => renderForConsole(renderDropped(lines)),
    });
  }

  function openFile(path: string): LogDestination {
    return createLogDestination({
      open: () => openLogFile(expandHome(path, homedir())),
      ...BATCHED,
      onFailure: (error) =>
        logger.error({ file: path, reason: reasonOf(error) }, 'logging.file cannot be written; retrying'),
      renderDropped,
    });
  }

  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
    configure(logging) {
      logger = configureLogger(logging);
    },
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

/** Where a program reads the log, lines are written together. */
const BATCHED = { batchCharacters: 8_192 };

interface LeveledSink extends LineSink {
  readonly level: pino.LevelWithSilent;
}

/** The tail gets what the most verbose sink gets. */
function createPino(all: readonly LeveledSink[], tail: LineSink): pino.Logger {
  const [mostVerbose, ...others] = all
    .filter((sink) => sink.level !== 'silent')
    .toSorted((a, b) => levelValue(a) - levelValue(b));
  if (mostVerbose === undefined) return pino({ level: 'silent' });
  const first: LeveledSink = {
    level: mostVerbose.level,
    write(line) {
      tail.write(line);
      mostVerbose.write(line);
    },
  };
  return pino(
    { level: first.level, base: null },
    // Sharing lines out to several sinks costs something for each line.
    others.length === 0
      ? first
      : pino.multistream([first, ...others].map((sink) => ({ level: sink.level, stream: sink }))),
  );
}

function levelValue({ level }: LeveledSink): number {
  return pino.levels.values[level] ?? 0;
}

function renderDropped(lines: number): string {
  const level = pino.levels.values['warn'];
  return `${JSON.stringify({ level, time: Date.now(), lines, msg: 'log lines were dropped' })}\n`;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
