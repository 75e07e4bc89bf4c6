import { pullModel } from '@openclaw/runtime/internal';
import { EXIT_CODES } from '../cli-error.ts';
import { defineCommand } from '../define-command.ts';
import type { Host } from '../host.ts';
import { isLoopbackUrl } from '../is-loopback-url.ts';
import { freeModelSpace } from '../models/free-model-space.ts';
import { readModelChoices } from '../models/model-choice.ts';
import { trackPull, type PullState } from '../models/track-pull.ts';
import { withOllamaModel, type NamedOllamaModel } from '../models/with-ollama-model.ts';
import { noteNextCommands } from '../note-next-commands.ts';
import { formatBytes } from '../render/format-bytes.ts';
import { createPullDisplay } from '../render/pull-progress.ts';
import { describeFailure } from '../report-error.ts';

/** Downloads a model. Ctrl-C stops the download, and the next one continues there. */
export const modelsPull = defineCommand({
  arguments: [{ name: 'model' }],
  options: {
    provider: {
      type: 'string',
      placeholder: 'id',
      description: 'The Ollama server that downloads it; default: ollama',
      completes: 'provider',
    },
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
    return host.output.format === 'json' ? pullWithEvents(name, target) : pullWithDisplay(name, target);
  },
});

interface PullTarget {
  readonly host: Host;
  readonly provider: string | undefined;
  readonly insecure: boolean | undefined;
  readonly signal: AbortSignal;
}

async function pullWithDisplay(name: string, target: PullTarget): Promise<number> {
  const { host, signal } = target;
  const { output } = host;
  const display = createPullDisplay(host.stderr);
  const onWarning = (text: string): void => {
    display.end();
    output.note(`${output.noteStyle.warning('Warning:')} ${text}`);
  };
  try {
    await withOllamaModel(name, {
      ...target,
      async use(named) {
        const { totalBytes } = await pull(named, { ...target, onState: (state) => display.show(state), onWarning });
        display.end();
        const size = totalBytes === 0 ? '' : ` (${formatBytes(totalBytes)})`;
        output.show({ json: () => undefined, text: () => `Pulled ${named.model}${size}.` });
        if (readModelChoices(named.loaded.config).text.primary === undefined)
          noteNextCommands(output, [`openclaw models set ${named.setup.id}/${named.model}`]);
      },
    });
    return 0;
  } catch (error) {
    display.end();
    if (signal.aborted) output.note(`To continue the download: openclaw models pull ${name}`);
    throw error;
  }
}

interface PullOptions extends PullTarget {
  readonly onState: (state: PullState) => void;
  readonly onWarning: (text: string) => void;
}

/** Resolves to the last state. */
async function pull(
  { model, setup, request }: NamedOllamaModel,
  { host, insecure, onState, onWarning }: PullOptions,
): Promise<PullState> {
  const tracker = trackPull({ now: host.now });
  const freeBytes = isLoopbackUrl(setup.baseUrl) ? await freeModelSpace(host.env) : undefined;
  let state: PullState = { status: '', completedBytes: 0, totalBytes: 0 };
  let warned = false;
  for await (const step of pullModel({ ...request, model, insecure })) {
    state = tracker.push(step);
    const neededBytes = state.totalBytes - state.completedBytes;
    if (!warned && freeBytes !== undefined && neededBytes > freeBytes) {
      warned = true;
      onWarning(
        `The download needs ${formatBytes(neededBytes)}, and the disk has ${formatBytes(freeBytes)} left. Free some space, or stop it with Ctrl-C.`,
      );
    }
    onState(state);
  }
  return state;
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
