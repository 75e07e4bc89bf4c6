import { once } from 'node:events';
import { createServer } from 'node:http';
import { onTestFinished } from 'vitest';

/** A model server that counts the requests that run on it at the same time. */
export interface CountingHost {
  readonly baseUrl: string;
  running(): number;
  /** Resolves when all requests that run now have ended. */
  ended(): Promise<void>;
  /** The most since the start, or since `resetMost`. */
  most(): number;
  resetMost(): void;
  served(): number;
  /** Holds replies back, or no longer. */
  hold(held: boolean): void;
}

/** @param options.replyMs The longest time that a request takes. */
export async function startCountingHost({ replyMs }: { readonly replyMs: number }): Promise<CountingHost> {
  let running = 0;
  let most = 0;
  let served = 0;
  let held = false;
  const waiting: (() => void)[] = [];
  const ends = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    most = Math.max(most, ++running);
    const end = Promise.withResolvers<void>();
    ends.add(end.promise);
    const leave = (): void => {
      if (ends.delete(end.promise)) running--;
      end.resolve();
    };
    response.on('close', leave);
    const reply = (): void => {
      if (response.destroyed) return;
      served++;
      leave();
      response.writeHead(200, { 'content-type': 'application/json' }).end(COMPLETION);
    };
    request.resume().on('end', () => {
      if (held) waiting.push(reply);
      // A request has to take some time for others to run beside it.
      else setTimeout(reply, Math.random() * replyMs);
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A TCP server has no port.');
  return {
    baseUrl: `http://127.0.0.1:${address.port}/v1`,
    running: () => running,
    async ended() {
      await Promise.all(ends);
    },
    most: () => most,
    resetMost() {
      most = running;
    },
    served: () => served,
    hold(next) {
      held = next;
      if (!held) waiting.splice(0).forEach((reply) => reply());
    },
  };
}

const COMPLETION = JSON.stringify({
  id: 'c',
  object: 'chat.completion',
  created: 1,
  model: 'm',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello.' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
});
