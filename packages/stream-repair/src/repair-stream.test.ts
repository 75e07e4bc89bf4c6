import { readFile } from 'node:fs/promises';
import { createEventStream, ProviderError } from '@openclaw/provider';
import type { FinishReason, StreamEvent } from '@openclaw/provider';
import { assertStreamGrammar } from '@openclaw/test-support';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FALSE_FRIENDS } from '../test/fixtures/false-friends.ts';
import { play, playTexts, repairAll, summarize, textDelta } from '../test/play.ts';
import { TOOLS } from '../test/tools.ts';
import { TRUE_LEAKS } from '../test/fixtures/true-leaks.ts';
import { repairStream } from './repair-stream.ts';
import type { RepairStreamOptions } from './repair-stream.ts';

const OFF = { toolCallsFromText: false, reasoningFromTags: false, argumentsRepair: false };

const SCRAPS = [
  '<think> </think> <tool_call> </tool_call> <function=read_file> <parameter=path> </parameter> </function>',
  '[TOOL_CALLS] <|python_tag|> <|tool_call>call: <|"|> <|channel|> <|message|> ``` ` { } [ ] " ; , \\ word',
]
  .flatMap((scraps) => scraps.split(' '))
  .concat(' ', '\n', '\n\n', '{"name": "list_dir", ', '"arguments": {}}', 'For example:')
  .concat(TRUE_LEAKS.map((leak) => leak.text))
  .concat(Object.values(FALSE_FRIENDS));

const text = fc.oneof(
  fc.constantFrom(...SCRAPS),
  fc.constantFrom(...SCRAPS).chain((scrap) => fc.nat(scrap.length).map((length) => scrap.slice(0, length))),
  fc.string({ minLength: 1 }),
);
const argumentsText = fc.oneof(
  fc.json(),
  fc.string(),
  fc.constantFrom('', '{', '{"path": ', "{'path': 1}", '{"path": "a', 'null'),
);
const said = fc.oneof(
  { weight: 6, arbitrary: text.filter((value) => value !== '').map((value): StreamEvent[] => [textDelta(value)]) },
  {
    weight: 1,
    arbitrary: fc.string({ minLength: 1 }).map((value): StreamEvent[] => [{ type: 'reasoning-delta', text: value }]),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({
        id: fc.uuid(),
        name: fc.constantFrom('list_dir', 'read_file', 'unknown', 'read_file<|channel|>analysis'),
        argumentsText,
        parts: fc.integer({ min: 1, max: 4 }),
      })
      .map(({ id, name, argumentsText: whole, parts }): StreamEvent[] => [
        { type: 'tool-call-start', id, name },
        ...cut(whole, parts).map((part): StreamEvent => ({ type: 'tool-call-delta', id, argumentsText: part })),
        { type: 'tool-call-end', id, name, argumentsText: whole },
      ]),
  },
);
const end = fc.oneof(
  fc
    .constantFrom<FinishReason>('stop', 'length', 'tool-calls', 'content-filter', 'other')
    .map((reason): StreamEvent => ({ type: 'finish', reason })),
  fc.constant<StreamEvent>({ type: 'error', error: new ProviderError('server-error', 'gone') }),
);
/** Calls of one event list are shuffled into each other by their place in the list of lists. */
const answer = fc
  .record({ parts: fc.array(said, { maxLength: 12 }), weave: fc.boolean(), end })
  .map(({ parts, weave, end: last }) => [...(weave ? woven(parts) : parts.flat()), last]);
const options = fc.record({
  toolCallsFromText: fc.boolean(),
  reasoningFromTags: fc.boolean(),
  argumentsRepair: fc.boolean(),
  expectReasoning: fc.boolean(),
  maxHeldCharacters: fc.constantFrom(0, 10, 1_048_576),
});

