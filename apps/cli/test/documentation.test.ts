import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isDocumented, readExamples, readExchanges } from './read-examples.ts';
import { type BuiltCommand, buildCommand, openShell } from './shell.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

/** Every page for users. Not those for maintainers, and not the page that is made from the schema. */
const PAGES = [
  join(import.meta.dirname, 'fixtures/ollama-page.nl.md'),
  ...globSync(['README.md', 'apps/cli/README.md', 'docs/*.md', 'docs/providers/*.md'], { cwd: ROOT }).map((page) =>
    join(ROOT, page),
  ),
].filter((page) => !page.endsWith('docs/configuration.md'));

let command: BuiltCommand;
let simulator: Awaited<ReturnType<typeof startOllamaSimulator>>;

beforeAll(async () => {
  command = buildCommand();
  const contextLength = 131_072;
  simulator = await startOllamaSimulator({
    models: [
      { name: 'gpt-oss:20b', size: 13_793_441_244, contextLength },
      { name: 'llama3.3', size: 42_520_413_916, contextLength, capabilities: ['completion', 'tools'] },
      {
        name: 'qwen2.5-coder:32b',
        size: 19_851_349_856,
        contextLength: 32_768,
        capabilities: ['completion', 'tools'],
      },
      { name: 'deepseek-r1:32b', size: 19_851_337_809, contextLength },
      'nomic-embed-text',
    ],
  });
});

afterAll(async () => {
  command.remove();
  await simulator.close();
});

describe.each(PAGES.map((page) => [relative(ROOT, page), page]))('%s', (_name, page) => {
  const examples = readExamples(readFileSync(page, 'utf8'));

  /** Run in the order of the page, in one home directory. */
  test('what is typed works, and what is shown comes out', { timeout: 300_000 }, async () => {
    const shell = openShell({ bin: command.bin, env: { OLLAMA_HOST: simulator.url } });
    try {
      for (const { line, language, text } of examples) {
        const here = `${relative(ROOT, page)}:${line}`;
        if (language === 'bash' && /^\s*(?:\w+="[^"]*" )?openclaw /m.test(text)) {
          const { code, output } = await shell.run(`set -e; ${withoutConversations(text)}`);
          expect(code, `${here}\n${output}`).toBe(0);
        }
        for (const exchange of language === 'console' ? readExchanges({ line, language, text }) : []) {
          const { output } = await shell.run(exchange.command);
          const same = isDocumented(withUsualAddress(output), exchange.output);
          expect(same ? exchange.output : withUsualAddress(output), `${here}: $ ${exchange.command}`).toBe(
            exchange.output,
          );
        }
      }
    } finally {
      shell.remove();
    }
  });

  test.each(examples.filter(({ language }) => language === 'json5').map(({ line, text }) => [line, text] as const))(
    'the configuration in line %i is valid as written, and its models can be listed',
    async (_line, text) => {
      // The variable that pages about the gateway set first.
      const env = { OLLAMA_HOST: simulator.url, OPENCLAW_GATEWAY_TOKEN: 'a-token-of-the-gateway' };
      const shell = openShell({ bin: command.bin, env });
      try {
        mkdirSync(join(shell.home, '.openclaw'), { mode: 0o700 });
        const file = join(shell.home, '.openclaw/openclaw.json');
        writeFileSync(file, text);
        expect(await shell.run('openclaw config validate')).toEqual({
          code: 0,
          output: 'Valid: ~/.openclaw/openclaw.json\n',
        });
        writeFileSync(file, text.replaceAll(/http:\/\/[\w.-]+:11434/g, simulator.url));
        const { code, output } = await shell.run('openclaw models list --plain');
        // An address without models, and an Ollama that is not enabled, have nothing to list; the output says what to run.
        const advice =
          code === 1 && /Next: openclaw config set models\.providers\.ollama\.(?:discover|apiKey) /.test(output);
        expect(code === 0 || advice, output).toBe(true);
      } finally {
        shell.remove();
      }
    },
  );
});

/** Conversations need a terminal (see terminal.test.ts), and a server runs until it is stopped. */
function withoutConversations(script: string): string {
  return script
    .replaceAll(/^\s*openclaw (?:chat|onboard)(?!.*--non-interactive).*$/gm, '')
    .replaceAll(/^(.*openclaw gateway(?: run)?(?: --.*)?)$/gm, 'timeout -s TERM 2 $1 --port 0 || test $? = 124');
}

/** Pages show the address that Ollama usually has. */
function withUsualAddress(output: string): string {
  return output
    .replaceAll(simulator.url, 'http://127.0.0.1:11434')
    .replaceAll(/Ollama \d[\w.-]*-simulated/g, 'Ollama 0.32.15');
}
