import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { CHAT, HELLO, post, readJson, start } from '../test/simulator-client.ts';
import { startOllamaSimulator } from './start-ollama-simulator.ts';

describe('it cannot be taken for the real thing', () => {
  test('in its version, its root and every header', async () => {
    const { url } = await start({ version: '0.12.6' });
    const response = await fetch(`${url}/api/version`);
    expect(await readJson(response)).toEqual({ version: '0.12.6-simulated' });
    expect(response.headers.get('server')).toBe('ollama-simulator');
    expect(response.headers.get('x-simulated')).toBe('ollama 0.12.6');
    expect(await (await fetch(url)).text()).toBe('Ollama is running (simulated)');
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
  });
});

describe('models', () => {
  test('are found whatever their case, with and without :latest', async () => {
    const { url } = await start({ models: ['LLaMA3.2'] });
    for (const model of ['llama3.2', 'Llama3.2:latest', 'registry.ollama.ai/library/LLAMA3.2']) {
      expect((await post(`${url}/api/show`, { model })).status).toBe(200);
    }
    expect((await post(`${url}/api/show`, { model: 'llama3.2:1b' })).status).toBe(404);
  });

  test('can be pulled and removed while it runs', async () => {
    const { url, models } = await start({ models: [] });
    models.add('qwen3:8b');
    expect((await post(url + CHAT, { model: 'qwen3:8b', messages: HELLO })).status).toBe(200);
    expect(models.remove('QWEN3:8B')).toBe(true);
    expect((await post(url + CHAT, { model: 'qwen3:8b', messages: HELLO })).status).toBe(404);
  });

  test('of the cloud are marked as such since 0.12.0', async () => {
    const cloud = { name: 'gpt-oss:120b-cloud', remoteHost: 'https://ollama.com:443' };
    const list = async (version: string) =>
      (await readJson(fetch(`${(await start({ version, models: [cloud] })).url}/api/tags`))).models[0];
    expect(await list('0.12.0')).toMatchObject({
      remote_model: 'gpt-oss:120b',
      remote_host: 'https://ollama.com:443',
      details: { format: '' },
    });
    expect(await list('0.11.11')).not.toHaveProperty('remote_host');
  });

  test('are retrieved by an id without a slash only', async () => {
    const { url } = await start({ models: ['qwen3:8b', 'hf.co/acme/tiny:q4'] });
    expect(await readJson(fetch(`${url}/v1/models/qwen3:8b`))).toMatchObject({ id: 'qwen3:8b', object: 'model' });
    for (const id of ['hf.co/acme/tiny:q4', 'hf.co%2Facme%2Ftiny:q4']) {
      const response = await fetch(`${url}/v1/models/${id}`);
      expect([response.status, await response.text()]).toEqual([404, '404 page not found']);
    }
  });
});

describe('listening', () => {
  test('a port that refuses, and answers again', async () => {
    const simulator = await start();
    expect(simulator.port).toBeLessThan(32_768); // no other program gets it meanwhile
    expect((await fetch(simulator.url)).status).toBe(200);
    await simulator.stopListening();
    await expect(fetch(simulator.url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    await simulator.listen();
    expect((await fetch(simulator.url)).status).toBe(200);
  });

  test('a stopped listener lets requests in flight go on', async () => {
    const simulator = await start({ models: ['m'], reply: () => [{ stall: true }, { text: 'late' }] });
    const answer = post(simulator.url + CHAT, { model: 'm', messages: HELLO });
    await simulator.journal.waitFor(({ phase }) => phase === 'stalled');
    await simulator.stopListening();
    simulator.release();
    expect((await readJson(answer)).choices[0].message.content).toBe('late');
    await expect(fetch(simulator.url)).rejects.toThrow('fetch failed');
  });

  test('a simulator on the port of one that is gone, and none beside one that lives', async () => {
    const first = await start();
    await expect(startOllamaSimulator({ port: first.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await first.close();
    const second = await start({ port: first.port });
    expect(second.url).toBe(first.url);
    expect((await fetch(second.url)).status).toBe(200);
  });
});

describe('close', () => {
  test('destroys stalled, loading and waiting connections', async () => {
    const simulator = await startOllamaSimulator({
      models: ['m', { name: 'slow', loadMs: 1_000_000 }],
      parallel: 1,
      reply: () => [{ text: 'a' }, { stallMs: 1_000_000 }],
    });
    const ask = (model: string) => post(simulator.url + CHAT, { model, messages: HELLO });
    const answers = [ask('m'), ask('slow'), ask('m')].map((answer) => answer.catch((problem: unknown) => problem));
    await simulator.journal.waitFor(({ phase }) => phase === 'stalled');
    await simulator.journal.waitFor(({ phase }) => phase === 'loading');
    await simulator.journal.waitFor(({ phase }) => phase === 'queued');
    await simulator.close();
    for (const answer of await Promise.all(answers)) expect(answer).toBeInstanceOf(Error);
    expect(simulator.journal.entries.map(({ outcome }) => outcome)).toEqual(['cut', 'cut', 'cut']);
  });

  test('leaves nothing that keeps a process alive', async () => {
    const script = `
      import { startOllamaSimulator } from ${JSON.stringify(new URL('index.ts', import.meta.url).href)};
      const { url, journal, close } = await startOllamaSimulator({ reply: () => [{ stallMs: 1_000_000 }] });
      const body = JSON.stringify({ model: 'qwen3:8b', messages: [{ role: 'user', content: 'hello' }] });
      const answer = fetch(url + '/v1/chat/completions', { method: 'POST', body }).catch(() => console.log('cut'));
      await journal.waitFor(({ phase }) => phase === 'stalled');
      await close();
    `;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], {
      timeout: 45_000,
    });
    expect(stdout).toBe('cut\n');
  });
});
