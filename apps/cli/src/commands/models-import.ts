import type { ConfigEdit, JsonObject } from '@openclaw/config';
import type { CatalogModel } from '@openclaw/model-selection';
import { providerSetups } from '@openclaw/runtime/internal';
import { changeConfig } from '../change-config.ts';
import { CliError } from '../cli-error.ts';
import { defineCommand } from '../define-command.ts';
import { loadHostConfig } from '../load-host-config.ts';
import { showChange } from '../show-change.ts';

/** Writes the discovered models into an explicit entry, to be edited by hand. */
export const modelsImport = defineCommand({
  arguments: [{ name: 'provider', choices: ['ollama'] }],
  options: {
    'dry-run': { type: 'boolean', description: 'Show the difference without writing it' },
  },
  formats: ['json'],
  examples: [
    { line: 'openclaw models import ollama --dry-run', does: 'Show the entry without writing it.' },
    {
      line: 'openclaw models import ollama',
      does: 'Write the entry. It disables discovery for this provider.',
    },
  ],
  docs: 'docs/providers/ollama.md#explicit-setup',
  async run({ values, positionals: [provider = ''], host }) {
    const loaded = await loadHostConfig(host);
    // This command discovers models even if the entry disables discovery.
    const entry = { ...loaded.config.models.providers[provider], discover: true, models: [] };
    const providers = { ...loaded.config.models.providers, [provider]: entry };
    const discovering = { ...loaded, config: { ...loaded.config, models: { ...loaded.config.models, providers } } };
    const runtime = await host.createRuntime(discovering);
    try {
      const { models, problems } = await runtime.inventory({ provider, refresh: true });
      const [problem] = problems;
      if (problem !== undefined) {
        throw new CliError('failed', problem.message, {
          nextCommands: problem.nextCommand === undefined ? [] : [problem.nextCommand],
        });
      }
      const found = models.filter(({ source }) => source === 'discovered');
      if (found.length === 0)
        throw new CliError('failed', `${provider} has no usable models.`, {
          nextCommands: ['openclaw doctor'],
        });
      const baseUrl = providerSetups(discovering).setups.find(({ id }) => id === provider)?.baseUrl;
      const written = loaded.config.models.providers[provider];
      const changes: ConfigEdit[] = [
        ...(written?.baseUrl !== undefined || written?.endpoints !== undefined || baseUrl === undefined
          ? []
          : [{ type: 'set', path: `models.providers.${provider}.baseUrl`, value: baseUrl } as const]),
        { type: 'set', path: `models.providers.${provider}.models`, value: found.map(encodeModel) },
      ];
      const dryRun = values['dry-run'];
      const result = await changeConfig(host, { changes, dryRun });
      const count = found.length === 1 ? 'One model' : `${found.length} models`;
      showChange(host, {
        result,
        done: `${count} written to models.providers.${provider}`,
        dryRun,
        fields: { imported: found.map(({ ref }) => ref) },
      });
    } finally {
      await runtime.close();
    }
  },
});

function encodeModel({ model, name, reasoning, input, contextWindow, maxTokens }: CatalogModel): JsonObject {
  return { id: model, name, reasoning, input: [...input], contextWindow, maxTokens };
}
