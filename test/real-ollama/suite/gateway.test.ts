import { describe, expect, test } from 'vitest';
import { say, startGatewayStack, TIME, WEATHER } from '../src/start-gateway-stack.ts';
import { SCRIPTS, TAPE, TAPE_EMBED, TAPE_TOOLS } from '../src/tapes.ts';
import { useOllama } from '../src/use-ollama.ts';

const ollama = await useOllama({ models: { 'tape-chat': TAPE_TOOLS, 'tape-think': TAPE, 'tape-embed': TAPE_EMBED } });
const CHAT = 'ollama/tape-chat:latest';
const THINK = 'ollama/tape-think:latest';
const knowsThinking = ollama.isAtLeast('0.9.0');

describe.each([
  { upstream: 'one body', streaming: false },
  { upstream: 'a stream', streaming: true },
])('when Ollama is asked for $upstream', ({ streaming }) => {
  const start = (model = CHAT) => startGatewayStack(model, { url: ollama.url, streaming });

  test('a client gets a whole answer, with the counts of the server', async () => {
    const { client } = await start();
    const completion = await client.chat.completions.create({ model: 'openclaw', messages: say('hello') });
    expect(completion).toMatchObject({
      model: CHAT,
      choices: [{ finish_reason: 'stop', message: { role: 'assistant', content: SCRIPTS.hello } }],
      usage: { prompt_tokens: expect.any(Number), completion_tokens: expect.any(Number) },
    });
    expect(completion.usage?.completion_tokens).toBeGreaterThan(3);
  });

  test('a client gets a streamed answer, with the counts of the server', async () => {
    const { client } = await start();
    const stream = client.chat.completions.stream({
      model: CHAT,
      messages: say('count'),
      stream_options: { include_usage: true },
    });
    const completion = await stream.finalChatCompletion();
    expect(completion.choices[0]?.message.content).toBe(SCRIPTS.count);
    expect(completion.usage?.completion_tokens).toBeGreaterThan(100);
  });

  test.runIf(knowsThinking)('reasoning comes apart from the text, and can be switched off', async () => {
    const { client } = await start(THINK);
    const body = { model: THINK, messages: say('greet') };
    const completion = await client.chat.completions.create(body);
    expect(completion.choices[0]?.message).toMatchObject({
      content: SCRIPTS.greet.text,
      reasoning_content: SCRIPTS.greet.thinking,
    });
    const without = await client.chat.completions.create({ ...body, reasoning_effort: 'none' });
    expect(without.choices[0]?.message).toMatchObject({ content: SCRIPTS.greet.text });
    expect(without.choices[0]?.message).not.toHaveProperty('reasoning_content');
  });

  test.each([true, false])('calls arrive whole, with different ids (the client streams: %s)', async (stream) => {
    const { client } = await start();
    const body = { model: CHAT, messages: say('two-calls'), tools: [WEATHER, TIME] };
    const completion = stream
      ? await client.chat.completions.stream(body).finalChatCompletion()
      : await client.chat.completions.create(body);
    const { finish_reason, message } = completion.choices[0]!;
    expect(finish_reason).toBe('tool_calls');
    const calls = message.tool_calls?.map((call) => (call.type === 'function' ? call.function : undefined));
    expect(calls).toMatchObject([
      { name: 'get_weather', arguments: '{"city":"Lund"}' },
      { name: 'get_time', arguments: '{"zone":"Europe/Rome"}' },
    ]);
    expect(new Set(message.tool_calls?.map(({ id }) => id)).size).toBe(2);
  });

  test('the official client runs a tool and gets the answer to its result', async () => {
    const { client } = await start();
    const asked: unknown[] = [];
    const runner = client.chat.completions.runTools({
      model: CHAT,
      messages: say('weather'),
      stream: true,
      tools: [
        {
          type: 'function',
          function: {
            ...WEATHER.function,
            parse: JSON.parse,
            function(args: object) {
              asked.push(args);
              return 'nine degrees';
            },
          },
        },
      ],
    });
    expect(await runner.finalContent()).toBe(SCRIPTS['after-tool']);
    expect(asked).toEqual([{ city: 'Oslo' }]);
  });

  test.each([
    ['wrong-function', 'Bodo'],
    ['wrong-fence', 'Narvik'],
    ['wrong-mistral', 'Alta'],
  ])('a call that Ollama leaves in the text (%s) is a call', async (script, city) => {
    const { client } = await start();
    const completion = await client.chat.completions.create({ model: CHAT, messages: say(script), tools: [WEATHER] });
    expect(completion.choices[0]).toMatchObject({
      finish_reason: 'tool_calls',
      message: { tool_calls: [{ function: { name: 'get_weather', arguments: JSON.stringify({ city }) } }] },
    });
  });

  test('a limit ends the answer with an error', async () => {
    const { client } = await start();
    const completion = await client.chat.completions.create({ model: CHAT, messages: say('count'), max_tokens: 3 });
    expect(completion).toMatchObject({ choices: [{ finish_reason: 'length' }], usage: { completion_tokens: 3 } });
  });
});

test('an unknown model is a 404 that names it', async () => {
  const { client } = await startGatewayStack(CHAT, { url: ollama.url });
  const request = client.chat.completions.create({ model: 'ollama/tape-none', messages: say('hello') });
  await expect(request).rejects.toMatchObject({ status: 404, message: expect.stringContaining('tape-none') });
});

test('embeddings pass through', async () => {
  const { client } = await startGatewayStack(CHAT, { url: ollama.url });
  const { data } = await client.embeddings.create({ model: 'ollama/tape-embed:latest', input: ['one', 'two'] });
  expect(data.map(({ embedding }) => embedding.length)).toEqual([256, 256]);
});
