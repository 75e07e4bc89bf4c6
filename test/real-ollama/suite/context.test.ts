import { describe, expect, test } from 'vitest';
import { selectScript } from '@openclaw/tape-model';
import { say, startGatewayStack } from '../src/start-gateway-stack.ts';
import { SCRIPTS, TAPE_TOOLS, TRAINED_CONTEXT } from '../src/tapes.ts';
import { useOllama } from '../src/use-ollama.ts';

const ollama = await useOllama({
  env: { OLLAMA_NUM_PARALLEL: '1' },
  models: {
    'tape-default': TAPE_TOOLS,
    'tape-window': { ...TAPE_TOOLS, parameters: { num_ctx: 512 } },
  },
});
const canRefuse = ollama.isAtLeast('0.12.6');
const DEFAULT_CONTEXT = ollama.isAtLeast('0.6.7') ? 4096 : 2048;

interface ChatReply {
  readonly error?: string;
  readonly message: { readonly content: string };
  readonly done_reason: string;
  readonly prompt_eval_count: number;
  readonly eval_count: number;
}

async function chat(model: string, body: object): Promise<ChatReply & { status: number }> {
  const response = await ollama.post('/api/chat', { model, stream: false, ...body });
  return { status: response.status, ...JSON.parse(await response.text()) };
}

/** A message of about this many tokens: most characters are one token. */
const long = (tokens: number) => say(selectScript('hello', { after: '#'.repeat(tokens) }));

async function loadedContext(model: string): Promise<number | undefined> {
  return (await ollama.listRunning()).find(({ name }) => name === `${model}:latest`)?.context_length;
}

describe('what Ollama does with a prompt that is longer than the context window', () => {
  test('it cuts the prompt in silence, to exactly the window', async () => {
    const reply = await chat('tape-window', { messages: long(2000) });
    expect(reply).toMatchObject({ status: 200, done_reason: 'stop', prompt_eval_count: 512 });
  });

  test('`/v1` cuts it, too, and no field prevents that', async () => {
    const body = { model: 'tape-window', messages: long(2000), truncate: false, options: { num_ctx: 4096 } };
    const reply = await ollama.post('/v1/chat/completions', body);
    expect(reply.status).toBe(200);
    expect(JSON.parse(await reply.text())).toMatchObject({ usage: { prompt_tokens: 512 } });
  });

  test('it drops the oldest of several messages', async () => {
    const messages = [...long(300), { role: 'assistant', content: '-'.repeat(300) }, ...say('hello')];
    const reply = await chat('tape-window', { messages });
    expect(reply).toMatchObject({ status: 200, message: { content: SCRIPTS.hello } });
    expect(reply.prompt_eval_count).toBeLessThan(512);
  });

  test.runIf(canRefuse)('`truncate: false` is a 400 that names the cause', async () => {
    expect(await chat('tape-window', { messages: long(2000), truncate: false })).toMatchObject({
      status: 400,
      error: expect.stringContaining('input length exceeds the context length'),
    });
  });

  test.runIf(canRefuse)('`shift: false` ends an answer that fills the window', async () => {
    const reply = await chat('tape-window', { messages: say('endless'), shift: false });
    expect(reply).toMatchObject({ status: 200, done_reason: 'length' });
    expect(reply.prompt_eval_count + reply.eval_count).toBeLessThanOrEqual(513);
  });
});

describe('which context window Ollama uses', () => {
  test(`${DEFAULT_CONTEXT} tokens by default`, async () => {
    const reply = await chat('tape-default', { messages: long(6000) });
    expect(reply.prompt_eval_count).toBe(DEFAULT_CONTEXT);
    if (ollama.isAtLeast('0.10.0')) expect(await loadedContext('tape-default')).toBe(DEFAULT_CONTEXT);
  });

  test('`options.num_ctx` of the request wins over the Modelfile, and the next request without it reloads', async () => {
    const reply = await chat('tape-window', { messages: long(2000), options: { num_ctx: 4096 } });
    expect(reply.prompt_eval_count).toBeGreaterThan(2000);
    expect((await chat('tape-window', { messages: long(2000) })).prompt_eval_count).toBe(512);
  });

  test.runIf(ollama.isAtLeast('0.17.4'))('never more than the trained context', async () => {
    await chat('tape-default', { messages: say('hello'), options: { num_ctx: 2 * TRAINED_CONTEXT } });
    expect(await loadedContext('tape-default')).toBe(TRAINED_CONTEXT);
  });

  test('a prompt of twice the default window is read whole with a window for it', async () => {
    const reply = await chat('tape-default', {
      messages: long(2 * DEFAULT_CONTEXT),
      options: { num_ctx: 4 * DEFAULT_CONTEXT },
    });
    expect(reply).toMatchObject({ status: 200, message: { content: SCRIPTS.hello } });
    expect(reply.prompt_eval_count).toBeGreaterThan(2 * DEFAULT_CONTEXT);
    expect(reply.prompt_eval_count).toBeLessThan(3 * DEFAULT_CONTEXT);
  });
});

test('the gateway passes on how many tokens the server read', async () => {
  const { client } = await startGatewayStack('ollama/tape-default:latest', { url: ollama.url });
  const completion = await client.chat.completions.create({ model: 'openclaw', messages: long(1000) });
  expect(completion.choices[0]?.message.content).toBe(SCRIPTS.hello);
  expect(completion.usage?.prompt_tokens).toBeGreaterThan(1000);
});
