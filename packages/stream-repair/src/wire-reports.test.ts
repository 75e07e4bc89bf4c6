import { decodeChatCompletion } from '@openclaw/provider-openai-compat';
import type { StreamEvent } from '@openclaw/provider';
import { assertStreamGrammar, collectEvents } from '@openclaw/test-support';
import { describe, expect, test } from 'vitest';
import { summarize } from '../test/play.ts';
import { loadWireReports } from '../test/wire-reports.ts';
import type { WireReading, WireReport } from '../test/wire-reports.ts';
import { createStreamRepair } from './repair-stream.ts';
import type { RepairStreamOptions } from './repair-stream.ts';

const REASONS: Readonly<Record<string, string>> = {
  'tool-calls': 'tool_calls',
  'content-filter': 'content_filter',
};

/** What the request said besides its tools. */
const OPTIONS: Readonly<Record<string, RepairStreamOptions>> = {
  'json-in-reasoning-content-null.json': { jsonAnswer: true },
};

const LINE_FEED = 10;

const answers = loadWireReports().filter(({ status }) => status === 200);

describe.each(answers)('$file, $thread: $notes', (report) => {
  test('reads as it should', async () => {
    const { expected } = report;
    const read = readingOf(await repaired([report.bytes], report), expected);

    if (expected.error) expect(read.error).toBe(expected.error.code ?? read.error ?? 'an error');
    else expect(read).toEqual({ usage: undefined, ...withoutBlanks(expected), error: undefined });
  });

  test('reads the same however it is cut', async () => {
    const { bytes, expected } = report;
    const whole = readingOf(await repaired([bytes], report), expected);
    const seen = new Map<string, unknown>();
    for (const pieces of waysToCutBytes(bytes)) {
      const decoded = await decode(pieces);
      const key = JSON.stringify(decoded);
      if (!seen.has(key)) seen.set(key, readingOf(repair(decoded, report), expected));
      expect({ at: pieces[0]?.length, read: seen.get(key) }).toEqual({ at: pieces[0]?.length, read: whole });
    }
  });
});

/** At every byte, in pieces of many sizes, and in two pieces before and behind each line end. */
function* waysToCutBytes(bytes: Uint8Array): Generator<readonly Uint8Array[]> {
  const sizes = [...Array.from({ length: 40 }, (_, index) => index + 1), 64, 99, 150, 233, 400, 777, 1500];
  for (const size of sizes) {
    yield Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
      bytes.subarray(index * size, (index + 1) * size),
    );
  }
  for (let at = 1; at < bytes.length; at += 1) {
    if (bytes[at] === LINE_FEED || bytes[at - 1] === LINE_FEED) yield [bytes.subarray(0, at), bytes.subarray(at)];
  }
}

async function repaired(pieces: readonly Uint8Array[], report: WireReport): Promise<readonly StreamEvent[]> {
  const events = repair(await decode(pieces), report);
  assertStreamGrammar(events);
  return events;
}

async function decode(pieces: readonly Uint8Array[]): Promise<readonly StreamEvent[]> {
  let ids = 0;
  return await collectEvents(
    decodeChatCompletion(iterate(pieces), { generateId: () => `generated-${(ids += 1)}`, model: 'm' }),
  );
}

/** Each event is pulled alone, as in a stream. */
function repair(decoded: readonly StreamEvent[], { tools, file }: WireReport): readonly StreamEvent[] {
  let ids = 0;
  const answer = createStreamRepair({ tools, generateId: () => `repaired-${(ids += 1)}`, ...OPTIONS[file] });
  return decoded.flatMap((event) => answer.push([event]));
}

async function* iterate(pieces: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* pieces;
}

function readingOf(events: readonly StreamEvent[], { looseBlanks, usage: counted }: WireReading) {
  const { text, reasoning, finish } = summarize(events);
  const ends = events.filter((event) => event.type === 'tool-call-end');
  const last = events.at(-1);
  const usage = last?.type === 'finish' && counted ? last.usage : undefined;
  const trimmed = (said: string): string => (looseBlanks === false ? said : said.trim());
  return {
    content: trimmed(text),
    reasoning: trimmed(reasoning),
    toolCalls: ends.map(({ name, argumentsText }) => ({ name, arguments: parsed(argumentsText) })),
    finishReason: finish === undefined ? undefined : (REASONS[finish] ?? finish),
    usage: usage && {
      promptTokens: usage.inputTokens,
      completionTokens: usage.outputTokens,
      totalTokens: usage.totalTokens,
    },
    error: last?.type === 'error' ? last.error.code : undefined,
  };
}

/** Blanks at the ends of the texts are compared only where the reading says so. */
function withoutBlanks({ looseBlanks, ...reading }: WireReading): WireReading {
  if (looseBlanks === false) return reading;
  const { content = '', reasoning = '' } = reading;
  return { ...reading, content: content.trim(), reasoning: reasoning.trim() };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return { __unparsed: text };
  }
}
