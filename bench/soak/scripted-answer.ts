/** The answer that a request orders from a scripted model, so that the client can verify it. */
export interface AnswerOrder {
  /** Unlike that of every other request. */
  readonly id: string;
  readonly words: number;
  /** Whether the answer is a tool call whose arguments hold the text. */
  readonly tool: boolean;
  /** Pause between the words of a streamed answer. */
  readonly pauseMs: number;
}

/** The prompt that carries the order. */
export function encodeOrder({ id, words, tool, pauseMs }: AnswerOrder): string {
  return `order ${id} words ${words} tool ${Number(tool)} pause ${pauseMs}.`;
}

/** Finds the order in a request body; `undefined` when there is none. */
export function findOrder(body: string): AnswerOrder | undefined {
  const found = /order ([\w-]+) words (\d+) tool ([01]) pause (\d+)\./.exec(body);
  if (found === null) return undefined;
  const [, id = '', words, tool, pauseMs] = found;
  return { id, words: Number(words), tool: tool === '1', pauseMs: Number(pauseMs) };
}

/** The words of the one right answer; joined they are its text. */
export function answerWords({ id, words }: Pick<AnswerOrder, 'id' | 'words'>): string[] {
  return [...Array.from({ length: words }, (_, index) => `${id}.${index} `), `end-of-${id}`];
}

export function answerText(order: Pick<AnswerOrder, 'id' | 'words'>): string {
  return answerWords(order).join('');
}

/** The tool that requests offer when they order a tool call. */
export const REPORT_TOOL = {
  type: 'function',
  function: {
    name: 'report',
    parameters: { type: 'object', properties: { text: { type: 'string' } }, required: ['text'] },
  },
};
