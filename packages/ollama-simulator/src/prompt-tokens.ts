import { isJsonObject, type JsonObject, textOf } from './json-value.ts';
import { RequestFailure } from './request-failure.ts';
import type { RunSettings } from './run-settings.ts';
import { messageText, type SimulatedRequest } from './simulated-request.ts';

/** What Ollama counts for an image, which has no text. */
const TOKENS_PER_IMAGE = 768;

/**
 * The tokens of the prompt that the model sees. As in Ollama, the oldest messages are dropped first; system messages and
 * the last message stay, and are cut to the window if they are too long. The client is not told.
 * @throws RequestFailure 400 if the prompt is too long and must not be cut
 */
export function fitPrompt(
  request: SimulatedRequest,
  {
    contextLength,
    truncate,
    charactersPerToken,
  }: Pick<RunSettings, 'contextLength' | 'truncate'> & { charactersPerToken: number },
): number {
  const { messages } = request;
  const count = (kept: readonly JsonObject[]): number => countTokens(kept, { request, charactersPerToken });
  const whole = count(messages);
  if (whole <= contextLength) return whole;
  if (!truncate) throw new RequestFailure(400, 'the input length exceeds the context length', { foundBy: 'runner' });
  for (let first = 1; first < messages.length; first += 1) {
    const system = messages.slice(0, first).filter(({ role }) => role === 'system');
    const tokens = count([...system, ...messages.slice(first)]);
    if (tokens <= contextLength) return tokens;
  }
  return contextLength;
}

/** What a model reads, in the order in which it reads it. */
export function promptText({ body, messages, lastMessage }: SimulatedRequest): string {
  const texts = messages.map(({ role, content }) => `${textOf(role)}\n${messageText(content)}`);
  const prompt = messages.length > 0 ? texts : [textOf(body['system']), lastMessage];
  return [JSON.stringify(body['tools'] ?? []), ...prompt].join('\n');
}

function countTokens(
  messages: readonly JsonObject[],
  { request, charactersPerToken }: { request: SimulatedRequest; charactersPerToken: number },
): number {
  const { body, lastMessage } = request;
  const texts =
    request.messages.length > 0
      ? messages.map(messageCharacters)
      : [textOf(body['system']).length + lastMessage.length];
  const tools = Array.isArray(body['tools']) && body['tools'].length > 0 ? JSON.stringify(body['tools']).length : 0;
  const characters = texts.reduce((sum, length) => sum + length, tools);
  const images = [body, ...messages].reduce((sum, holder) => sum + imageCount(holder), 0);
  return Math.max(1, Math.ceil(characters / charactersPerToken)) + images * TOKENS_PER_IMAGE;
}

function messageCharacters({ content, thinking, tool_calls: calls }: JsonObject): number {
  const called = Array.isArray(calls) && calls.length > 0 ? JSON.stringify(calls).length : 0;
  return messageText(content).length + textOf(thinking).length + called;
}

function imageCount({ images, content }: JsonObject): number {
  const parts = Array.isArray(content)
    ? content.filter((part) => isJsonObject(part) && part['type'] === 'image_url')
    : [];
  return parts.length + (Array.isArray(images) ? images.length : 0);
}