describe('any answer', () => {
  test('keeps the grammar of streams', async () => {
    await fc.assert(
      fc.asyncProperty(answer, options, async (events, chosen) => {
        const repaired = await repairAll(events, chosen);
        assertStreamGrammar(repaired);
        expect(repaired.at(-1)?.type).toBe(events.at(-1)?.type);
      }),
      { numRuns: 500 },
    );
  });

  test('loses no call of the server, and no text if there was no repair', async () => {
    await fc.assert(
      fc.asyncProperty(answer, async (events) => {
        const repaired = summarize(await repairAll(events));
        const given = summarize(events);
        expect(repaired.calls.length).toBeGreaterThanOrEqual(given.calls.length);
        const { text: said, reasoning, calls } = repaired.repairs.length === 0 ? given : repaired;
        expect(repaired).toMatchObject({ text: said, reasoning, calls });
      }),
      { numRuns: 500 },
    );
  });

  test('is repaired whole as it is in deltas', async () => {
    const tools = fc.constantFrom(TOOLS, undefined);
    await fc.assert(
      fc.asyncProperty(answer, options, tools, async (events, chosen, offered) => {
        let ids = 0;
        const generateId = (): string => `call_${(ids += 1)}`;
        const whole = [{ type: 'start' as const, model: 'm' }, ...events];
        const atOnce = await repairAtOnce(whole, { ...chosen, tools: offered, generateId });
        expect(joinNeighbours(atOnce)).toEqual(joinNeighbours(await repairAll(events, { ...chosen, tools: offered })));
      }),
      { numRuns: 500 },
    );
  });

  test('is repaired whole as it is in deltas if reasoning follows its text', async () => {
    const events: readonly StreamEvent[] = [
      { type: 'reasoning-delta', text: ',' },
      textDelta('!'),
      { type: 'reasoning-delta', text: ' ' },
      { type: 'finish', reason: 'stop' },
    ];
    const whole = [{ type: 'start' as const, model: 'm' }, ...events];
    expect(joinNeighbours(await repairAtOnce(whole, {}))).toEqual(joinNeighbours(await repairAll(events, {})));
  });

  test('passes through unchanged, event for event, if all repairs are off', async () => {
    await fc.assert(
      fc.asyncProperty(answer, async (events) => {
        const repaired = await repairAll(events, OFF);
        expect(repaired.slice(1)).toHaveLength(events.length);
        for (const [index, event] of events.entries()) expect(repaired[index + 1]).toBe(event);
      }),
    );
  });

  test('is the same with other deltas', async () => {
    const texts = fc.array(text, { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(texts, fc.integer({ min: 1, max: 5 }), async (given, size) => {
        const whole = given.join('');
        // A closing tag alone depends on what was emitted already, and is tested by itself.
        fc.pre(!/<\/think|THINK\]/.test(whole));
        const pieces = whole.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
        expect(await playTexts(pieces)).toEqual(await playTexts(whole === '' ? [] : [whole]));
      }),
      { numRuns: 500 },
    );
  });
});

test('closes its source when the consumer leaves', async () => {
  let closed = false;
  async function* source(): AsyncGenerator<StreamEvent> {
    try {
      for (;;) yield textDelta('more ');
    } finally {
      closed = true;
    }
  }

  for await (const event of repairStream(source(), { tools: TOOLS })) if (event.type === 'text-delta') break;

  expect(closed).toBe(true);
});

test('pulls the next event only when it is pulled', async () => {
  let asked = 0;
  async function* source(): AsyncGenerator<StreamEvent> {
    for (;;) {
      asked += 1;
      yield textDelta('more ');
    }
  }
  const repaired = repairStream(source(), { tools: TOOLS });

  expect(asked).toBe(0);
  await repaired.next();
  expect(asked).toBe(1);
  await repaired.return();
});

test('emits held text when its source throws, and then throws the bug', async () => {
  const bug = new TypeError('a bug');
  async function* source(): AsyncGenerator<StreamEvent> {
    yield* play([textDelta('<think')]);
    throw bug;
  }
  const seen: StreamEvent[] = [];

  const reading = (async () => {
    for await (const event of repairStream(source(), { tools: TOOLS })) seen.push(event);
  })();

  await expect(reading).rejects.toBe(bug);
  expect(summarize(seen).text).toBe('<think');
});

test('generates unique ids', async () => {
  const call = '<tool_call>{"name": "list_dir", "arguments": {}}</tool_call>\n';
  const ids: string[] = [];
  for await (const event of repairStream(play([textDelta(call + call), { type: 'finish', reason: 'stop' }]), {
    tools: TOOLS,
  })) {
    if (event.type === 'tool-call-start') ids.push(event.id);
  }

  expect(new Set(ids).size).toBe(2);
});

