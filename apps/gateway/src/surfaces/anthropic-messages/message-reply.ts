/** What a reply needs of its request. */
export interface MessageReply {
  /** No other request has it. */
  readonly unique: string;
  /** An estimate of the tokens of the prompt, for what is sent before the server has counted. */
  readonly estimateInputTokens: () => number;
}

/** Claude Code joins messages with the same id to one, and runs no second call with an id that it knows. */
export function messageId({ unique }: MessageReply): string {
  return `msg_${unique}`;
}

export function toolUseId({ unique }: MessageReply, index: number): string {
  return `toolu_${unique}_${index}`;
}

/**
 * Clients send a thinking block back only if it is signed. The signature says nothing: Anthropic's models verify theirs,
 * and local models read the text.
 */
export const THINKING_SIGNATURE = Buffer.from('openclaw').toString('base64');
