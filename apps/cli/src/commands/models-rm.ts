import { normalizeModelName, OLLAMA_DEFAULT_TAG } from '@openclaw/model-selection';
import { deleteModel } from '@openclaw/runtime/internal';
import { defineCommand } from '../define-command.ts';
import { readModelChoices } from '../models/model-choice.ts';
import { withOllamaModel, type NamedOllamaModel } from '../models/with-ollama-model.ts';
import { providerOption } from '../provider-option.ts';

/** Deletes a model from its server. */
export const modelsRm = defineCommand({
  arguments: [{ name: 'model', completes: 'model' }],
  options: {
    provider: providerOption('The Ollama server that has it; default: ollama'),
  },
  formats: ['json'],
  examples: [
    { line: 'openclaw models rm ollama/llama3.3', does: 'Delete a model and free its disk space.' },
    { line: 'openclaw models rm llama3.3 --provider workstation', does: 'Delete a model of another Ollama server.' },
  ],
  docs: 'docs/cli.md#openclaw-models-rm',
  async run({ values: { provider }, positionals: [name = ''], host }) {
    await withOllamaModel(name, {
      host,
      provider,
      signal: host.interruption(),
      async use(named) {
        await deleteModel(named.request);
        const { output } = host;
        const ref = `${named.setup.id}/${named.model}`;
        output.show({ json: () => ({ ok: true, removed: ref }), text: () => `Removed ${ref}.` });
        for (const chosen of stillChosen(named))
          output.note(`${output.noteStyle.warning('Warning:')} The configuration still names ${chosen}.`);
      },
    });
  },
});

/** The chosen names that meant the deleted model. */
function stillChosen({ loaded, setup, model }: NamedOllamaModel): readonly string[] {
  const { text, image } = readModelChoices(loaded.config);
  const names = [text.primary, ...text.fallbacks, image.primary, ...image.fallbacks].filter(
    (name) => name !== undefined,
  );
  const same = (name: string): string => normalizeModelName(name, { defaultTag: OLLAMA_DEFAULT_TAG });
  const deleted = [same(model), same(`${setup.id}/${model}`)];
  return [...new Set(names)].filter((name) => deleted.includes(same(name)));
}
