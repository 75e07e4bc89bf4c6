import type { TextStream } from '../output.ts';
import { controlSequence } from './control-sequence.ts';

/** An activity indicator. */
export interface Spinner {
  start(): void;
  /** Changes the label. The elapsed time starts again. */
  setLabel(label: string): void;
  /** Clears it. Does nothing if it is not running. */
  stop(): void;
}

interface SpinnerOptions {
  readonly stream: TextStream;
  readonly label: string;
  readonly now: () => number;
  readonly paint?: (text: string) => string;
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'] as const;
const FRAME_MS = 100;

/** A spinner with a label and, after a second, the elapsed time. Prints nothing without a terminal. */
export function createSpinner({ stream, now, paint = (text) => text, ...options }: SpinnerOptions): Spinner {
  let timer: NodeJS.Timeout | undefined;
  let { label } = options;
  let startedAt = now();
  return {
    start() {
      if (stream.isTTY !== true || timer !== undefined) return;
      startedAt = now();
      let frame = 0;
      const draw = (): void => {
        const seconds = Math.floor((now() - startedAt) / 1000);
        stream.write(
          `${clearLine()}${paint(`${FRAMES[frame++ % FRAMES.length]} ${label}${seconds < 2 ? '' : ` ${seconds} s`}`)}`,
        );
      };
      draw();
      timer = setInterval(draw, FRAME_MS);
    },
    setLabel(next) {
      if (next !== label) startedAt = now();
      label = next;
    },
    stop() {
      if (timer === undefined) return;
      clearInterval(timer);
      timer = undefined;
      stream.write(clearLine());
    },
  };
}

function clearLine(): string {
  return controlSequence('1G') + controlSequence('K');
}
