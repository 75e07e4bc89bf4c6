import assert from 'node:assert/strict';
import { openEventStream } from '../event-stream.ts';
import { joinDeltas } from './collect-events.ts';
import type { JoinedAnswer } from './collect-events.ts';
import type { ConformanceScenario } from './conformance-scenario.ts';
import type { ConformanceTest } from './conformance-test.ts';
import { playScenario } from './play-scenario.ts';
import type { ConformanceContext, PlayedServer } from './play-scenario.ts';

/** Characters of one to four bytes, combined ones and a pair of surrogates. */
const EVERY_WIDTH = 'aé€😀 नमस्ते 👩‍👩‍👧 "quoted" \\ \u2028 <b>&amp;</b>\n\ttab';

/** What a complete answer says. */
export function answerTests(context: ConformanceContext): readonly ConformanceTest[] {
  const play = (scenario: ConformanceScenario, check: (answer: JoinedAnswer, server: PlayedServer) => void) =>
    playScenario(scenario, {
      ...context,
      test: async (server) => check(joinDeltas(await server.answer()), server),
    });

  return [
    {
      title: 'says what the model said, and which model it was',
      run: () =>
        play({ steps: [{ text: 'Good ' }, { text: 'morning.' }] }, (answer, { model }) => {
          assert.equal(answer.model, model);
          assert.deepEqual(answer.said, [{ text: 'Good morning.' }]);
          assert.equal(answer.finish, 'stop');
        }),
    },
    {
      title: 'keeps reasoning apart from text, and before it',
      run: () =>
        play({ steps: [{ reasoning: 'Greet ' }, { reasoning: 'them.' }, { text: 'Hello.' }] }, (answer) => {
          assert.deepEqual(answer.said, [{ reasoning: 'Greet them.' }, { text: 'Hello.' }]);
        }),
    },
    { title: 'keeps parallel calls apart, equal ones too', run: () => playParallelCalls(play) },
    {
      title: 'gives calls ids of their own when the server sent none',
      run: () => {
        const toolCall = { name: 'get_weather', argumentsText: '{"city":"Oslo"}' };
        return play({ steps: [{ toolCall }, { toolCall }] }, ({ calls }) => {
          assert.deepEqual(calls.map(withoutId), [toolCall, toolCall]);
          assert.equal(new Set(calls.map(({ id }) => id)).size, 2);
        });
      },
    },
    {
      title: 'reads characters that were cut in two on their way',
      run: () =>
        play({ steps: [{ reasoning: EVERY_WIDTH }, { text: EVERY_WIDTH }], sliceBytes: 1 }, (answer) => {
          assert.deepEqual(answer.said, [{ reasoning: EVERY_WIDTH }, { text: EVERY_WIDTH }]);
        }),
    },
    ...(context.streaming
      ? []
      : [{ title: 'gives a whole answer with one pull', run: () => pullWholeAnswer(context) }]),
    {
      title: 'sends no request before the first event is pulled',
      run: () =>
        playScenario(
          { steps: [{ text: 'Hello.' }] },
          {
            ...context,
            async test({ provider, request, requests }) {
              const events = provider.stream(request);
              assert.equal(requests(), 0);
              for await (const _ of events);
              assert.equal(requests(), 1);
            },
          },
        ),
    },
  ];
}

type Play = (
  scenario: ConformanceScenario,
  check: (answer: JoinedAnswer, server: PlayedServer) => void,
) => Promise<void>;

function playParallelCalls(play: Play): Promise<void> {
  const sent = [
    { id: 'call_a', name: 'get_weather', argumentsText: '{"city":"Oslo"}' },
    { id: 'call_b', name: 'read_file', argumentsText: '{"path":"a.txt"}' },
    { id: 'call_c', name: 'read_file', argumentsText: '{"path":"a.txt"}' },
  ];
  const steps = [{ text: 'Let me look.' }, ...sent.map((toolCall) => ({ toolCall }))];
  return play({ steps }, ({ text, calls, finish }, { assignsCallIds }) => {
    assert.equal(text, 'Let me look.');
    if (assignsCallIds) assert.deepEqual(calls.map(withoutId), sent.map(withoutId));
    else assert.deepEqual(calls, sent);
    assert.equal(new Set(calls.map(({ id }) => id)).size, sent.length);
    assert.equal(finish, 'tool-calls');
  });
}

function pullWholeAnswer(context: ConformanceContext): Promise<void> {
  return playScenario(
    { steps: [{ reasoning: 'Greet them.' }, { text: 'Hello.' }] },
    {
      ...context,
      async test({ provider, request }) {
        const stream = openEventStream(provider.stream(request));
        const { said, finish } = joinDeltas(await stream.pull());
        await stream.return();
        assert.deepEqual(said, [{ reasoning: 'Greet them.' }, { text: 'Hello.' }]);
        assert.equal(finish, 'stop');
      },
    },
  );
}

function withoutId({ name, argumentsText }: { readonly name: string; readonly argumentsText: string }) {
  return { name, argumentsText };
}
