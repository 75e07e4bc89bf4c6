import { formatConfigPath } from '@openclaw/config';
import { changeConfig } from '../change-config.ts';
import { CliError } from '../cli-error.ts';
import { defineCommand } from '../define-command.ts';
import { loadHostConfig } from '../load-host-config.ts';
import { readAliases } from '../models/model-choice.ts';
import { resolveModelName } from '../models/resolve-model-name.ts';
import { showChange } from '../show-change.ts';

const DOCS = 'docs/cli.md#openclaw-models-aliases';

/** Lists aliases with their references. */
export const aliasesList = defineCommand({
  options: {},
  formats: ['json', 'plain'],
  examples: [
    { line: 'openclaw models aliases', does: 'All aliases.' },
    { line: 'openclaw models aliases list --plain', does: 'An alias and its model per line.' },
  ],
  docs: DOCS,
  async run({ host }) {
    const aliases = readAliases((await loadHostConfig(host)).config);
    const pairs = Object.entries(aliases);
    host.output.show({
      json: () => ({ aliases }),
      plain: () => pairs.map(([alias, ref]) => `${alias} ${ref}`),
      text: () =>
        [
          `Aliases (${pairs.length}):`,
          ...(pairs.length === 0 ? ['- none'] : pairs.map(([alias, ref]) => `- ${alias} -> ${ref}`)),
        ].join('\n'),
    });
  },
});

/** Adds an alias. Fails if the alias already means another model. */
export const aliasesAdd = defineCommand({
  arguments: [{ name: 'alias' }, { name: 'model', completes: 'model' }],
  options: { force: { type: 'boolean', description: 'Write the model even if no server has it' } },
  formats: ['json'],
  examples: [
    { line: 'openclaw models aliases add oss ollama/gpt-oss:20b', does: 'From now on --model oss means gpt-oss:20b.' },
    { line: 'openclaw models aliases add big llama3.3', does: 'A bare name works if exactly one model has it.' },
  ],
  docs: DOCS,
  async run({ values, positionals: [alias = '', name = ''], host }) {
    if (!/^[\w.:-]+$/.test(alias))
      throw new CliError('usage', 'An alias may contain letters, digits, "_", ".", ":" and "-".');
    const aliases = readAliases((await loadHostConfig(host)).config);
    const ref = values.force === true ? name : await resolveModelName(host, name);
    const taken = Object.entries(aliases).find(([known]) => known.toLowerCase() === alias.toLowerCase());
    if (taken !== undefined && taken[1] !== ref) {
      throw new CliError('failed', `The alias ${taken[0]} already means ${taken[1]}.`, {
        nextCommands: [`openclaw models aliases remove ${taken[0]}`],
      });
    }
    const path = formatConfigPath(['agents', 'defaults', 'models', ref, 'alias']);
    const result = await changeConfig(host, { changes: [{ type: 'set', path, value: alias }] });
    showChange(host, { result, done: `Alias ${alias} -> ${ref}, written`, fields: { alias, model: ref } });
  },
});

/** Removes an alias, and its entry if that contains nothing else. */
export const aliasesRemove = defineCommand({
  arguments: [{ name: 'alias' }],
  options: {},
  formats: ['json'],
  examples: [
    { line: 'openclaw models aliases remove oss', does: 'Remove the alias; the model stays.' },
    { line: 'openclaw models aliases remove big --json', does: 'Print the result as JSON.' },
  ],
  docs: DOCS,
  async run({ positionals: [alias = ''], host }) {
    const { config } = await loadHostConfig(host);
    const found = Object.entries(readAliases(config)).find(([known]) => known.toLowerCase() === alias.toLowerCase());
    if (found === undefined)
      throw new CliError('failed', `There is no alias ${alias}.`, { nextCommands: ['openclaw models aliases list'] });
    const [name, ref] = found;
    const onlyThat = Object.keys(config.agents.defaults.models[ref] ?? {}).length === 1;
    const path = formatConfigPath(['agents', 'defaults', 'models', ref, ...(onlyThat ? [] : ['alias'])]);
    const result = await changeConfig(host, { changes: [{ type: 'unset', path }] });
    showChange(host, { result, done: `Alias ${name} removed`, fields: { removed: name } });
  },
});
