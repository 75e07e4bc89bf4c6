import { pullModel } from '@openclaw/runtime/internal';
import type { Host } from '../host.ts';
import { isLoopbackUrl } from '../is-loopback-url.ts';
import { formatBytes } from '../render/format-bytes.ts';
import { createPullDisplay } from '../render/pull-progress.ts';
import { freeModelSpace } from './free-model-space.ts';
import { trackPull, type PullState } from './track-pull.ts';
import type { NamedOllamaModel } from './with-ollama-model.ts';

/** Where a download is shown. */
export interface PullOptions {
  readonly host: Host;
  /** Whether a registry without a trusted certificate is allowed. */
  readonly insecure?: boolean | undefined;
  readonly onState: (state: PullState) => void;
  /** Called once if the download is larger than the free disk of this machine. */
  readonly onWarning: (text: string) => void;
}

/** Downloads a model with a progress bar on standard error; resolves to its last state. */
export async function pullWithDisplay(
  named: Pick<NamedOllamaModel, 'model' | 'setup' | 'request'>,
  { host, insecure }: Pick<PullOptions, 'host' | 'insecure'>,
): Promise<PullState> {
  const { output } = host;
  const display = createPullDisplay(host.stderr);
  try {
    return await pull(named, {
      host,
      insecure,
      onState: (state) => display.show(state),
      onWarning(text) {
        display.end();
        output.note(`${output.noteStyle.warning('Warning:')} ${text}`);
      },
    });
  } finally {
    display.end();
    if (named.request.signal?.aborted === true)
      output.note(`To continue the download: openclaw models pull ${named.model}`);
  }
}

/** Downloads a model; resolves to its last state. */
export async function pull(
  { model, setup, request }: Pick<NamedOllamaModel, 'model' | 'setup' | 'request'>,
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
