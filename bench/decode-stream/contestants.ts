import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { decodeChatCompletion } from '@openclaw/provider-openai-compat';
import { createParser } from 'eventsource-parser';
import { Stream } from 'openai/streaming';
import type { ChatCompletionChunk } from 'openai/resources/chat/completions';
import type { Contestant } from './measure.ts';

/**
 * The measured readers, the floor first. The floor assembles no message and handles no errors: it is the cost of
 * parsing alone.
 */
export const CONTESTANTS: readonly Contestant[] = [
  { name: 'floor: split + JSON.parse', read: readFloor },
  { name: '@openclaw/provider-openai-compat', read: readOurs },
  { name: 'eventsource-parser + JSON.parse', read: readEventSourceParser },
  { name: 'openai Stream.fromSSEResponse', read: readOpenAI },
  { name: '@ai-sdk/openai-compatible', read: readAiSdk },
];

/** Finds line ends in the bytes, decodes whole lines only, cuts them and parses each `data:` line. */
async function readFloor(pieces: readonly Uint8Array[]): Promise<string> {
  let text = '';
  let pending: Uint8Array[] = [];
  for await (const piece of iterate(pieces)) {
    const end = findLastLineFeed(piece) + 1;
    if (end === 0) {
      pending.push(piece);
      continue;
    }
    const whole =
      pending.length === 0
        ? Buffer.from(piece.buffer, piece.byteOffset, end)
        : Buffer.concat([...pending, piece.subarray(0, end)]);
    pending = end < piece.length ? [piece.subarray(end)] : [];
    const lines = whole.toString('utf8');
    let at = 0;
    while (at < lines.length) {
      const lineEnd = lines.indexOf('\n', at);
      if (lines.startsWith('data: ', at) && lines.charCodeAt(at + 6) === 0x7b) {
        const chunk: ChatCompletionChunk = JSON.parse(lines.slice(at + 6, lineEnd));
        text += chunk.choices[0]?.delta.content ?? '';
      }
      at = lineEnd + 1;
    }
  }
  return text;
}

function findLastLineFeed(piece: Uint8Array): number {
  if (piece.length > 64) return piece.lastIndexOf(10);
  let at = piece.length - 1;
  while (at >= 0 && piece[at] !== 10) at -= 1;
  return at;
}

async function readOurs(pieces: readonly Uint8Array[]): Promise<string> {
  let text = '';
  for await (const event of decodeChatCompletion(iterate(pieces))) {
    if (event.type === 'text-delta') text += event.text;
    else if (event.type === 'error') throw event.error;
  }
  return text;
}

async function readEventSourceParser(pieces: readonly Uint8Array[]): Promise<string> {
  let text = '';
  const parser = createParser({
    onEvent({ data }) {
      if (data === '[DONE]') return;
      const chunk: ChatCompletionChunk = JSON.parse(data);
      text += chunk.choices[0]?.delta.content ?? '';
    },
  });
  const decoder = new TextDecoder();
  for await (const piece of iterate(pieces)) parser.feed(decoder.decode(piece, { stream: true }));
  return text;
}

async function readOpenAI(pieces: readonly Uint8Array[]): Promise<string> {
  let text = '';
  const stream = Stream.fromSSEResponse<ChatCompletionChunk>(respond(pieces), new AbortController());
  for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
  return text;
}

async function readAiSdk(pieces: readonly Uint8Array[]): Promise<string> {
  const provider = createOpenAICompatible({
    name: 'bench',
    baseURL: 'http://bench.invalid/v1',
    fetch: async () => respond(pieces),
  });
  const { stream } = await provider
    .chatModel('m')
    .doStream({ prompt: [{ role: 'user', content: [{ type: 'text', text: 'Hi' }] }] });
  let text = '';
  for await (const part of stream) if (part.type === 'text-delta') text += part.delta;
  return text;
}

/** The cheapest asynchronous source there is: what remains is the reader's own cost. */
function iterate(pieces: readonly Uint8Array[]): AsyncIterableIterator<Uint8Array> {
  let at = 0;
  const iterator: AsyncIterableIterator<Uint8Array> = {
    async next() {
      const value = pieces[at++];
      return value === undefined ? { done: true, value: undefined } : { done: false, value };
    },
    [Symbol.asyncIterator]: () => iterator,
  };
  return iterator;
}

/** What clients that are built on fetch read from. */
function respond(pieces: readonly Uint8Array[]): Response {
  let at = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      const piece = pieces[at++];
      if (piece === undefined) controller.close();
      else controller.enqueue(piece);
    },
  });
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
}
