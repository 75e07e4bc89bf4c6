import { expect, test } from 'vitest';
import type { Provider } from '../provider.ts';
import { providerConformanceTests } from './provider-conformance-tests.ts';

/** A provider that answers the same to every request. Real providers run the suite in their own packages. */
const parrot: Provider = {
  id: 'parrot',
  async *stream({ model }) {
    yield { type: 'start', model };
    yield { type: 'text-delta', text: 'Good morning.' };
    yield { type: 'finish', reason: 'stop' };
  },
};

test('tells what a provider does and does not do, and closes its server each time', async () => {
  let open = 0;
  const tests = providerConformanceTests({
    streaming: [true],
    async start() {
      open += 1;
      return {
        provider: parrot,
        model: 'm',
        requests: () => 0,
        stalled: async () => undefined,
        clientLeft: async () => undefined,
        close: async () => (open -= 1),
      };
    },
  });
  const results = new Map<string, boolean>();
  for (const { title, run } of tests) {
    results.set(
      title,
      await run().then(
        () => true,
        () => false,
      ),
    );
  }
  const passed = [...results].filter(([, isPassed]) => isPassed).map(([title]) => title);

  // It has no server that could notice these two.
  expect(passed).toEqual([
    'asked for a stream: says what the model said, and which model it was',
    'asked for a stream: closes the connection when the consumer leaves while it waits',
    'asked for a stream: closes the connection when the consumer breaks out of its loop',
  ]);
  expect(results.size).toBeGreaterThan(20);
  expect(open).toBe(0);
});

test('leaves out what a provider cannot be asked for', () => {
  const start = () => Promise.reject(new Error('Not started.'));
  const titles = providerConformanceTests({ start, streaming: [false] }).map(({ title }) => title);

  expect(titles.every((title) => title.startsWith('asked for one body: '))).toBe(true);
});