test.each([
  ['ends like a tag', 'a<'],
  ['is blank', ' '],
])('orders a text that %s and the reasoning behind it alike, at once and piece by piece', async (_title, text) => {
  const events: StreamEvent[] = [
    textDelta(text),
    { type: 'reasoning-delta', text: 'r' },
    { type: 'finish', reason: 'stop' },
  ];
  const atOnce = await repairAtOnce([{ type: 'start', model: 'm' }, ...events]);

  expect(joinNeighbours(atOnce)).toEqual(joinNeighbours(await repairAll(events, { tools: undefined })));
});

describe('recorded answers', () => {
  const tools = ['get_weather', 'read_file', 'list_dir'].map((name) => ({ name }));
  test.for([
    [
      'ollama-0.11/leak-bare-json.sse',
      { calls: [['read_file', { path: 'src/app.ts' }]], text: '', finish: 'tool-calls' },
    ],
    [
      'ollama-0.12/leak-function-xml.sse',
      { calls: [['read_file', { path: 'README.md' }]], text: 'I will look.\n', finish: 'tool-calls' },
    ],
    ['ollama-0.5/leak-python-tag.sse', { calls: [['get_weather', { city: 'Vaasa' }]], text: '', finish: 'tool-calls' }],
    ['ollama-0.9/think-tags-in-content.sse', { calls: [], reasoning: 'Small number.', text: 'Seven.', finish: 'stop' }],
  ] as const)('%s', async ([file, expected]) => {
    const recorded = await readFile(new URL(`../test/fixtures/${file}`, import.meta.url), 'utf8');
    const texts = [...recorded.matchAll(/^data: (\{.*)$/gm)]
      .map(([, line = '']) => JSON.parse(line).choices[0].delta.content as string)
      .filter((content) => content !== '');

    expect(await playTexts(texts, { tools })).toMatchObject(expected);
    expect(await playTexts([texts.join('')], { tools })).toMatchObject(expected);
    expect(await playTexts(texts.join('').split(''), { tools })).toMatchObject(expected);
  });
});

/** How a text is split into deltas is not part of an answer's meaning: neighbours of one kind become one delta. */
function joinNeighbours(events: readonly StreamEvent[]): StreamEvent[] {
  const joined: StreamEvent[] = [];
  for (const event of events) {
    const last = joined.at(-1);
    if (event.type === 'text-delta' && last?.type === 'text-delta') {
      joined[joined.length - 1] = { ...last, text: last.text + event.text };
    } else if (event.type === 'reasoning-delta' && last?.type === 'reasoning-delta') {
      joined[joined.length - 1] = { ...last, text: last.text + event.text };
    } else if (event.type === 'tool-call-delta' && last?.type === 'tool-call-delta' && last.id === event.id) {
      joined[joined.length - 1] = { ...last, argumentsText: last.argumentsText + event.argumentsText };
    } else joined.push(event);
  }
  return joined;
}

function cut(whole: string, parts: number): string[] {
  const size = Math.max(1, Math.ceil(whole.length / parts));
  return whole.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
}

function woven(parts: readonly (readonly StreamEvent[])[]): StreamEvent[] {
  const longest = Math.max(0, ...parts.map((part) => part.length));
  return Array.from({ length: longest }, (_, index) => parts.flatMap((part) => part[index] ?? [])).flat();
}

/** A whole answer: its first pull returns every event. */
function repairAtOnce(events: readonly StreamEvent[], options?: RepairStreamOptions): Promise<readonly StreamEvent[]> {
  const source = createEventStream({ pull: () => Promise.resolve(events), close: () => undefined });
  return repairStream(source, options).pull();
}

test('a call of the server that was emitted in part is emitted whole, though the text had it, too', async () => {
  const events = await repairAll(
    [
      textDelta('<|tool_call>call:list_dir{}<'),
      { type: 'tool-call-start', id: 'a', name: 'list_dir' },
      textDelta(' '),
      { type: 'tool-call-end', id: 'a', name: 'list_dir', argumentsText: '' },
      { type: 'finish', reason: 'stop' },
    ],
    { tools: TOOLS },
  );
  assertStreamGrammar([{ type: 'start', model: 'm' }, ...events.filter(({ type }) => type !== 'start')]);
});
