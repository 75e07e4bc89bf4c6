import { expect, test } from 'vitest';
import { repairStream } from './repair-stream.ts';

async function* chunks() {
  yield { id: 'c', choices: [] };
}

test('the stream of another library is refused, and its own function named', async () => {
  const read = async () => {
    for await (const _ of repairStream(chunks() as never, { tools: [{ name: 'f' }] }));
  };

  await expect(read()).rejects.toThrow(TypeError);
  await expect(read()).rejects.toThrow(
    "`events` is a chunk of OpenAI's API. Expected an event; for chunks there is `repairChunks`.",
  );
});

test('what is not events, and tools of another shape, are refused at once', () => {
  expect(() => repairStream(Promise.resolve() as never)).toThrow('repairStream: `events` is a Promise.');
  expect(() => repairStream((async function* () {})(), { tools: [{ function: { name: 'f' } }] as never })).toThrow(
    "repairStream: `options.tools[0]` is a tool in OpenAI's shape.",
  );
});
