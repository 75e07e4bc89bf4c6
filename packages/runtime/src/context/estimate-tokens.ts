import type { ChatMessage, ChatRequest, JsonValue, ToolDefinition } from '@openclaw/provider';

/** The estimated tokens of a prompt: a guess, since each model counts differently. */
export interface TokenEstimate {
  /** The likely number, before it is calibrated with what the model's server counted. */
  readonly tokens: number;
  /** The part of it that a template may leave out: the reasoning of earlier answers. */
  readonly optional: number;
}

/** Tokens of the words that a template puts around each message. */
const TOKENS_PER_MESSAGE = 6;
/** Tokens of the words that a template puts around the list of tools. */
const TOKENS_FOR_TOOLS = 100;
/** Between the 256 tokens of small models and the thousands that some use for a large picture. */
const TOKENS_PER_IMAGE = 800;
/** Schemas are mostly English words and names. */
const TOKENS_PER_SCHEMA_CHARACTER = 0.27;
/** Characters that are looked at per text, to tell prose from numbers and from languages without spaces. */
const SAMPLES = 32;
/** Objects and lists inside each other beyond this count as one token: requests are not that deep. */
const MAX_DEPTH = 32;

/**
 * Estimates the tokens of a prompt: messages, tools and images. The time depends on the number of messages and parts and hardly on
 * their length, because only some characters of a text are looked at.
 */
export function estimateTokens({ messages, tools = [], responseFormat }: PromptParts): TokenEstimate {
  let tokens = 0;
  let optional = 0;
  for (const message of messages) {
    tokens += TOKENS_PER_MESSAGE + messageTokens(message);
    if (message.role === 'assistant' && message.reasoning !== undefined) optional += textTokens(message.reasoning);
  }
  if (tools.length > 0) tokens += TOKENS_FOR_TOOLS;
  for (const tool of tools) tokens += toolTokens(tool);
  if (responseFormat?.type === 'json-schema') tokens += valueTokens(responseFormat.schema);
  return { tokens: Math.ceil(tokens + optional), optional: Math.ceil(optional) };
}

/** What a prompt consists of. */
export type PromptParts = Pick<ChatRequest, 'messages' | 'tools' | 'responseFormat'>;

function messageTokens(message: ChatMessage): number {
  const { content } = message;
  let tokens = typeof content === 'string' ? textTokens(content) : 0;
  if (typeof content !== 'string')
    for (const part of content) tokens += part.type === 'text' ? textTokens(part.text) : TOKENS_PER_IMAGE;
  if (message.role === 'assistant')
    for (const { name, argumentsText } of message.toolCalls ?? [])
      tokens += TOKENS_PER_MESSAGE + textTokens(name) + textTokens(argumentsText);
  return tokens;
}

function toolTokens({ name, description = '', parameters = {} }: ToolDefinition): number {
  return TOKENS_PER_MESSAGE + textTokens(name) + textTokens(description) + valueTokens(parameters);
}

/** As JSON, where each brace, quote, colon and comma is about half a token. Schemas have many short texts: none is looked at. */
function valueTokens(value: JsonValue | undefined, depth = 0): number {
  if (typeof value === 'string') return 1 + value.length * TOKENS_PER_SCHEMA_CHARACTER;
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return 1;
  let tokens = 1;
  if (Array.isArray(value)) {
    for (const item of value) tokens += 0.5 + valueTokens(item, depth + 1);
    return tokens;
  }
  for (const [key, item] of Object.entries(value))
    tokens += 1 + key.length * TOKENS_PER_SCHEMA_CHARACTER + valueTokens(item, depth + 1);
  return tokens;
}

function textTokens(text: string): number {
  const { length } = text;
  if (length === 0) return 0;
  const samples = Math.min(SAMPLES, length);
  let weight = 0;
  for (let index = 0; index < samples; index++)
    weight += tokensOfCharacter(text.charCodeAt(Math.floor((index * length) / samples)));
  return (weight * length) / samples;
}

/** The average tokens of a character, by kind, of the tokenizers that local models use. */
function tokensOfCharacter(code: number): number {
  // Letters and blanks: words of prose have about four characters with their blank, names in code somewhat more.
  if (code >= 0x61 && code <= 0x7a) return 0.22;
  if (code <= 0x20 || (code >= 0x41 && code <= 0x5a)) return 0.25;
  // Digits are tokens of one to three.
  if (code >= 0x30 && code <= 0x39) return 0.7;
  if (code < 0x80) return 0.6;
  // Latin letters with accents, Greek, Cyrillic; then Arabic, Indic and East Asian scripts, and halves of emojis.
  return code < 0x600 ? 0.5 : 0.9;
}
