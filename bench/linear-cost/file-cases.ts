import { ConfigError, parseConfig, planConfigEdit, redactConfig } from '@openclaw/config';
import { renderLogLine } from '../../apps/gateway/src/observe/render-log-line.ts';
import { escapeControls } from '../../packages/runtime/src/escape-controls.ts';
import type { CostCase } from './measure-growth.ts';

/** Text from files, and text for terminals and logs. */
export const FILE_CASES: readonly CostCase[] = [
  ...['y', 'y ', 'token', 'max_tokens', '"', 'https://a'].map((text) => ({
    name: `configuration with a string of ${JSON.stringify(text)} repeated`,
    size: 5_000,
    unit: 'characters',
    prepare: (size: number) => {
      const config = JSON.stringify({ skills: { x: text.repeat(size / text.length) } });
      return () => parseConfig(config);
    },
  })),
  {
    name: 'configuration with a mistake on a long line',
    size: 5_000,
    unit: 'characters',
    prepare: (size) => {
      const config = `{ gateway: { port: "x" }, skills: { x: "${'y'.repeat(size)}" } }`;
      return () => expectConfigError(() => parseConfig(config));
    },
  },
  {
    name: 'configuration with many providers',
    size: 200,
    unit: 'providers',
    prepare: (size) => {
      const config = JSON.stringify(manyProviders(size), undefined, 1);
      return () => parseConfig(config);
    },
  },
  {
    name: 'config set beside many providers',
    size: 200,
    unit: 'providers',
    prepare: (size) => {
      const config = JSON.stringify(manyProviders(size), undefined, 1);
      return () => planConfigEdit(config, [{ type: 'set', path: 'gateway.port', value: 18_790 }]);
    },
  },
  {
    name: 'config set beside a long string',
    size: 50_000,
    unit: 'characters',
    prepare: (size) => {
      const config = JSON.stringify({ skills: { x: 'y'.repeat(size) } });
      return () => planConfigEdit(config, [{ type: 'set', path: 'gateway.port', value: 18_790 }]);
    },
  },
  {
    name: 'config get with secrets masked',
    size: 200,
    unit: 'providers',
    prepare: (size) => () => redactConfig(manyProviders(size)),
  },
  ...['\u001b]0;title\u0007', '\u202e', 'plain text ', '\r'].flatMap((text) => [
    {
      name: `escapeControls of ${JSON.stringify(text)} repeated`,
      size: 200_000,
      unit: 'characters',
      prepare: (size: number) => {
        const long = text.repeat(size / text.length);
        return () => escapeControls(long);
      },
    },
    {
      name: `log line of ${JSON.stringify(text)} repeated`,
      size: 50_000,
      unit: 'characters',
      prepare: (size: number) => {
        const line = JSON.stringify({ time: 0, level: 30, msg: 'm', field: text.repeat(size / text.length) });
        return () => renderLogLine(line);
      },
    },
  ]),
];

function manyProviders(count: number) {
  const provider = { baseUrl: 'http://127.0.0.1:9/v1', apiKey: 'sk-0123456789abcdef', models: [{ id: 'm' }] };
  return { models: { providers: Object.fromEntries(Array.from({ length: count }, (_, id) => [`p${id}`, provider])) } };
}

function expectConfigError(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    if (error instanceof ConfigError) return;
    throw error;
  }
  throw new Error('The configuration should have been refused.');
}
