import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { LoggingSettings } from '../gateway-context.ts';
import { createGatewayLogger } from './create-gateway-logger.ts';

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'openclaw-logger-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function start(logging: Partial<LoggingSettings> = {}) {
  const lines: Record<string, unknown>[] = [];
  const console = { write: (line: string) => lines.push(JSON.parse(line) as Record<string, unknown>) };
  const logger = createGatewayLogger({ logging: { ...DEFAULTS, ...logging }, console, interactive: false });
  onTestFinished(() => logger.close());
  return { logger, lines, messages: () => lines.map(({ msg }) => msg) };
}

const DEFAULTS: LoggingSettings = { level: 'info', prompts: false };

test('a pattern that is no regular expression is reported, and the others apply', () => {
  const { logger, lines } = start({ redactPatterns: ['(', 'secret-\\d+'] });
  logger.info({ wanted: 'secret-1' }, 'request');
  expect(lines).toMatchObject([
    { level: 50, problem: expect.stringContaining('/(/'), msg: 'a pattern of logging.redactPatterns is not applied' },
    { wanted: '***' },
  ]);
});

test('changed levels, patterns and files are put in force', async () => {
  const folder = makeFolder();
  const files = ['first.log', 'second.log'].map((name) => join(folder, name));
  const { logger, messages, lines } = start({ file: files[0] ?? '' });
  logger.debug({}, 'quiet');
  logger.info({}, 'first');
  logger.configure({ ...DEFAULTS, level: 'debug', redactPatterns: ['abc'], file: files[1] ?? '' });
  logger.debug({ wanted: 'abc' }, 'second');
  logger.configure({ ...DEFAULTS, consoleLevel: 'silent', file: files[1] ?? '' });
  logger.info({ wanted: 'abc' }, 'third');
  expect(messages()).toEqual(['first', 'second']);
  expect(lines[1]).toMatchObject({ wanted: '***' });
  await logger.close();
  expect(readFileSync(files[1] ?? '', 'utf8').match(/"wanted":"[^"]+","msg":"\w+"/g)).toEqual([
    '"wanted":"***","msg":"second"',
    '"wanted":"abc","msg":"third"',
  ]);
});

test('dropped lines are counted by destination', () => {
  const { logger } = start({ file: join(makeFolder(), 'gateway.log'), level: 'silent' });
  expect(Object.fromEntries(logger.droppedLines())).toEqual({ file: 0 });
});
