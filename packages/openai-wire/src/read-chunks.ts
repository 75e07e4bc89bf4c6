import { createLineBuffer } from './line-buffer.ts';
import { parseJson } from '@openclaw/upstream-errors';
import { createTextTemplate, matchTextTemplate } from './text-template.ts';
import type { SaidText, TextTemplate } from './text-template.ts';

/** Bounds on what is held of an answer while it is not complete, in bytes. */
export interface BodyLimits {
  /** Of one event of a stream. @default 8 MiB */
  readonly maxEventBytes: number;
  /** Of a whole body, and of the arguments of an answer's tool calls together. @default 64 MiB */
  readonly maxBodyBytes: number;
}

export const DEFAULT_LIMITS: BodyLimits = { maxEventBytes: 8 * 1024 * 1024, maxBodyBytes: 64 * 1024 * 1024 };

/** Takes the chunks of a body in their order. */
export interface ChunkSink {
  /** Whether enough was heard; nothing more is told then. */
  ended(): boolean;
  chunk(value: unknown): void;
  /** A chunk that was the one before it but for its text. */
  text(said: SaidText['kind'], text: string): void;
  /** `[DONE]`. */
  done(): void;
  /** An event that is not JSON. */
  malformed(excerpt: string): void;
  /** A body that is no chunk of anything: a page, a text, nothing. */
  unrecognised(excerpt: string): void;
  overLimit(what: string, limitBytes: number): void;
}

/** Reads a body as it arrives. */
export interface ChunkReader {
  push(bytes: Uint8Array): void;
  /** The body is over: a last event without its blank line counts, half an event does not. */
  end(): void;
}

/** More than is shown, so that a secret is recognised before it is cut. */
const EXCERPT_LENGTH = 1_000;
const LINE_FEED = 10;
const OPENING_BRACE = 0x7b;
const OPENING_BRACKET = 0x5b;

/**
 * Reads chunks from server-sent events, from JSON line by line, or from one JSON document, whatever was asked for and
 * whatever the content type says: servers ignore `stream`, and Ollama 0.12.0 to 0.13.1 named no type for cloud models.
 */
