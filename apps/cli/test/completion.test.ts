import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { type BuiltCommand, buildCommand } from './shell.ts';
import { hasTmux, openTerminal } from './terminal.ts';

const SHELLS = [
  { shell: 'bash', start: 'bash --norc --noprofile', load: 'source <(openclaw completion bash)' },
  { shell: 'zsh', start: 'zsh -f', load: 'source <(openclaw completion zsh)' },
  { shell: 'fish', start: 'fish --no-config', load: 'openclaw completion fish | source' },
];

/** What is typed before the Tab, and what the program is given then, a word in each pair of brackets. */
const ROWS: [typed: string, given: string][] = [
  ['openclaw models sta', '<models><status>'],
  ['true; openclaw models   sta', '<models><status>'],
  ['openclaw help models sta', '<help><models><status>'],
  ['openclaw --profile work models sta', '<--profile><work><models><status>'],
  ['openclaw agent --reas', '<agent><--reasoning>'],
  ['openclaw agent --reasoning=s', '<agent><--reasoning=show>'],
  ['openclaw agent --model ollama/gpt-oss:2', '<agent><--model><ollama/gpt-oss:20b>'],
  ['openclaw agent --model=ollama/gpt-oss:2', '<agent><--model=ollama/gpt-oss:20b>'],
  ['openclaw agent --model=oll', '<agent><--model=ollama/gpt-oss:20b>'],
  ['openclaw models set "ollama/gpt-oss:2', '<models><set><ollama/gpt-oss:20b>'],
  [`openclaw models set 'ollama/gpt-oss:2`, '<models><set><ollama/gpt-oss:20b>'],
  ['openclaw agent -m "it is two" --mod', '<agent><-m><it is two><--model>'],
  [String.raw`openclaw agent -m it\ is --mod`, '<agent><-m><it is><--model>'],
  ['openclaw models aliases add "an alias" oll', '<models><aliases><add><an alias><ollama/gpt-oss:20b>'],
  ['openclaw agent --image pict', '<agent><--image><picture.png>'],
  ['openclaw agent --image=pict', '<agent><--image=picture.png>'],
  ['openclaw config set gateway.po', '<config><set><gateway.port>'],
  ['openclaw config unset models.providers.my-box.b', '<config><unset><models.providers.my-box.baseUrl>'],
  [
    'openclaw config get agents.defaults.models.ollama/a:1.al',
    '<config><get><agents.defaults.models.ollama/a:1.alias>',
  ],
  [
    String.raw`openclaw config get agents.defaults.models\[ollama/b.1\].al`,
    '<config><get><agents.defaults.models[ollama/b.1].alias>',
  ],
  [
    `openclaw config get 'agents.defaults.models["ollama/b.1"].al`,
    '<config><get><agents.defaults.models["ollama/b.1"].alias>',
  ],
  [
    String.raw`openclaw config get "agents.defaults.models[\"ollama/b.1\"].al`,
    '<config><get><agents.defaults.models["ollama/b.1"].alias>',
  ],
];

/** Names that a shell would act upon. Each is completed without quotes and inside both kinds. */
const HOSTILE_NAMES = [
  'dollar$(touch OWNED)$HOME',
  'tick`touch OWNED`',
  `single's`,
  'double"s',
  'bang!true',
  'blank s',
  'semicolon;touch OWNED',
  String.raw`backslash\n`,
  'star*',
  '~tilde',
  'both"and\'s',
];
const HOSTILE_ROWS = HOSTILE_NAMES.flatMap((name) =>
  ['', '"', "'"].map((quote): [string, string] => [
    `openclaw models set ${quote}evil/${name.slice(0, 4)}`,
    `<models><set><evil/${name}>`,
  ]),
);

const CONFIG = {
  agents: { defaults: { models: { 'ollama/a:1': { alias: 'a' }, 'ollama/b.1': { alias: 'b' } } } },
  models: {
    providers: {
      'my-box': { baseUrl: 'http://127.0.0.1:1/v1', models: [] },
      evil: { baseUrl: 'http://127.0.0.1:1/v1', models: HOSTILE_NAMES.map((id) => ({ id })) },
    },
  },
};

let command: BuiltCommand;
let simulator: Awaited<ReturnType<typeof startOllamaSimulator>>;

beforeAll(async () => {
  command = buildCommand();
  simulator = await startOllamaSimulator({ models: ['gpt-oss:20b'] });
});

afterAll(async () => {
  command.remove();
  await simulator.close();
});

describe.each(SHELLS)('$shell', ({ shell, start, load }) => {
  const hasShell = hasTmux && spawnSync(shell, ['-c', 'exit']).status === 0;

  test.skipIf(!hasShell)(`completes (needs ${shell} and tmux)`, { timeout: 300_000 }, async () => {
    const home = mkdtempSync(join(tmpdir(), 'openclaw-completion-'));
    onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 5 }));
    mkdirSync(join(home, '.openclaw'));
    mkdirSync(join(home, 'bin'));
    writeFileSync(join(home, '.openclaw/openclaw.json'), JSON.stringify(CONFIG));
    writeFileSync(join(home, 'picture.png'), '');
    // Completes like the real one, and shows what else it is given.
    writeFileSync(
      join(home, 'bin/openclaw'),
      `#!/bin/sh
case "$1" in
  __complete | completion) exec "${process.execPath}" "${command.bin}" "$@" ;;
  *) printf '<%s>' "$@"; echo ;;
esac
`,
      { mode: 0o755 },
    );
    const terminal = openTerminal(`cd '${home}'; ${start}`, {
      env: {
        PATH: `${join(home, 'bin')}:${process.env['PATH']}`,
        HOME: home,
        OLLAMA_HOST: simulator.url,
        OLLAMA_API_KEY: 'x',
        NODE_COMPILE_CACHE: join(home, 'cache'),
      },
    });
    onTestFinished(() => terminal.close());

    terminal.type(`${load}; openclaw ready`, 'Enter');
    await terminal.waitFor(/^<ready>$/m);
    const given: string[] = [];
    const rows = [...ROWS, ...HOSTILE_ROWS];
    for (const [index, [typed]] of rows.entries()) {
      // A completed word ends with a space, so what is typed next is a word of its own.
      terminal.type(typed, 'Tab', `row${index}`, 'Enter');
      const line = new RegExp(String.raw`^<.*row${index}>$`, 'm');
      given.push(line.exec(await terminal.waitFor(line))?.[0] ?? '');
    }
    expect(given).toEqual(rows.map(([, expected], index) => `${expected}<row${index}>`));
    expect(existsSync(join(home, 'OWNED'))).toBe(false);

    terminal.type('openclaw models set', 'Tab', 'Tab');
    await terminal.waitFor(shell === 'bash' ? /set +set-image/ : /set-image +\(?Set the model for messages/);
  });
});
