import { EXIT_CODES } from '../cli-error.ts';
import { defineCommand } from '../define-command.ts';
import type { Host } from '../host.ts';
import { readModelChoices } from '../models/model-choice.ts';
import { pull, pullWithDisplay } from '../models/pull-with-display.ts';
import type { PullState } from '../models/track-pull.ts';
import { withOllamaModel } from '../models/with-ollama-model.ts';
import { noteNextCommands } from '../note-next-commands.ts';
import { providerOption } from '../provider-option.ts';
import { formatBytes } from '../render/format-bytes.ts';
import { describeFailure } from '../report-error.ts';

/** Downloads a model. Ctrl-C stops the download, and the next one continues there. */
export const modelsPull = defineCommand({
  arguments: [{ name: 'model' }],
  options: {
    provider: providerOption('The Ollama server that downloads it; default: ollama'),
    insecure: { type: 'boolean', description: 'Allow a registry of your own that has no trusted certificate' },
  },
  formats: ['json'],
  examples: [
    { line: 'openclaw models pull gpt-oss:20b', does: 'Download a model that can call tools.' },
    { line: 'openclaw models pull gpt-oss:20b --json', does: 'Print one JSON document per line, for programs.' },
  ],
  docs: 'docs/cli.md#openclaw-models-pull',
  async run({ values: { provider, insecure }, positionals: [name = ''], host }) {
    const target = { host, provider, insecure, signal: host.interruption() };
    return host.output.format === 'json' ? pullWithEvents(name, target) : pullForPeople(name, target);
  },
});

interface PullTarget {
  readonly host: Host;
  readonly provider: string | undefined;
  readonly insecure: boolean | undefined;
  readonly signal: AbortSignal;
}

async function pullForPeople(name: string, target: PullTarget): Promise<number> {
  const { host } = target;
  await withOllamaModel(name, {
    ...target,
    async use(named) {
      const { totalBytes } = await pullWithDisplay(named, target);
      const size = totalBytes === 0 ? '' : ` (${formatBytes(totalBytes)})`;
      host.output.show({ json: () => undefined, text: () => `Pulled ${named.model}${size}.` });
      if (readModelChoices(named.loaded.config).text.primary === undefined)
        noteNextCommands(host.output, [`openclaw models set ${named.setup.id}/${named.model}`]);
    },
  });
  return 0;
}

/** Prints one document per line. The last one has `ok`. */
async function pullWithEvents(name: string, target: PullTarget): Promise<number> {
  const { host } = target;
  const print = (document: object): void => host.output.write(`${JSON.stringify(document)}\n`);
  try {
    await withOllamaModel(name, {
      ...target,
      async use(named) {
        const onState = (state: PullState) => print({ event: 'progress', ...state });
        const onWarning = (message: string) => print({ event: 'warning', message });
        const { totalBytes } = await pull(named, { ...target, onState, onWarning });
        print({ ok: true, model: `${named.setup.id}/${named.model}`, totalBytes });
      },
    });
    return 0;
  } catch (error) {
    const { code: type, message, fields, nextCommands } = describeFailure(error, 'models pull');
    print({ ok: false, error: { type, code: type, ...fields, message, nextCommands } });
    return EXIT_CODES[type];
  }
}
