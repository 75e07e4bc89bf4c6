import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import { expect, onTestFinished, test } from 'vitest';

const run = promisify(execFile);

/** How an example is started, its file left out. `check:runtimes` sets it to run them on other runtimes. */
const [COMMAND = process.execPath, ...ARGUMENTS] = process.env['EXAMPLE_COMMAND']?.split(' ') ?? [
  process.execPath,
  '--conditions=@openclaw/source',
];

const EXPECTED: Record<string, readonly string[]> = {
  'ask-one-model': ['Looking it up.', 'get_weather({"city":"Oslo"})', '[tool-calls]'],
  'discover-models': ['gpt-oss:20b  131072 tokens, text, reasons', '(nomic-embed-text:latest:'],
  'fall-back': ['workstation/llama3.3:70b: ', 'refused', 'laptop/gpt-oss:20b answers:', 'Looking it up.'],
  'custom-provider': ['ping → pong', 'What time is it? → unsupported'],
};

test.for(Object.entries(EXPECTED))('the example %s does what it says', async ([name, expected]) => {
  const simulator = await startOllamaSimulator({
    models: [{ name: 'gpt-oss:20b', contextLength: 131_072 }, 'nomic-embed-text'],
    reply: ({ tools }) => [
      { text: 'Looking it up.' },
      ...(tools.length > 0 ? [{ toolCall: { name: 'get_weather', arguments: { city: 'Oslo' } } }] : []),
    ],
  });
  onTestFinished(() => simulator.close());

  const { stdout } = await run(COMMAND, [...ARGUMENTS, `${import.meta.dirname}/${name}/main.ts`], {
    env: { ...process.env, OLLAMA_HOST: simulator.url },
  });

  for (const line of expected) expect(stdout).toContain(line);
});
