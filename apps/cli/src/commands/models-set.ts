import { changeConfig } from '../change-config.ts';
import { defineCommand, type Command } from '../define-command.ts';
import { loadHostConfig } from '../load-host-config.ts';
import { planModelChoice } from '../models/plan-model-choice.ts';
import { resolveModelName } from '../models/resolve-model-name.ts';
import { showChange } from '../show-change.ts';

/** Which of the two models a command sets. */
interface Choice {
  readonly key: 'model' | 'imageModel';
  readonly label: string;
  readonly command: string;
}

const TEXT: Choice = { key: 'model', label: 'Default model', command: 'set' };
const IMAGE: Choice = { key: 'imageModel', label: 'Image model', command: 'set-image' };

export const modelsSet = defineSetCommand(TEXT);
export const modelsSetImage = defineSetCommand(IMAGE);

function defineSetCommand({ key, label, command }: Choice): Command {
  return defineCommand({
    arguments: [{ name: 'model', completes: 'model' }],
    options: {
      force: { type: 'boolean', description: 'Write the name even if no server has such a model' },
      'dry-run': { type: 'boolean', description: 'Show the difference without writing it' },
    },
    formats: ['json'],
    examples: [
      {
        line: `openclaw models ${command} ollama/gpt-oss:20b`,
        does: 'Set a model by its reference; the fallbacks stay.',
      },
      {
        line: `openclaw models ${command} llama3.3`,
        does: 'Set a model by its bare name, if exactly one model has it.',
      },
    ],
    docs: 'docs/cli.md#openclaw-models-set',
    async run({ values, positionals: [name = ''], host }) {
      const ref = values.force === true ? name : await resolveModelName(host, name);
      const { config } = await loadHostConfig(host);
      const changes = planModelChoice(config, { key, primary: ref });
      const dryRun = values['dry-run'];
      const result = await changeConfig(host, { changes, dryRun });
      showChange(host, {
        result,
        done: `${label}: ${ref}, written to ${changes.map(({ path }) => path).join(' and ')}`,
        dryRun,
        fields: { [key === 'model' ? 'defaultModel' : 'imageModel']: ref },
      });
    },
  });
}
