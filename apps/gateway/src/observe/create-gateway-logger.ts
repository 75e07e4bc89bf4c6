import { pino } from 'pino';
import type { LoadedConfig } from '@openclaw/config';
import type { GatewayLogger } from '../gateway-context.ts';
import { renderLogLine } from './render-log-line.ts';

export interface GatewayLoggerOptions {
  /** The `logging` section of the configuration. */
  readonly logging: LoadedConfig['config']['logging'];
  /** Where lines for people go. @default standard error */
  readonly console?: LineSink | undefined;
  /** Whether a person looks at the console: then lines are made for reading, unless `logging.consoleStyle` says otherwise. */
  readonly interactive?: boolean | undefined;
}

/** Takes lines of the log. */
export interface LineSink {
  write(line: string): unknown;
  flushSync?(): void;
}

/** A logger, and the means to write down what it still holds. */
export interface FlushableGatewayLogger extends GatewayLogger {
  /** To be called before the process exits. */
  flush(): void;
}

/** Makes the gateway's log: structured lines to the console, and to `logging.file` when there is one. */
export function createGatewayLogger({
  logging: { level, file, consoleLevel = level, consoleStyle, redactPatterns = [] },
  interactive = process.stderr.isTTY,
  console = pino.destination({ dest: 2, sync: false, ...(!interactive && BATCHED) }),
}: GatewayLoggerOptions): FlushableGatewayLogger {
  const style = consoleStyle ?? (interactive ? 'pretty' : 'json');
  const mask = createMask(redactPatterns);
  const kept: LineSink | undefined =
    file === undefined ? undefined : pino.destination({ dest: file, mkdir: true, sync: false, ...BATCHED });
  const sinks = [
    {
      level: consoleLevel,
      write: (line: string) => console.write(mask(style === 'json' ? line : renderLogLine(line))),
    },
    ...(kept === undefined ? [] : [{ level, write: (line: string) => kept.write(mask(line)) }]),
  ].filter((sink) => sink.level !== 'silent');
  const [only, ...others] = sinks;
  const levels = sinks.map((sink) => pino.levels.values[sink.level] ?? 0);
  const logger = pino(
    { level: pino.levels.labels[Math.min(...levels)] ?? 'silent', base: null },
    // Sharing lines out to several sinks costs something for each line.
    only !== undefined && others.length === 0
      ? only
      : pino.multistream(sinks.map((sink) => ({ level: sink.level, stream: sink }))),
  );
  return {
    debug: (fields, message) => logger.debug(fields, message),
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
    flush() {
      console.flushSync?.();
      kept?.flushSync?.();
    },
  };
}

/** Nobody looks at each line as it comes: some are written together, at the latest after so many milliseconds. */
const BATCHED = { minLength: 8_192, periodicFlush: 200 };

/** Masks what `logging.redactPatterns` match. The gateway itself never logs a secret; this is for what clients name things. */
function createMask(patterns: readonly string[]): (line: string) => string {
  if (patterns.length === 0) return (line) => line;
  const expressions = patterns.map((pattern) => new RegExp(pattern, 'g'));
  return (line) => expressions.reduce((text, expression) => text.replaceAll(expression, '***'), line);
}
