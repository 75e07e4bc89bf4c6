import { decodeChatCompletion } from '@openclaw/provider-openai-compat';
import type { StreamEvent } from '@openclaw/provider';
import { repairStream } from '@openclaw/stream-repair';
import { redactSecrets } from '../../packages/upstream-errors/src/redact-secrets.ts';
import { readServerWords } from '../../packages/upstream-errors/src/server-words.ts';
import { parseChatRequest } from '../../packages/openai-wire/src/server/parse-chat-request.ts';
import type { CostCase } from './measure-growth.ts';

/** Text from servers, models and clients. */
export const WIRE_CASES: readonly CostCase[] = [
  ...[4, 40, 4_000].map((piece) => ({
    name: `tool-call arguments in pieces of ${piece}`,
    size: piece === 4_000 ? 500_000 : 40_000,
    unit: 'characters',
    prepare: (size: number) => decoding(argumentsChunks(size, piece)),
  })),
  {
    name: 'text in pieces of 4',
    size: 50_000,
    unit: 'characters',
    prepare: (size) => decoding(pieces('t'.repeat(size), 4).map((content) => chunk({ content }))),
  },
  {
    name: 'one line in network chunks of 100',
    size: 250_000,
    unit: 'characters',
    prepare: (size) => decoding(pieces(chunk({ content: 'l'.repeat(size) }), 100)),
  },
  {
    name: 'open tool calls with unfinished arguments',
    size: 1_000,
    unit: 'calls',
    prepare: (size) => decoding(Array.from({ length: size }, (_, index) => openCall(index))),
  },
  ...[
    '<think>',
    '<tool_call>',
    '{"name":"report","arguments":{',
    '```json\n{',
    '[TOOL_CALLS][{',
    '<function=report>',
  ].map((text) => ({
    name: `stream repair of ${JSON.stringify(text)} repeated`,
    size: 50_000,
    unit: 'characters',
    prepare: (size: number) => repairing(text.repeat(size / text.length)),
  })),
  ...['<title ', '<pre ', '{"', '[{', '\\'].map((text) => ({
    name: `server error page of ${JSON.stringify(text)} repeated`,
    size: 20_000,
    unit: 'characters',
    prepare: (size: number) => {
      const body = `<html>${text.repeat(size / text.length)}`;
      const plain = text.repeat(size / text.length);
      return () => [readServerWords(body), readServerWords(plain)];
    },
  })),
  {
    name: 'secrets redaction',
    size: 500_000,
    unit: 'characters',
    prepare: (size) => {
      const text = 'sk-0123456789abcde sk-0123456789abcdef '.repeat(size / 40);
      return () => redactSecrets(text, ['sk-0123456789abcdef', 'other-secret-000']);
    },
  },
  {
    name: 'chat request with unknown top-level keys',
    size: 25_000,
    unit: 'keys',
    prepare: (size) => {
      const keys = Array.from({ length: size }, (_, key) => [`k${key}`, 0]);
      const body = { messages: [{ role: 'user', content: 'hi' }], ...Object.fromEntries(keys) };
      return () => parseChatRequest(body);
    },
  },
  {
    name: 'chat request with many messages',
    size: 10_000,
    unit: 'messages',
    prepare: (size) => {
      const body = { messages: Array.from({ length: size }, () => ({ role: 'user', content: 'hi' })) };
      return () => parseChatRequest(body);
    },
  },
];

function chunk(delta: object): string {
  return `data: ${JSON.stringify({ id: 'c', choices: [{ index: 0, delta, finish_reason: null }] })}\n\n`;
}

function argumentsChunks(size: number, piece: number): string[] {
  const opening = { index: 0, id: 'call-1', type: 'function', function: { name: 'report', arguments: '' } };
  return [
    chunk({ tool_calls: [opening] }),
    ...pieces(JSON.stringify({ text: 'a'.repeat(size) }), piece).map((text) =>
      chunk({ tool_calls: [{ index: 0, function: { arguments: text } }] }),
    ),
  ];
}

function openCall(index: number): string {
  const call = { index, id: `call-${index}`, type: 'function', function: { name: 'report', arguments: '{"text":"' } };
  return chunk({ tool_calls: [call] });
}

function decoding(texts: readonly string[]): () => Promise<void> {
  const chunks = texts.map((text) => Buffer.from(text));
  return async () => {
    for await (const _event of decodeChatCompletion(inTurn(chunks))) {
      // Reading is the work.
    }
  };
}

function repairing(text: string): () => Promise<void> {
  const events: readonly StreamEvent[] = [
    { type: 'start', model: 'bench/m' },
    ...pieces(text, 100).map((part) => ({ type: 'text-delta' as const, text: part })),
    { type: 'finish', reason: 'stop' },
  ];
  const tools = [{ name: 'report', parameters: { type: 'object', properties: {} } }];
  return async () => {
    for await (const _event of repairStream(inTurn(events), { tools })) {
      // Reading is the work.
    }
  };
}

async function* inTurn<T>(items: readonly T[]): AsyncGenerator<T> {
  yield* items;
}

function pieces(text: string, length: number): string[] {
  return Array.from({ length: Math.ceil(text.length / length) }, (_, index) =>
    text.slice(index * length, (index + 1) * length),
  );
}
