import type { Attempt, FinishReason, StreamEvent } from '@openclaw/provider';
import type { Output } from '../output.ts';
import { describeFallback } from './describe-fallback.ts';
import { createSpinner } from './spinner.ts';
import type { TextRenderer } from './text-renderer.ts';
import type { TextStream } from '../output.ts';
import { watchWaiting, type DescribeWaiting } from './watch-waiting.ts';
import { createWordWrap } from './word-wrap.ts';

/** Outputs and options of the rendering. */
export interface AnswerScreen {
  readonly output: Output;
  readonly stdout: TextStream;
  readonly stderr: TextStream;
  readonly now: () => number;
  readonly reasoning: 'show' | 'hide';
  /** What is known of a request that has no answer yet; see `watchWaiting`. @default nothing */
  readonly describeWaiting?: DescribeWaiting | undefined;
  /** Renders the text of the answer; its `end` returns the rest. */
  readonly text?: TextRenderer;
}

/**
 * Renders an answer: its text on standard output; reasoning, repairs, tool calls and fallbacks on standard error.
 * Passes the events on unchanged.
 */
export async function* renderAnswer(
  events: AsyncIterable<StreamEvent>,
  screen: AnswerScreen,
): AsyncGenerator<StreamEvent> {
  const { output, stdout, stderr, now } = screen;
  const { noteStyle: style } = output;
  const text = screen.text ?? { push: (piece) => piece, end: () => '' };
  const spinner = createSpinner({ stream: stderr, label: 'waiting for the model…', now, paint: style.dim });
  const reasoning = createWordWrap({ columns: () => stderr.columns });
  const failed: Attempt[] = [];
  /** The last output before the cursor: notes must start on a new line. */
  let open: 'nothing' | 'reasoning' | 'text' = 'nothing';
  let lineOpen = false;

  const note = (line: string): void => {
    closeLine();
    output.note(line);
  };
  const closeLine = (): void => {
    if (open === 'reasoning') stderr.write(style.dim(reasoning.end()));
    if (lineOpen) (open === 'text' ? stdout : stderr).write('\n');
    lineOpen = false;
  };
  const write = (kind: 'reasoning' | 'text', piece: string): void => {
    if (piece === '') return;
    if (open !== kind) closeLine();
    // Reasoning and answer are separate paragraphs.
    if (open === 'reasoning' && kind === 'text' && stderr.isTTY === true) stderr.write('\n');
    open = kind;
    if (kind === 'text') stdout.write(piece);
    else stderr.write(style.dim(reasoning.push(piece)));
    lineOpen = !piece.endsWith('\n');
  };

  spinner.start();
  const waiting = watchWaiting(stderr.isTTY === true ? screen.describeWaiting : undefined, {
    failed,
    onLabel: (label) => spinner.setLabel(label),
  });
  try {
    for await (const event of events) {
      if (event.type !== 'fallback') {
        waiting.stop();
        spinner.stop();
      }
      switch (event.type) {
        case 'fallback':
          failed.push(event.failed);
          break;
        case 'start':
          for (const attempt of failed) note(style.warning(describeFallback(attempt, { answeredBy: event.model })));
          break;
        case 'reasoning-delta':
          if (screen.reasoning === 'show') write('reasoning', event.text);
          break;
        case 'text-delta':
          write('text', text.push(event.text));
          break;
        case 'tool-call-end':
          write('text', text.end());
          note(
            `${style.accent('Tool call:')} ${event.name} ${event.argumentsText}${event.problem === undefined ? '' : ` ${style.warning(`(${event.problem})`)}`}`,
          );
          break;
        case 'repair':
          note(style.dim(`Repaired: ${event.detail}`));
          break;
        case 'warning':
          note(style.warning(`Warning: ${event.detail}`));
          break;
        case 'finish':
          write('text', text.end());
          closeLine();
          if (FINISH_NOTES[event.reason] !== undefined) output.note(style.warning(FINISH_NOTES[event.reason] ?? ''));
          break;
        case 'error':
          write('text', text.end());
          closeLine();
          break;
        case 'tool-call-start':
        case 'tool-call-delta':
          break;
      }
      yield event;
    }
  } finally {
    waiting.stop();
    spinner.stop();
    closeLine();
  }
}

/** Notes on the finish reason. */
const FINISH_NOTES: Record<FinishReason, string | undefined> = {
  stop: undefined,
  'tool-calls': undefined,
  length: 'The answer was truncated at the token limit.',
  'content-filter': 'The server withheld part of the answer.',
  other: undefined,
};
