import { describe, expect, test } from 'vitest';
import { CHAT, HELLO, post, readJson, start } from '../test/simulator-client.ts';

describe('the reply of an unscripted model', () => {
  const weather = {
    type: 'function',
    function: {
      name: 'get_weather',
      parameters: {
        type: 'object',
        required: ['city', 'days', 'unit'],
        properties: {
          city: { type: 'string' },
          days: { type: 'integer' },
          unit: { type: 'string', enum: ['C', 'F'] },
          note: { type: 'string' },
        },
      },
    },
  };
  const ask = async (body: object) => {
    const { url } = await start({ models: ['m'] });
    return (await readJson(post(url + CHAT, { model: 'm', messages: HELLO, ...body }))).choices[0];
  };

  test('says that it is simulated, and what it was told', async () => {
    expect((await ask({})).message.content).toBe(
      'This is a simulated reply from m; no model was asked. You said: hello',
    );
  });

  test('calls a tool that the message asks for, with arguments of its schema', async () => {
    const messages = [{ role: 'user', content: 'What is the weather in "Turku" for 3 days?' }];
    const { message, finish_reason: reason } = await ask({ messages, tools: [weather] });
    expect(reason).toBe('tool_calls');
    expect(message.tool_calls[0].function.name).toBe('get_weather');
    expect(JSON.parse(message.tool_calls[0].function.arguments)).toEqual({ city: 'Turku', days: 3, unit: 'C' });
  });

  test('calls no tool that the message does not ask for, and none again after its result', async () => {
    expect((await ask({ tools: [weather] })).message).not.toHaveProperty('tool_calls');
    const messages = [...HELLO, { role: 'tool', tool_call_id: 'x', content: 'weather: sun' }];
    expect((await ask({ messages, tools: [weather] })).message.content).toBe(
      'This is a simulated reply. The tool answered: weather: sun',
    );
  });

  test('fits a response format, and stops at max_tokens', async () => {
    const { message } = await ask({ response_format: FORMAT, reasoning_effort: 'none' });
    expect(JSON.parse(message.content)).toEqual({ ok: true, tags: ['simulated'] });
    expect(await ask({ max_tokens: 2 })).toMatchObject({ message: { content: 'This is' }, finish_reason: 'length' });
  });

  test('of a model that thinks, but has no thoughts, has no format from 0.12.4', async () => {
    for (const [version, isJson] of [
      ['0.12.3', true],
      ['0.12.4', false],
    ] as const) {
      const { url } = await start({ version, models: ['m'] });
      const body = { model: 'm', messages: HELLO, response_format: FORMAT };
      const { content } = (await readJson(post(url + CHAT, body))).choices[0].message;
      expect(content.startsWith('{')).toBe(isJson);
    }
  });
});

const FORMAT = {
  type: 'json_schema',
  json_schema: {
    name: 'x',
    schema: {
      type: 'object',
      properties: { ok: { type: 'boolean' }, tags: { type: 'array', items: { type: 'string' } } },
    },
  },
};
