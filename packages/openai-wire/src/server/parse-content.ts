import type { ContentPart, ImagePart, JsonObject, JsonValue, TextPart, ToolContentPart } from '@openclaw/provider';
import { OPENAI_CHAT } from '../dialect.ts';
import { invalidField, isObject, readArray, readObject, readString } from './read-fields.ts';
import { readRaw } from './read-raw.ts';
import type { KnownKeys } from './read-raw.ts';

/**
 * What a person said, as a string or in parts.
 * @throws {ProviderError} `invalid-request`
 */
export function parseUserContent(value: JsonValue | undefined, param: string): string | readonly ContentPart[] {
  if (typeof value === 'string') return value;
  const parts = readArray(value, param, 'a string or an array of content parts');
  return parts.map((part, index) => parsePart(part, `${param}[${index}]`));
}

/**
 * Text given as a string or in parts. The parts are kept when they say more than their text.
 * @throws {ProviderError} `invalid-request`
 */
export function parseText(value: JsonValue | undefined, param: string): string | readonly TextPart[] {
  if (typeof value === 'string') return value;
  const list = readArray(value, param, 'a string or an array of text parts');
  const parts = list.map((item, index) => parseTextPart(item, `${param}[${index}]`));
  const isPlain = parts.every(({ refusal, raw }) => refusal === undefined && raw === undefined);
  return isPlain ? parts.map(({ text }) => text).join('\n') : parts;
}

/**
 * The result of a tool. OpenAI's API takes only text here; clients whose tools return images send them as they do in
 * user messages, and some send an object as it is.
 * @throws {ProviderError} `invalid-request`
 */
export function parseToolContent(value: JsonValue | undefined, param: string): string | readonly ToolContentPart[] {
  if (isObject(value)) return JSON.stringify(value);
  if (!Array.isArray(value) || !value.some((part) => isObject(part) && part['type'] === 'image_url'))
    return parseText(value, param);
  return value.map((part, index) =>
    isObject(part) && part['type'] === 'image_url'
      ? parseImage(part, `${param}[${index}]`)
      : parseTextPart(part, `${param}[${index}]`),
  );
}

/**
 * Takes the reasoning out of the parts of an assistant's message: Mistral's and Anthropic's clients keep it there.
 * @returns what is left, unchanged if there is no reasoning
 */
export function separateThinking(value: JsonValue | undefined): {
  readonly thinking?: string;
  readonly rest: JsonValue | undefined;
} {
  if (!Array.isArray(value)) return { rest: value };
  const parts: readonly JsonValue[] = value;
  const thoughts = parts.filter(isThinking);
  if (thoughts.length === 0) return { rest: value };
  return {
    thinking: thoughts
      .map(thinkingText)
      .filter((text) => text !== '')
      .join('\n'),
    rest: parts.filter((part) => !isThinking(part)),
  };
}

function isThinking(part: JsonValue): boolean {
  return isObject(part) && (part['type'] === 'thinking' || part['type'] === 'redacted_thinking');
}

/** Anthropic's is a text, Mistral's are text parts. Redacted thinking is readable for Anthropic only. */
function thinkingText(part: JsonValue): string {
  const thinking = isObject(part) ? part['thinking'] : undefined;
  if (typeof thinking === 'string') return thinking;
  const texts = Array.isArray(thinking)
    ? thinking.map((item: JsonValue) => (isObject(item) ? item['text'] : undefined))
    : [];
  return texts.filter((text) => typeof text === 'string').join('');
}

function parsePart(value: JsonValue, param: string): ContentPart {
  if (typeof value === 'string') return { type: 'text', text: value };
  const part = readObject(value, param, 'a content part');
  switch (readString(part['type'], `${param}.type`)) {
    case 'text':
      return parseTextObject(part, param);
    case 'image_url':
      return parseImage(part, param);
    default:
      return { type: 'raw', dialect: OPENAI_CHAT, value: part };
  }
}

function parseTextPart(value: JsonValue, param: string): TextPart {
  if (typeof value === 'string') return { type: 'text', text: value };
  const part = readObject(value, param, 'a text part');
  if (part['type'] !== 'refusal') return parseTextObject(part, param);
  const text = readString(part['refusal'], `${param}.refusal`);
  return { type: 'text', text, refusal: true, ...readRaw(part, REFUSAL_KEYS) };
}

const REFUSAL_KEYS: KnownKeys = { type: true, refusal: true };
const TEXT_KEYS: KnownKeys = { type: true, text: true };

function parseTextObject(part: JsonObject, param: string): TextPart {
  return { type: 'text', text: readString(part['text'], `${param}.text`), ...readRaw(part, TEXT_KEYS) };
}

const IMAGE_KEYS: KnownKeys = { type: true, image_url: { url: true, detail: true } };

function parseImage(part: JsonObject, param: string): ImagePart {
  // Ollama's own clients write the URL without the object around it.
  const image = typeof part['image_url'] === 'string' ? { url: part['image_url'] } : part['image_url'];
  const { url, detail } = readObject(image, `${param}.image_url`);
  const expected = 'a data: URL (or an http(s) URL, where the server fetches images itself)';
  const found = readString(url, `${param}.image_url.url`, expected);
  if (!/^(data:|https?:\/\/)/i.test(found)) throw invalidField(`${param}.image_url.url`, expected, url);
  return { type: 'image', url: found, ...(typeof detail === 'string' && { detail }), ...readRaw(part, IMAGE_KEYS) };
}
