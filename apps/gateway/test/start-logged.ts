import { createGatewayLogger } from '../src/observe/create-gateway-logger.ts';
import { startStack } from './start-stack.ts';
import type { StackOptions } from './start-stack.ts';

export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly [field: string]: unknown;
}

/** A stack whose log is kept, with a way to wait for a line, or for the second of its kind. */
export async function startLogged({
  level = 'debug',
  prompts = false,
  ...options
}: StackOptions & { level?: 'info' | 'debug'; prompts?: boolean } = {}) {
  const lines: LogLine[] = [];
  const waiting = new Set<() => void>();
  const sink = {
    write(line: string) {
      lines.push(JSON.parse(line) as LogLine);
      for (const check of waiting) check();
    },
  };
  const logger = createGatewayLogger({ logging: { level, prompts }, console: sink, interactive: false });
  const logged = (message: string, number = 1) =>
    new Promise<LogLine>((resolve) => {
      const check = () => {
        const found = lines.filter(({ msg }) => msg === message)[number - 1];
        if (found === undefined) return;
        waiting.delete(check);
        resolve(found);
      };
      waiting.add(check);
      check();
    });
  const stack = await startStack({ ...options, logger });
  return { ...stack, lines, logged };
}
