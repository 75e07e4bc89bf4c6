import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import type { SimulatedRequest } from '@openclaw/ollama-simulator';
import { expect, onTestFinished, test } from 'vitest';
import { startExampleGateway } from './start-example-gateway.ts';

const run = promisify(execFile);

/** How an example is started, its file left out. `check:runtimes` sets it to run them on other runtimes. */
const [COMMAND = process.execPath, ...ARGUMENTS] = process.env['EXAMPLE_COMMAND']?.split(' ') ?? [
  process.execPath,
  '--conditions=@openclaw/source',
];

/** What each example prints, by its folder. Those whose names start with `gateway-` get a gateway. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'agent-loop': [
    'get_weather({"city":"Oslo"}) → 9 °C and light rain in Oslo.',
    'get_time(',
    'The tools have answered.',
  ],
  'ai-sdk': ['get_weather → 9 °C and light rain in Oslo.', 'The tools have answered.'],
  'ask-one-model': ['Looking it up.', 'get_weather({"city":"Oslo"})', '[tool-calls]'],
  'custom-provider': ['ping → pong', 'What time is it? → unsupported'],
  'discover-models': ['gpt-oss:20b  131072 tokens, text, reasons', '(nomic-embed-text:latest:'],
  'fall-back': ['workstation/llama3.3:70b: ', 'refused', 'laptop/gpt-oss:20b answers:', 'Looking it up.'],
  'gateway-ai-sdk': ['get_weather → 9 °C and light rain in Oslo.', 'The tools have answered.'],
  'gateway-langchain': ['get_weather → 9 °C and light rain in Oslo.', 'The tools have answered.'],
  'gateway-openai': ['Looking it up.', '(answered by ollama/gpt-oss:20b)'],
  'gateway-openai-python': ['Looking it up.', '(answered by ollama/gpt-oss:20b)'],
  'mcp-tools': ['The server offers: get_weather', '9 °C and light rain in Oslo.', 'The tools have answered.'],
  'openai-without-gateway': ['Looking it up.', '(answered by ollama/gpt-oss:20b)'],
  'structured-output': ['Oslo: 9 °C'],
  'two-hosts': ['desktop/gpt-oss:20b: connection-failed', 'laptop/gpt-oss:20b: ok', 'Looking it up.'],
};

// A gateway and a client library that start from source take their time on a busy machine.
test.for(Object.entries(EXPECTED))(
  'the example %s does what it says',
  { timeout: 180_000 },
  async ([name, expected], { skip }) => {
    const file = findProgram(name);
    if (file.endsWith('.py') && !hasPythonClient()) skip('python3 has no package `openai`');
    const simulator = await startOllamaSimulator({
      models: [{ name: 'gpt-oss:20b', contextLength: 131_072 }, 'nomic-embed-text'],
      reply: answer,
    });
    onTestFinished(() => simulator.close());
    const environment = { ...process.env, OLLAMA_HOST: simulator.url };
    if (name.startsWith('gateway-')) {
      const gateway = await startExampleGateway({ ollama: simulator.url });
      onTestFinished(() => gateway[Symbol.asyncDispose]());
      Object.assign(environment, { OPENAI_BASE_URL: gateway.baseUrl, OPENAI_API_KEY: 'unused' });
    }

    const [command, args] = file.endsWith('.py') ? ['python3', []] : [COMMAND, ARGUMENTS];
    const { stdout } = await run(command, [...args, file], { env: environment });

    for (const line of expected) expect(stdout).toContain(line);
  },
);

test('every example is run', () => {
  const folders = readdirSync(import.meta.dirname, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && findProgram(entry.name) !== '')
    .map(({ name }) => name);

  expect(folders.toSorted()).toEqual(Object.keys(EXPECTED).toSorted());
});

/** The program of an example. The folder of one that is a test has none: vitest runs it itself. */
function findProgram(name: string): string {
  const files = ['main.ts', 'main.py'].map((file) => `${import.meta.dirname}/${name}/${file}`);
  return files.find((file) => existsSync(file)) ?? '';
}

/** Calls each tool once, then answers. */
function answer({ body, tools, messages }: SimulatedRequest): object[] {
  if (body['format'] !== undefined) return [{ text: '{"city": "Oslo", "celsius": 9}' }];
  if (messages.some(({ role }) => role === 'tool')) return [{ text: 'The tools have answered.' }];
  return [
    { text: 'Looking it up.' },
    ...tools.map(({ name }) => ({ toolCall: { name, arguments: { city: 'Oslo' } } })),
  ];
}

function hasPythonClient(): boolean {
  return spawnSync('python3', ['-c', 'import openai']).status === 0;
}
