import type { ChosenModels } from '@openclaw/model-selection';
import { changeConfig } from '../change-config.ts';
import { CliError } from '../cli-error.ts';
import { defineCommand, type Command } from '../define-command.ts';
import type { Host } from '../host.ts';
import { loadHostConfig } from '../load-host-config.ts';
import { readModelChoices } from '../models/model-choice.ts';
import { planModelChoice } from '../models/plan-model-choice.ts';
import { resolveModelName } from '../models/resolve-model-name.ts';
import { showChange } from '../show-change.ts';

/** Which of the two lists. */
interface Chain {
  readonly key: 'model' | 'imageModel';
  readonly choice: 'text' | 'image';
  readonly command: 'fallbacks' | 'image-fallbacks';
  readonly label: string;
}

type FallbackCommands = Readonly<Record<'list' | 'add' | 'remove' | 'clear', Command>>;

/** Commands for the fallbacks of the default model. */
export const fallbacks = defineChainCommands({
  key: 'model',
  choice: 'text',
  command: 'fallbacks',
  label: 'Fallbacks',
});

/** Commands for the fallbacks of the image model. */
export const imageFallbacks = defineChainCommands({
  key: 'imageModel',
  choice: 'image',
  command: 'image-fallbacks',
  label: 'Image fallbacks',
});

function defineChainCommands(chain: Chain): FallbackCommands {
  const { command, label } = chain;
  const docs = 'docs/cli.md#openclaw-models-fallbacks';
  const start = `openclaw models ${command}`;
  const list = defineCommand({
    options: {},
    formats: ['json', 'plain'],
    examples: [
      { line: start, does: 'List them in the order in which they are tried.' },
      { line: `${start} list --plain`, does: 'Print one per line.' },
    ],
    docs,
    async run({ host }) {
      const { fallbacks: names } = await readChain(host, chain);
      host.output.show({
        json: () => ({ fallbacks: names }),
        plain: () => names,
        text: () =>
          [`${label} (${names.length}):`, ...(names.length === 0 ? ['- none'] : names.map((name) => `- ${name}`))].join(
            '\n',
          ),
      });
    },
  });
  const add = defineCommand({
    arguments: [{ name: 'model', completes: 'model' }],
    options: { force: { type: 'boolean', description: 'Write the name even if no server has such a model' } },
    formats: ['json'],
    examples: [
      { line: `${start} add ollama/llama3.3`, does: 'Add a model at the end, if it is not in the list.' },
      { line: `${start} add qwen2.5-coder:32b --json`, does: 'Use a bare name, and print the result as JSON.' },
    ],
    docs,
    async run({ values, positionals: [name = ''], host }) {
      const ref = values.force === true ? name : await resolveModelName(host, name);
      const current = await readChain(host, chain);
      await writeChain(host, {
        chain,
        current,
        names: current.fallbacks.includes(ref) ? current.fallbacks : [...current.fallbacks, ref],
      });
    },
  });
  const remove = defineCommand({
    arguments: [{ name: 'model', completes: 'model' }],
    options: {},
    formats: ['json'],
    examples: [
      { line: `${start} remove ollama/llama3.3`, does: 'Remove a model by its name in the list.' },
      { line: `${start} remove ollama/llama3.3 --json`, does: 'Print the result as JSON.' },
    ],
    docs,
    async run({ positionals: [name = ''], host }) {
      const current = await readChain(host, chain);
      if (!current.fallbacks.includes(name))
        throw new CliError('failed', `${name} is not in the list.`, { nextCommands: [`${start} list`] });
      await writeChain(host, { chain, current, names: current.fallbacks.filter((known) => known !== name) });
    },
  });
  const clear = defineCommand({
    options: {},
    formats: ['json'],
    examples: [
      { line: `${start} clear`, does: 'Remove all of them.' },
      { line: `${start} clear --json`, does: 'Print the result as JSON.' },
    ],
    docs,
    async run({ host }) {
      await writeChain(host, { chain, current: await readChain(host, chain), names: [] });
    },
  });
  return { list, add, remove, clear };
}

async function readChain(host: Host, { choice }: Chain): Promise<ChosenModels> {
  return readModelChoices((await loadHostConfig(host)).config)[choice];
}

interface WriteChainOptions {
  readonly chain: Chain;
  readonly current: ChosenModels;
  readonly names: readonly string[];
}

async function writeChain(host: Host, { chain: { key, label }, current, names }: WriteChainOptions): Promise<void> {
  const { config } = await loadHostConfig(host);
  const nothingToClear = names.length === 0 && current.fallbacks.length === 0;
  const changes = nothingToClear ? [] : planModelChoice(config, { key, fallbacks: names });
  const result = await changeConfig(host, { changes });
  const list = names.length === 0 ? 'none' : names.join(', ');
  showChange(host, { result, done: `${label}: ${list}, written`, fields: { fallbacks: names } });
}
