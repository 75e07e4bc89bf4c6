import { inspect } from 'node:util';

/** The numbers of the levels in a line, as pino and bunyan write them. */
export const LOG_LEVELS = { trace: 10, debug: 20, info: 30, warn: 40, error: 50, fatal: 60, silent: Infinity };

/**
 * A line of the log: JSON with the level, the time in milliseconds since 1970, the fields and the message. The field `err` may
 * hold an error; the others hold what JSON can.
 */
export function encodeLogLine(level: number, fields: object, message: string): string {
  const described = 'err' in fields ? { ...fields, err: describeError(fields.err) } : fields;
  return `${JSON.stringify({ level, time: Date.now(), ...described, msg: message })}\n`;
}

/** An error may be its own cause. */
function describeError(error: unknown, maxCauses = 5): unknown {
  if (!(error instanceof Error)) return inspect(error);
  const { name, message, stack, cause } = error;
  const causes = error instanceof AggregateError ? error.errors : cause === undefined ? [] : [cause];
  return {
    type: name,
    code: 'code' in error ? String(error.code) : undefined,
    message,
    stack,
    causes: maxCauses === 0 ? [] : causes.map((each) => describeError(each, maxCauses - 1)),
  };
}
