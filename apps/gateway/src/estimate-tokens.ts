import type { ChatRequest } from '@openclaw/provider';

/** Local models' tokens of prose, code and JSON are longer on average. An estimate that is too low fills the context unseen. */
const BYTES_PER_TOKEN = 3.5;
/** What the template of a model puts around a message. */
const TOKENS_PER_MESSAGE = 4;
/** Models of today take between 250 and 1,500. */
const TOKENS_PER_IMAGE = 1_000;

/** An estimate of the tokens of a prompt, without a model. At least 1. */
export function estimateTokens({ messages, tools = [] }: ChatRequest): number {
  let bytes = 0;
  let images = 0;
  for (const message of messages) {
    for (const part of typeof message.content === 'string' ? [message.content] : message.content) {
      if (typeof part === 'string') bytes += Buffer.byteLength(part);
      else if (part.type === 'text') bytes += Buffer.byteLength(part.text);
      else images += 1;
    }
    if (message.role !== 'assistant') continue;
    bytes += Buffer.byteLength(message.reasoning ?? '');
    for (const { name, argumentsText } of message.toolCalls ?? []) bytes += Buffer.byteLength(name + argumentsText);
  }
  for (const { name, description = '', parameters = {} } of tools)
    bytes += Buffer.byteLength(name + description + JSON.stringify(parameters));
  return Math.max(
    1,
    Math.ceil(bytes / BYTES_PER_TOKEN) + messages.length * TOKENS_PER_MESSAGE + images * TOKENS_PER_IMAGE,
  );
}

/** An estimate for an answer, by the length of its text. */
export function estimateOutputTokens(characters: number): number {
  return Math.ceil(characters / BYTES_PER_TOKEN);
}
