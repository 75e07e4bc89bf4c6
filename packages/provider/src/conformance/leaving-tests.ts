import assert from 'node:assert/strict';
import type { StreamEvent } from '../stream-event.ts';
import type { ConformanceScenario } from './conformance-scenario.ts';
import type { ConformanceTest } from './conformance-test.ts';
import { playScenario } from './play-scenario.ts';
import type { ConformanceContext, PlayedServer } from './play-scenario.ts';

// The server sends nothing more and no timeout of the provider expires soon: only cancellation can close the connection.
const STALLED = { steps: [{ stall: true as const }, { text: 'Too late.' }] };
const STALLED_LATER = { steps: [{ text: 'Wait' }, ...STALLED.steps] };

/** What closes the connection. */
export function leavingTests(context: ConformanceContext): readonly ConformanceTest[] {
  const play = (scenario: ConformanceScenario, test: (server: PlayedServer) => Promise<void>) =>
    playScenario(scenario, { ...context, test });

  return [
    {
      title: 'sends no request if the signal was aborted before',
      run: () =>
        play({ steps: [{ text: 'Hello.' }] }, async ({ answer, requests }) => {
          assertAborted(await answer({ signal: AbortSignal.abort() }));
          assert.equal(requests(), 0);
        }),
    },
    {
      title: 'closes the connection when the signal is aborted while nothing has come yet',
      run: () => play(STALLED, abortWhenStalled),
    },
    {
      title: 'closes the connection when the signal is aborted while the answer is under way',
      run: () => play(STALLED_LATER, abortWhenStalled),
    },
    {
      title: 'closes the connection when the consumer leaves while it waits',
      run: () =>
        play(STALLED, async ({ provider, request, stalled, clientLeft }) => {
          const events = provider.stream(request)[Symbol.asyncIterator]();
          const pulled = events.next();
          await stalled();
          await events.return?.();
          await clientLeft();
          const { value } = await pulled;
          assert.notEqual(value?.type, 'finish');
        }),
    },
    ...(context.streaming
      ? [
          {
            title: 'closes the connection when the consumer breaks out of its loop',
            run: () =>
              play(STALLED_LATER, async ({ provider, request, clientLeft }) => {
                for await (const event of provider.stream(request)) if (event.type === 'text-delta') break;
                await clientLeft();
              }),
          },
        ]
      : []),
  ];
}

async function abortWhenStalled({ answer, stalled, clientLeft }: PlayedServer): Promise<void> {
  const controller = new AbortController();
  const reading = answer({ signal: controller.signal });
  await stalled();
  controller.abort();
  const events = await reading;
  await clientLeft();
  assertAborted(events.slice(-1));
}

function assertAborted(events: readonly StreamEvent[]): void {
  assert.equal(events.length, 1);
  const [event] = events;
  assert.equal(event?.type === 'error' ? event.error.code : event?.type, 'aborted');
}
