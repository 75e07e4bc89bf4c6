import { describe, expect, test } from 'vitest';
import { post, start } from '../../test/simulator-client.ts';

describe('embeddings', () => {
  test('are unit vectors, equal for equal texts, as floats or base64', async () => {
    const { url } = await start({ models: ['nomic-embed-text'] });
    const ask = async (body: object) =>
      (await (await post(`${url}/v1/embeddings`, { model: 'nomic-embed-text', ...body })).json()).data;
    const [first, second, third] = await ask({ input: ['a', 'b', 'a'] });
    expect(first.embedding).toHaveLength(768);
    expect(Math.hypot(...first.embedding)).toBeCloseTo(1, 5);
    expect(third.embedding).toEqual(first.embedding);
    expect(second.embedding).not.toEqual(first.embedding);
    const [encoded] = await ask({ input: 'a', encoding_format: 'base64' });
    const bytes = Buffer.from(encoded.embedding, 'base64');
    expect(bytes.readFloatLE(4)).toBe(first.embedding[1]);
    expect(bytes).toHaveLength(768 * 4);
  });

  test('refuse what is no text', async () => {
    const { url } = await start({ models: ['nomic-embed-text'] });
    for (const input of [undefined, 7, [], [1]]) {
      const response = await post(`${url}/v1/embeddings`, { model: 'nomic-embed-text', input });
      expect([response.status, (await response.json()).error.message]).toEqual([400, 'invalid input']);
    }
  });
});
