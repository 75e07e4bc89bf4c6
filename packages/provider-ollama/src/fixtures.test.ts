import { readFileSync } from 'node:fs';
import type { StreamEvent } from '@openclaw/provider';
import { assertStreamGrammar, joinDeltas } from '@openclaw/test-support';
import { describe, expect, test } from 'vitest';
import { decodePieces } from '../test/decode-pieces.ts';

interface Fixture {
  readonly file: string;
  readonly about: string;
  readonly expected: {
    readonly text: string;
    readonly reasoning: string;
    readonly calls: readonly { readonly id?: string; readonly name: string; readonly arguments: unknown }[];
    readonly finish?: string;
    readonly usage?: unknown;
    readonly error?: string;
    readonly message?: string;
  };
}

const folder = new URL('../test/fixtures/', import.meta.url);
const fixtures = JSON.parse(readFileSync(new URL('index.json', folder), 'utf8')) as Fixture[];

describe.each(fixtures)('$file ($about)', ({ file, expected }) => {
  const bytes = readFileSync(new URL(file, folder));
  const whole = read([bytes]);

  test('reads as it should', () => {
    const answer = joinDeltas(whole);
    const calls = answer.calls.map(({ argumentsText, ...call }) => ({
      ...call,
      arguments: JSON.parse(argumentsText) as unknown,
    }));
    const finish = whole.find((event) => event.type === 'finish');

    expect({
      text: answer.text,
      reasoning: answer.reasoning,
      calls,
      finish: finish?.reason,
      usage: finish?.usage,
      error: answer.error?.code,
    }).toEqual({
      error: undefined,
      finish: undefined,
      usage: undefined,
      ...withoutMessage(expected),
    });
    expect(answer.error?.message ?? '').toContain(expected.message ?? '');
  });

  test('reads the same when it is cut at any byte', () => {
    for (let at = 1; at < bytes.length; at++) {
      const events = read([bytes.subarray(0, at), bytes.subarray(at)]);
      expect({ at, answer: comparable(events) }).toEqual({ at, answer: comparable(whole) });
    }
  });

  test('reads the same when it comes at once', () => {
    const events = decodePieces([bytes], { endsWithLast: true });

    assertStreamGrammar(events);
    expect(comparable(events)).toEqual(comparable(whole));
  });

  test('reads the same byte by byte', () => {
    expect(comparable(read(Array.from(bytes, (byte) => Uint8Array.of(byte))))).toEqual(comparable(whole));
  });
});

function read(pieces: readonly Uint8Array[]): readonly StreamEvent[] {
  const events = decodePieces(pieces);
  assertStreamGrammar(events);
  return events;
}

function comparable(events: readonly StreamEvent[]): unknown {
  const { error, ...answer } = joinDeltas(events);
  return { ...answer, last: events.at(-1)?.type === 'finish' ? events.at(-1) : undefined, error: error?.message };
}

function withoutMessage({ message: _message, ...expected }: Fixture['expected']): object {
  return expected;
}
