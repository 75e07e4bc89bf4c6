import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import { describe, expect, onTestFinished, test } from 'vitest';
import { LIBRARIES, README_EXAMPLES } from './readme-examples.ts';

const ROOT = resolve(import.meta.dirname, '..');
/** The address of Ollama in examples, where the simulator runs. */
const OLLAMA = 'http://127.0.0.1:11434';

describe('the examples in the READMEs of the libraries', () => {
  test.for(README_EXAMPLES)(
    '$title prints what it says, and leaves the home directory alone',
    async ({ folder, code }) => {
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
    },
  );

  test.for(LIBRARIES)('$manifest.name has an example, and says when to use it', ({ folder, manifest }) => {
    const readme = readFileSync(`${ROOT}/${folder}/README.md`, 'utf8');

    expect(README_EXAMPLES.map(({ title }) => title)).toContain(`${manifest.name}, example 1`);
    expect(readme).toMatch(/^## When (?:not )?to use it$/m);
    expect(readme, 'a table of its exports or options').toMatch(/^\| ?-{3,}/m);
  });
});

interface Places {
  readonly folder: string;
  readonly home: string;
  readonly temporary: string;
}

const { PATH, NODE_COMPILE_CACHE } = process.env;

async function run(code: string, { folder, home, temporary }: Places): Promise<string> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--conditions=@openclaw/source', '--input-type=module-typescript', '--eval', code],
    { cwd: folder, env: { PATH, NODE_COMPILE_CACHE, HOME: home, TMPDIR: temporary } },
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
