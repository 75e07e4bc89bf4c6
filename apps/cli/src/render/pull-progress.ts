import type { PullState } from '../models/track-pull.ts';
import type { TextStream } from '../output.ts';
import { controlSequence } from './control-sequence.ts';
import { formatBytes } from './format-bytes.ts';
import { formatDuration } from './format-duration.ts';

/** Shows a download. */
export interface PullDisplay {
  show(state: PullState): void;
  /** Ends the line of the progress bar, so that other output starts on a new one. */
  end(): void;
}

/** On a terminal one line that changes; elsewhere a line for each new status and for each tenth of the download. */
export function createPullDisplay(stream: TextStream): PullDisplay {
  return stream.isTTY === true ? createBar(stream) : createLines(stream);
}

const BAR_WIDTH = 20;

function createBar(stream: TextStream): PullDisplay {
  let open = false;
  return {
    show(state) {
      const line = describe(state, { bar: true }).slice(0, (stream.columns || 80) - 1);
      stream.write(`${controlSequence('1G')}${controlSequence('K')}${line}`);
      open = true;
    },
    end() {
      if (open) stream.write('\n');
      open = false;
    },
  };
}

function createLines(stream: TextStream): PullDisplay {
  let shown = '';
  return {
    show(state) {
      const step = `${state.status} ${Math.floor(shareOf(state) * 10)}`;
      if (step === shown) return;
      shown = step;
      stream.write(`${describe(state, { bar: false })}\n`);
    },
    end() {},
  };
}

function describe(state: PullState, { bar }: { readonly bar: boolean }): string {
  const { status, completedBytes, totalBytes, bytesPerSecond, secondsLeft } = state;
  // The statuses before and after the parts say nothing about bytes.
  if (totalBytes === 0 || !/^pulling [0-9a-f]+/.test(status)) return status;
  const share = shareOf(state);
  const full = Math.round(share * BAR_WIDTH);
  return [
    ...(bar ? [`${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)}`] : []),
    `${Math.floor(share * 100)}%`,
    `${formatBytes(completedBytes)} of ${formatBytes(totalBytes)}`,
    ...(bytesPerSecond === undefined ? [] : [`${formatBytes(bytesPerSecond)}/s`]),
    ...(secondsLeft === undefined ? [] : [`${formatDuration(secondsLeft)} left`]),
  ].join('  ');
}

function shareOf({ completedBytes, totalBytes }: PullState): number {
  return totalBytes === 0 ? 0 : Math.min(1, completedBytes / totalBytes);
}
