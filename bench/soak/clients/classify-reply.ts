import { answerText } from '../scripted-answer.ts';
import type { AnswerOrder } from '../scripted-answer.ts';

/** What a client received. */
export interface ReceivedReply {
  /** Absent when no response arrived. */
  readonly status?: number | undefined;
  readonly body: string;
  /**
   * `complete`: the response ended as HTTP wants it; `cut`: the connection closed before; `limit`: the client waited
   * too long.
   */
  readonly ending: 'complete' | 'cut' | 'limit';
}

/**
 * How a request ended. `complete`, `error-status` and `error-event` are clear; every other outcome breaks an invariant:
 * `truncated` looks like a success and is not the whole answer.
 */
export type Outcome =
  | 'complete'
  | 'error-status'
  | 'error-event'
  | 'hung'
  | 'no-reply'
  | 'truncated'
  | 'unclear'
  | 'wrong-status';

export const CLEAR_OUTCOMES: ReadonlySet<Outcome> = new Set(['complete', 'error-status', 'error-event']);

/** What a gateway may answer to a request that is correct: overload, or upstreams that fail. */
const HONEST_STATUSES: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Judges a reply against the answer that was ordered. */
export function classifyReply(
  { status, body, ending }: ReceivedReply,
  { order, stream }: { readonly order: AnswerOrder; readonly stream: boolean },
): Outcome {
  if (ending === 'limit') return 'hung';
  if (status === undefined) return 'no-reply';
  if (ending === 'cut') return 'unclear';
  if (status !== 200) {
    if (!HONEST_STATUSES.has(status)) return 'wrong-status';
    return isErrorBody(parseJson(body)) ? 'error-status' : 'unclear';
  }
  return stream ? classifyStream(body, order) : classifyWhole(parseJson(body), order);
}

function classifyWhole(completion: Wire | undefined, order: AnswerOrder): Outcome {
  const choice = completion?.choices?.[0];
  if (choice?.message === undefined) return 'unclear';
  return isWhole(order, { text: textOf(choice.message), finish: choice.finish_reason }) ? 'complete' : 'truncated';
}

function classifyStream(body: string, order: AnswerOrder): Outcome {
  const data = body
    .split('\n')
    .filter((line) => line.startsWith('data: '))
    .map((line) => line.slice('data: '.length));
  const last = data.at(-1);
  if (last === undefined) return 'unclear';
  if (last !== '[DONE]') return isErrorBody(parseJson(last)) ? 'error-event' : 'unclear';
  const choices = data.slice(0, -1).flatMap((line) => parseJson(line)?.choices ?? []);
  const text = choices.map(({ delta }) => (delta === undefined ? '' : textOf(delta))).join('');
  const finish = choices.findLast((choice) => typeof choice.finish_reason === 'string')?.finish_reason;
  return isWhole(order, { text, finish }) ? 'complete' : 'truncated';
}

interface ToldAnswer {
  /** The content, or the arguments of the call. */
  readonly text: string;
  readonly finish: string | null | undefined;
}

function isWhole(order: AnswerOrder, { text, finish }: ToldAnswer): boolean {
  if (!order.tool) return finish === 'stop' && text === answerText(order);
  const call: { readonly text?: unknown } | undefined = parseJson(text);
  return finish === 'tool_calls' && call?.text === answerText(order);
}

/** The fields of completions and chunks that matter here. */
interface Wire {
  readonly error?: { readonly message?: unknown; readonly type?: unknown } | undefined;
  readonly choices?: readonly {
    readonly message?: WireMessage;
    readonly delta?: WireMessage;
    readonly finish_reason?: string | null;
  }[];
}

interface WireMessage {
  readonly content?: string | null;
  readonly tool_calls?: readonly { readonly function?: { readonly arguments?: string } }[];
}

function textOf({ content, tool_calls: calls = [] }: WireMessage): string {
  return (content ?? '') + calls.map((call) => call.function?.arguments ?? '').join('');
}

function isErrorBody(value: Wire | undefined): boolean {
  return typeof value?.error?.message === 'string' && typeof value.error.type === 'string';
}

function parseJson(text: string): (Wire & { readonly text?: unknown }) | undefined {
  try {
    const value: (Wire & { readonly text?: unknown }) | null = JSON.parse(text);
    return value ?? undefined;
  } catch {
    return undefined;
  }
}
