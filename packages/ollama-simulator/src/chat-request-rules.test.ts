import { describe, expect, test } from 'vitest';
import { CHAT, HELLO, post, readJson, start } from '../test/simulator-client.ts';

describe('refusals', () => {
  const tool = { type: 'function', function: { name: 'f', parameters: {} } };
  const image = (url: string) => [{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }];
  const assistantCalling = (text: string) => [
    { role: 'assistant', content: null, tool_calls: [{ id: 'a', function: { name: 'f', arguments: text } }] },
  ];

  test.each([
    { body: '', status: 400, message: 'EOF' },
    { body: '{', status: 400, message: 'unexpected EOF' },
    { body: { model: 'm' }, status: 400, message: "[] is too short - 'messages'" },
    { body: { model: 'm', messages: [] }, status: 400, message: "[] is too short - 'messages'" },
    { body: { messages: HELLO }, status: 400, message: 'model is required' },
    { body: { model: 'x', messages: HELLO }, status: 404, message: "model 'x' not found" },
    {
      body: { model: 'x', messages: HELLO },
      version: '0.11.11',
      status: 404,
      message: 'model "x" not found, try pulling it first',
      type: 'api_error',
    },
    {
      body: { model: 'plain', messages: HELLO, tools: [tool] },
      status: 400,
      message: 'registry.ollama.ai/library/plain:latest does not support tools',
    },
    {
      body: { model: 'nomic-embed-text', messages: HELLO },
      status: 400,
      message: '"nomic-embed-text" does not support chat',
    },
    {
      body: { model: 'plain', messages: HELLO, reasoning_effort: 'high' },
      status: 400,
      message: '"plain" does not support thinking',
    },
    {
      body: { model: 'm', messages: HELLO, reasoning_effort: 'high' },
      version: '0.12.6',
      status: 400,
      message: 'think value "high" is not supported for this model',
      type: 'api_error',
    },
    {
      body: { model: 'm', messages: HELLO, reasoning: { effort: 'huge' } },
      status: 400,
      message: `invalid reasoning value: 'huge' (must be "high", "medium", "low", or "none")`,
    },
    {
      body: { model: 'm', messages: [{ role: 'user', content: null }] },
      status: 400,
      message: 'invalid message content type: <nil>',
    },
    { body: { model: 'm', messages: assistantCalling('[]') }, status: 400, message: 'invalid tool call arguments' },
    {
      body: { model: 'm', messages: image('https://a.example/b.png') },
      status: 400,
      message: 'image URLs are not currently supported, please use base64 encoded data instead',
    },
    {
      body: { model: 'm', messages: image('https://a.example/b.png') },
      version: '0.14.1',
      status: 400,
      message: 'invalid image input',
    },
  ])('of $body by $version: $status $message', async ({ body, status, message, version, type }) => {
    const { url } = await start({
      ...(version === undefined ? {} : { version }),
      models: ['m', { name: 'plain', capabilities: ['completion'] }, 'nomic-embed-text'],
    });
    const response = await post(url + CHAT, body);
    const expectedType = type ?? (status === 404 ? 'not_found_error' : 'invalid_request_error');
    const error = { message, type: expectedType, param: null, code: null };
    expect([response.status, await readJson(response)]).toEqual([status, { error }]);
  });

  test.each([
    { messages: assistantCalling('{}') },
    { messages: image('data:image/png;base64,AA==') },
    // Nothing of this is ever read.
    { messages: HELLO, tool_choice: 7, n: 'x', max_completion_tokens: [], num_ctx: 1 },
  ])('none of %j', async (body) => {
    const { url } = await start({ models: ['m'] });
    expect((await post(url + CHAT, { model: 'm', ...body })).status).toBe(200);
  });
});