export function createChunkReader(
  sink: ChunkSink,
  { maxEventBytes, maxBodyBytes }: BodyLimits = DEFAULT_LIMITS,
): ChunkReader {
  const lines = createLineBuffer();
  let format: 'json' | 'events' | undefined;
  let opening = '';
  let heard = false;

  let data: string | undefined;
  let eventType = '';
  let document: string | undefined;

  let template: TextTemplate | undefined;
  let skipTemplates = 0;
  let wastedTemplates = 0;

  return { push, end };

  function push(bytes: Uint8Array): void {
    if (sink.ended()) return;
    format ??= detectFormat(bytes);
    read(lines.push(bytes));
    const held = lines.pendingBytes() + (data?.length ?? 0) + (document?.length ?? 0);
    if (format === 'json' && held > maxBodyBytes) sink.overLimit('the body', maxBodyBytes);
    if (format === 'events' && held > maxEventBytes) sink.overLimit('one event', maxEventBytes);
  }

  function end(): void {
    const rest = lines.rest();
    if (!heard) opening += rest.slice(0, EXCERPT_LENGTH);
    if (format === 'json') {
      acceptLast(document === undefined ? rest : `${document}\n${rest}`);
    } else {
      readEvents(rest === '' ? '' : `${rest}\n`);
      if (data !== undefined) acceptLast(eventType === 'error' ? markError(data) : data);
    }
    if (!heard && !sink.ended()) sink.unrecognised(opening);
  }

  function read(text: string): void {
    if (text === '') return;
    if (!heard && opening.length < EXCERPT_LENGTH) opening += text.slice(0, EXCERPT_LENGTH);
    if (format === 'json') readJson(text);
    else readEvents(text);
  }

  function readEvents(text: string): void {
    let at = 0;
    while (at < text.length && !sink.ended()) {
      const lineEnd = text.indexOf('\n', at);
      if (text.startsWith('data:', at)) {
        const value = text.slice(text.startsWith(' ', at + 5) ? at + 6 : at + 5, lineEnd);
        if (data === undefined && eventType === '' && text.charCodeAt(lineEnd + 1) === LINE_FEED) {
          accept(value);
          at = lineEnd + 2;
          continue;
        }
        data = data === undefined ? value : `${data}\n${value}`;
      } else if (lineEnd === at) {
        dispatch();
      } else {
        readField(text.slice(at, lineEnd));
      }
      at = lineEnd + 1;
    }
  }

  function readField(line: string): void {
    const colon = line.indexOf(':');
    const name = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + (line.startsWith(' ', colon + 1) ? 2 : 1));
    if (name === 'data') data = data === undefined ? value : `${data}\n${value}`;
    else if (name === 'event') eventType = value;
    // llama.cpp server (until 2025) sent its errors under a field of their own.
    else if (name === 'error') accept(`{"error":${value}}`);
    else if (line.startsWith('{')) acceptLast(line);
  }

  function dispatch(): void {
    const value = data;
    const isError = eventType === 'error';
    data = undefined;
    eventType = '';
    if (value !== undefined) accept(isError ? markError(value) : value);
  }

  function readJson(text: string): void {
    for (const line of text.split('\n')) {
      if (document !== undefined) document += `\n${line}`;
      else if (line.trim() !== '' && !sink.ended()) readJsonLine(line);
    }
  }

  function readJsonLine(line: string): void {
    const value = parseJson(line);
    if (value !== undefined) return tell(value);
    // The first line of a document that is spread over several lines, unless lines came before it.
    if (!heard) document = line;
    else sink.malformed(line.slice(0, EXCERPT_LENGTH));
  }

  function accept(json: string): void {
    if (template !== undefined) {
      const text = matchTextTemplate(template, json);
      if (text !== undefined) {
        wastedTemplates = 0;
        return sink.text(template.kind, text);
      }
    }
    if (json.charCodeAt(0) !== OPENING_BRACE) {
      const trimmed = json.trim();
      if (trimmed === '') return;
      heard = true;
      if (trimmed === '[DONE]') return sink.done();
    }
    const value = parseJson(json);
    if (value === undefined) {
      heard = true;
      return sink.malformed(json.slice(0, EXCERPT_LENGTH));
    }
    tell(value);
    learn(json, value);
  }

  /** What is left at the end: a chunk if it is whole, and otherwise half of one, which is dropped. */
  function acceptLast(json: string): void {
    if (json.trim() === '[DONE]') return accept(json);
    const value = parseJson(json);
    if (value !== undefined) tell(value);
    else if (/^\s*[{[]/.test(json)) heard = true;
  }

  function tell(value: unknown): void {
    heard = true;
    if (!Array.isArray(value)) return sink.chunk(value);
    const values: readonly unknown[] = value;
    for (const each of values) if (!sink.ended()) sink.chunk(each);
  }

  /** Servers whose chunks all differ (a random padding against length analysis, say) soon cost no more than their parsing. */
  function learn(json: string, value: unknown): void {
    template = undefined;
    if (skipTemplates > 0) {
      skipTemplates -= 1;
      return;
    }
    template = createTextTemplate(json, value);
    if (template === undefined) return;
    wastedTemplates = Math.min(wastedTemplates + 1, 10);
    skipTemplates = wastedTemplates < 3 ? 0 : 2 ** wastedTemplates;
  }
}

/** `{` and `[` cannot begin an event stream, and nothing else can begin JSON that we understand. */
function detectFormat(bytes: Uint8Array): 'json' | 'events' | undefined {
  for (const byte of bytes) {
    const skipped = byte <= 0x20 || byte === 0xef || byte === 0xbb || byte === 0xbf;
    if (!skipped) return byte === OPENING_BRACE || byte === OPENING_BRACKET ? 'json' : 'events';
  }
  return undefined;
}

/** An `event: error` is an error, whatever its data looks like (LM Studio, Anthropic behind proxies). */
function markError(json: string): string {
  const value = parseJson(json);
  return typeof value === 'object' && value !== null && 'error' in value
    ? json
    : `{"error":${value === undefined ? JSON.stringify(json) : json}}`;
}
