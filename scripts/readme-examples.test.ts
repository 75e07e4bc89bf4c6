import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import ts from 'typescript';
import { describe, expect, onTestFinished, test } from 'vitest';
import { compileSources } from './compile-sources.ts';

const ROOT = resolve(import.meta.dirname, '..');
/** The address of Ollama in examples, where the simulator runs. */
const OLLAMA = 'http://127.0.0.1:11434';
const LIBRARIES = [
  'ai-sdk',
  'config',
  'fetch',
  'model-selection',
  'ollama-discovery',
  'openai-wire',
  'provider',
  'provider-ollama',
  'provider-openai-compat',
  'runtime',
  'stream-repair',
  'upstream-errors',
  'upstream-http',
  'upstream-wire',
];

interface Example {
  readonly title: string;
  readonly folder: string;
  readonly code: string;
}

const examples: readonly Example[] = LIBRARIES.flatMap((library) => {
  const folder = `${ROOT}/packages/${library}`;
  const blocks = readFileSync(`${folder}/README.md`, 'utf8').matchAll(/```[jt]s\n(.*?)```/gs);
  return [...blocks].map(([, code = ''], index) => ({ title: `${library}, example ${index + 1}`, folder, code }));
});

describe('the examples in the READMEs of the libraries', () => {
  test.for(examples)('$title prints what it says, and leaves the home directory alone', async ({ folder, code }) => {
    const directory = mkdtempSync(join(tmpdir(), 'openclaw-readme-'));
    const [home, temporary] = [join(directory, 'home'), join(directory, 'tmp')];
    for (const each of [home, temporary]) mkdirSync(each);
    const simulator = await startOllamaSimulator({
      models: [{ name: 'gpt-oss:20b', contextLength: 131_072 }, 'nomic-embed-text'],
      reply: () => [{ text: 'Hello!' }],
    });
    onTestFinished(async () => {
      await simulator.close();
      rmSync(directory, { recursive: true });
    });

    const output = await run(code.replaceAll(OLLAMA, simulator.url), { folder, home, temporary });
    const printed = output.replaceAll(simulator.url, OLLAMA);

    expect(printed).not.toContain("type: 'error'");
    const promised = readPromised(code);
    if (promised.length > 0) expect(joinBroken(printed)).toEqual(promised);
    expect(readdirSync(home)).toEqual([]);
  });

  test('compile under strict', { timeout: 180_000 }, () => {
    const { config } = ts.readConfigFile(`${ROOT}/tsconfig.base.json`, ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, ROOT);
    const sources = new Map(
      examples.map(({ folder, code }, index) => [`${folder}/readme-example-${index}.ts`, `${code}\nexport {};\n`]),
    );
    // An example may declare variables that it does not use.
    expect(compileSources(sources, { ...options, noUnusedLocals: false })).toBe('');
  });
});

interface Places {
  readonly folder: string;
  readonly home: string;
  readonly temporary: string;
}

async function run(code: string, { folder, home, temporary }: Places): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=@openclaw/source', '--input-type=module-typescript', '--eval', code],
    { cwd: folder, env: { PATH: process.env['PATH'], HOME: home, TMPDIR: temporary } },
  );
  return stdout;
}

/** The documented output of an example: comments after a `console.log`, and those directly below it. */
function readPromised(code: string): readonly string[] {
  const [, ...parts] = code.split('console.log(');
  return parts.flatMap((part) => {
    const [first = '', ...below] = part.split('\n');
    const end = below.findIndex((line) => !/^ *\/\/ /.test(line));
    return [first, ...below.slice(0, end)].flatMap((line) => / ?\/\/ (.*)/.exec(line)?.[1] ?? []);
  });
}

/** The lines of the output; a value that `console.log` printed on several lines is joined. */
function joinBroken(printed: string): readonly string[] {
  return printed
    .replaceAll(/\n {2}|\n(?=[\]}])/g, ' ')
    .trim()
    .split('\n');
}
