import { collectMessage } from '@openclaw/provider';
import { expect, test } from 'vitest';
import { say, startRuntime, startSimulator } from '../test/start-runtime.ts';

test.each([
  ['within 30 s', {}, 30_000],
  ['within the configured backoff', { circuits: { maxBackoffMs: 3_000 } }, 3_000],
])(
  'after an outage of a minute, with a request every second, the primary is used again %s',
  async (_, own, withinMs) => {
    let nowMs = 0;
    const isDown = () => nowMs < 60_000;
    const busy = { http: { status: 503, headers: {}, body: { error: { message: 'Service unavailable' } } } };
    const primary = await startSimulator({ reply: () => (isDown() ? busy : 'First.') });
    const fallback = await startSimulator({ reply: () => 'Second.' });
    const server = ({ url }: { url: string }) => ({ baseUrl: `${url}/v1`, models: [{ id: 'llama3.3' }] });
    const runtime = startRuntime({
      config: {
        agents: { defaults: { model: { primary: 'one/llama3.3', fallbacks: ['two/llama3.3'] }, ...own } },
        models: { providers: { one: server(primary), two: server(fallback) } },
      },
      now: () => nowMs,
    });

    const texts: string[] = [];
    for (; nowMs < 60_000 + withinMs; nowMs += 1_000) texts.push((await collectMessage(runtime.chat(say('hi')))).text);

    expect(texts.slice(0, 60).every((text) => text === 'Second.')).toBe(true);
    expect((await collectMessage(runtime.chat(say('hi')))).text).toBe('First.');
  },
);
