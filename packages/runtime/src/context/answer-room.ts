/** Tokens that an answer gets room for at least; with reasoning answers are longer. */
const MIN_ANSWER = { plain: 1024, reasoning: 2048 };
/**
 * `max_tokens` is a limit: clients such as Claude Code send 32,000 with each request, and get answers of some hundred
 * tokens. A larger limit gets no more room than this, unless the prompt is long.
 */
const MAX_ASKED_ANSWER = 4096;
/** Share of the prompt that an answer gets room for. */
const ANSWER_SHARE = 1 / 4;

export interface AnswerRoomOptions {
  /** Whether the model reasons. */
  readonly reasoning: boolean;
  /** The limit of the request. */
  readonly maxTokens: number | undefined;
}

/** The tokens of a context that are kept free for the answer to a prompt of so many tokens. */
export function answerRoom(promptTokens: number, { reasoning, maxTokens }: AnswerRoomOptions): number {
  const likely = Math.ceil(Math.max(promptTokens * ANSWER_SHARE, MIN_ANSWER[reasoning ? 'reasoning' : 'plain']));
  return maxTokens === undefined ? likely : Math.min(maxTokens, Math.max(likely, MAX_ASKED_ANSWER));
}
