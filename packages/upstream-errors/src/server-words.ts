import { parseJson } from './parse-json.ts';
import { isWireObject, readString } from './json-object.ts';
import type { WireObject } from './json-object.ts';

/** The error message of a server, without its envelope. */
export interface ServerWords {
  readonly message: string;
  /** Codes and types beside the message, for classification: `model_not_found`, `insufficient_quota`. */
  readonly tags: readonly string[];
  /** The HTTP status inside the error, if the response had another one. */
  readonly status?: number;
  /** What the model said before the server failed to parse it (Groq). */
  readonly generatedText?: string;
}

const MAX_DEPTH = 6;
const MAX_MESSAGE_LENGTH = 2_000;
/** Rules search the tags for phrases, at a cost that grows with the square of their length. */
const MAX_TAG_LENGTH = 100;
const MAX_TAGS = 20;

/** Reads an error body: JSON in any known envelope, an HTML page, text, or an empty body. */
export function readServerWords(body: string): ServerWords {
  const text = body.replace(/^\uFEFF/, '').trim();
  if (text === '') return { message: '', tags: [] };
  const value = parseObjectOrArray(text) ?? parseObjectOrArray(text.replace(/^data:\s*/, ''));
  if (value !== undefined) return unwrapServerWords(value);
  if (/^<(?:!doctype|html|head|body|\?xml)/i.test(text)) return { message: describePage(text), tags: [] };
  return { message: clip(text), tags: [] };
}

/**
 * Reads an error value: a string, an object, JSON inside a string (Ollama ≥ 0.30 forwards llama-server's so), or a
 * list.
 */
function unwrapServerWords(value: unknown): ServerWords {
  const tags: string[] = [];
  let status: number | undefined;
  let generatedText: string | undefined;
  const message = clip(unwrap(value, 0));
  return {
    message,
    tags,
    ...(status !== undefined && { status }),
    ...(generatedText !== undefined && { generatedText }),
  };

  function unwrap(inner: unknown, depth: number): string {
    if (depth > MAX_DEPTH) return '';
    if (typeof inner === 'string') return unwrapText(inner, depth);
    if (Array.isArray(inner))
      return inner
        .map((each: unknown) => unwrap(each, depth + 1))
        .filter(Boolean)
        .join('; ');
    return isWireObject(inner) ? unwrapObject(inner, depth) : '';
  }

  /** `llama-server chat error: {"error":{"message":"…"}}` keeps the text before the JSON. */
  function unwrapText(text: string, depth: number): string {
    const begin = text.search(/[{[]\s*["{]/);
    const json = begin === -1 ? undefined : parseObjectOrArray(text.slice(begin).trim());
    const words = json === undefined ? '' : unwrap(json, depth + 1);
    return words === '' ? text.trim() : `${text.slice(0, begin).trim()} ${words}`.trim();
  }

  function unwrapObject(object: WireObject, depth: number): string {
    for (const name of ['code', 'type', 'param']) collectTag(object[name]);
    for (const name of ['code', 'status', 'StatusCode', 'statusCode']) collectStatus(object[name]);
    const generated = object['failed_generation'];
    if (typeof generated === 'string' && generated !== '') generatedText ??= generated;
    const metadata = object['metadata'];
    const places = [
      object['error'],
      object['message'],
      isWireObject(metadata) ? metadata['raw'] : undefined,
      object['detail'],
      object['msg'],
      object['errors'],
      object['error_description'],
    ];
    const words = places.map((place) => unwrap(place, depth + 1)).filter((text) => text !== '');
    // Validators (vLLM, Mistral, FastAPI) report the place beside the message: `{"loc":["body","tools"],"msg":"…"}`.
    if (Array.isArray(object['loc']) && words.length > 0) words.unshift(object['loc'].join('.'));
    // Ollama 0.11.0 to 0.11.4 wrote `{"error parsing tool call": "…"}`.
    for (const [name, inner] of Object.entries(object)) {
      if (/^error\s/.test(name)) words.push(`${name}: ${unwrap(inner, depth + 1)}`);
    }
    if (words.length === 0) words.push(readString(object['Status']) || readString(object['title']));
    return [...new Set(words)].join(': ');
  }

  function collectTag(tag: unknown): void {
    if (typeof tag === 'string' && tag !== '' && tags.length < MAX_TAGS) tags.push(tag.slice(0, MAX_TAG_LENGTH));
  }

  function collectStatus(code: unknown): void {
    const number = typeof code === 'string' ? Number(code) : code;
    if (typeof number === 'number' && Number.isInteger(number) && number >= 400 && number <= 599) status ??= number;
  }
}

/** Whether an object in place of a chunk is an error, in any of the forms that servers send with status 200. */
export function isErrorObject(value: WireObject): boolean {
  const error = value['error'];
  if (error !== undefined && error !== null && error !== false) return true;
  if (Array.isArray(value['choices']) || isWireObject(value['usage'])) return false;
  const names = Object.keys(value);
  return (
    value['object'] === 'error' ||
    value['type'] === 'error' ||
    names.some((name) => /^error\b/.test(name) && value[name] !== null && value[name] !== false) ||
    names.some((name) => ['detail', 'message', 'msg', 'StatusCode', 'statusCode'].includes(name))
  );
}

function describePage(page: string): string {
  // `[^<>]` ends a tag before the next one: without that, `<title <title …` costs the square of its length.
  const heading = /<(title|h1)[^<>]*>([^<]+)<\/\1>/i.exec(page)?.[2]?.replaceAll(/\s+/g, ' ').trim();
  const body = /<pre[^<>]*>([^<]+)<\/pre>/i.exec(page)?.[1]?.trim();
  const words = [heading, body].filter((text) => text !== undefined && text !== '').join(', ');
  return clip(words === '' ? 'an HTML page' : `an HTML page, "${words}"`);
}

function parseObjectOrArray(text: string): unknown {
  return /^[{[]/.test(text) ? parseJson(text) : undefined;
}

function clip(text: string): string {
  return text.length <= MAX_MESSAGE_LENGTH ? text : `${text.slice(0, MAX_MESSAGE_LENGTH)}…`;
}
