import { describe, expect, test } from 'vitest';
import { post, readJson, start } from '../../test/simulator-client.ts';

describe('embeddings', () => {
  test('are unit vectors, equal for equal texts, as floats or base64', async () => {
    const { url } = await start({ models: ['nomic-embed-text'] });
    const ask = async (body: object) =>
      (await readJson(post(`${url}/v1/embeddings`, { model: 'nomic-embed-text', ...body }))).data;
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
      expect([response.status, (await readJson(response)).error.message]).toEqual([400, 'invalid input']);
    }
  });

  test('are refused by a model that has none', async () => {
    const { url } = await start({ models: ['m'] });
    const response = await post(`${url}/v1/embeddings`, { model: 'm', input: 'a' });
    expect([response.status, (await readJson(response)).error.message]).toEqual([
      501,
      'this model does not support embeddings',
    ]);
  });

  test('of an empty text fail in the runner', async () => {
    const { url } = await start({ models: ['nomic-embed-text'] });
    const response = await post(`${url}/v1/embeddings`, { model: 'nomic-embed-text', input: '' });
    expect([response.status, (await readJson(response)).error]).toMatchObject([
      500,
      { message: 'Failed to create new sequence: no input provided', type: 'api_error' },
    ]);
  });

  test('of a chat model are vectors if llama.cpp runs it', async () => {
    const { url } = await start({ models: [{ name: 'm', family: 'llama', embeddingLength: 8 }] });
    const { data } = await readJson(post(`${url}/v1/embeddings`, { model: 'm', input: 'a' }));
    expect(data[0].embedding).toHaveLength(8);
  });

  test('of an unknown model are missed in the old words, in every release', async () => {
    const { url } = await start({ version: '0.32.15' });
    const answer = await readJson(post(`${url}/v1/embeddings`, { model: 'x', input: 'a' }));
    expect(answer.error.message).toBe('model "x" not found, try pulling it first');
  });
});
