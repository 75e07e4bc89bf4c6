import { readObject, readString } from '@openclaw/openai-wire';
import type { ChatMessage, JsonValue } from '@openclaw/provider';
import type { RuntimeChatRequest } from '@openclaw/runtime/internal';
import { parseImages } from './parse-images.ts';
import { parseMessages } from './parse-messages.ts';
import { parseModelName } from './parse-model-name.ts';
import { parseSettings, parseStream } from './parse-settings.ts';

/** A request, and whether its reply is a stream. */
export interface ParsedChat {
  readonly request: RuntimeChatRequest & { readonly model: string };
  readonly stream: boolean;
}

/**
 * The body of `POST /api/chat`.
 * @throws {ProviderError} `invalid-request`
 */
export function parseChat(value: JsonValue): ParsedChat {
  const body = readObject(value, 'body');
  const model = parseModelName(body);
  const messages = parseMessages(body['messages']);
  return { request: { ...parseSettings(body, CHAT_KEYS), model, messages }, stream: parseStream(body) };
}

const CHAT_KEYS: ReadonlySet<string> = new Set(['model', 'name', 'messages', 'stream']);

/**
 * The body of `POST /api/generate`: one question, asked like a chat. `context` is ignored, since replies have none.
 * @throws {ProviderError} `invalid-request`
 */
export function parseGenerate(value: JsonValue): ParsedChat {
  const body = readObject(value, 'body');
  const model = parseModelName(body);
  const system = readString(body['system'] ?? '', 'system');
  const text = readString(body['prompt'] ?? '', 'prompt');
  const images = parseImages(body['images'], 'images');
  const messages: readonly ChatMessage[] = [
    ...(system === '' ? [] : [{ role: 'system', content: system } as const]),
    { role: 'user', content: images.length === 0 ? text : [{ type: 'text', text }, ...images] },
  ];
  return { request: { ...parseSettings(body, GENERATE_KEYS), model, messages }, stream: parseStream(body) };
}

const GENERATE_KEYS: ReadonlySet<string> = new Set([
  'model',
  'name',
  'prompt',
  'system',
  'images',
  'stream',
  'suffix',
  'template',
  'raw',
  'context',
]);
