import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { AllCandidatesFailedError } from '@openclaw/model-selection';
import type { StreamEvent } from '@openclaw/provider';
import { expect, onTestFinished, test } from 'vitest';
import { failure, finish, start, startScripted, text } from '../../test/scripted-runtime.ts';

/** A model that says nothing before the client has seen a comment. */
async function open(...events: StreamEvent[]) {
  const { promise: commented, resolve: seeComment } = Promise.withResolvers<void>();
  const { gateway } = await startScripted([[commented, ...events]], {
    gateway: { limits: { keepAliveCommentMs: 5 } },
  });
  onTestFinished(() => gateway.close());
  return { ...gateway, seeComment };
}

const body = '{"messages":[{"role":"user","content":"Hi"}],"stream":true}';

/** The reply, read to its end. */
async function ask({ url, seeComment }: { url: string; seeComment: () => void }) {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    httpRequest(`${url}/v1/chat/completions`, { method: 'POST' }, resolve).on('error', reject).end(body);
  });
  let reply = '';
  for await (const part of response) {
    reply += String(part);
    if (reply.includes(': keep-alive')) seeComment();
  }
  return { headers: response.headers, trailers: response.trailers, reply };
}

const failed = { model: 'ollama/a', endpoint: 'http://x', outcome: 'timeout' as const, durationMs: 1 };
const ok = { model: 'ollama/grün:1b', endpoint: 'http://x', outcome: 'ok' as const, durationMs: 1 };

test('tells in trailers who answered a stream that a comment had to open', async () => {
  const stack = await open(
    { type: 'fallback', failed, next: ok.model },
    { type: 'start', model: ok.model, attempts: [failed, ok] },
    { type: 'repair', repair: 'arguments-json', detail: '' },
    text('At last.'),
    finish,
  );
  const { headers, trailers, reply } = await ask(stack);
  expect(reply).toMatch(/^: keep-alive.*\[DONE\]\n\n$/s);
  expect(headers).not.toHaveProperty('x-openclaw-model');
  expect(headers.trailer).toBe(
    'x-openclaw-model, x-openclaw-endpoint, x-openclaw-attempts, x-openclaw-repairs, x-openclaw-warnings',
  );
  expect(trailers).toEqual({
    'x-openclaw-model': 'ollama/gr%C3%BCn:1b',
    'x-openclaw-attempts': '2',
    'x-openclaw-repairs': '1',
  });
});

test('counts the first model that answers as one attempt', async () => {
  const { trailers } = await ask(await open(start, text('At last.'), finish));
  expect(trailers).toMatchObject({ 'x-openclaw-model': 'ollama/gpt-oss:20b', 'x-openclaw-attempts': '1' });
});

test('tells the attempts of such a stream when it fails, too, and the model if one had begun', async () => {
  const allFailed = new AllCandidatesFailedError([{ attempt: failed }, { attempt: failed }]);
  expect((await ask(await open({ type: 'error', error: allFailed }))).trailers).toEqual({ 'x-openclaw-attempts': '2' });
  const begun = await ask(await open(start, text('At'), failure('connection-failed', 'It hung up.')));
  expect(begun.reply).toContain('It hung up.');
  expect(begun.trailers).toEqual({ 'x-openclaw-model': 'ollama/gpt-oss:20b', 'x-openclaw-attempts': '1' });
  expect((await ask(await open(failure('invalid-request', 'No.')))).trailers).toEqual({});
});

test('tells HTTP/1.0 nothing of it', async () => {
  const { port, seeComment } = await open(start, text('At last.'), finish);
  const socket = connect(port, '127.0.0.1');
  socket.write(
    `POST /v1/chat/completions HTTP/1.0\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  let reply = '';
  for await (const part of socket) {
    reply += String(part);
    if (reply.includes(': keep-alive')) seeComment();
  }
  expect(reply).toMatch(/: keep-alive.*data: \[DONE\]\n\n$/s);
  expect(reply).not.toMatch(/trailer|x-openclaw/);
});
