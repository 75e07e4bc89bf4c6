import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import type { OllamaSimulator } from '@openclaw/ollama-simulator';
import { expect, onTestFinished, test } from 'vitest';

/** Starting a process, and waiting for it, takes long on a busy machine. */
const TIMEOUT_MS = 60_000;

const MODEL = 'ollama/gpt-oss:20b';

interface GatewayProcess {
  readonly child: ChildProcess;
  readonly url: string;
  readonly simulator: OllamaSimulator;
  /** Opens a connection, writes to it, and resolves with it and what came back first, which may be waited for. */
  dial(bytes: string, answer?: RegExp): Promise<Socket>;
}

/** The gateway as a process of its own. */
async function start(shutdownTimeoutMs: number): Promise<GatewayProcess> {
  const stateDir = await mkdtemp(join(tmpdir(), 'openclaw-stop-'));
  onTestFinished(() => rm(stateDir, { recursive: true, force: true, maxRetries: 5 }));
  const simulator = await startOllamaSimulator({ models: [{ name: 'gpt-oss:20b', capabilities: ['completion'] }] });
  onTestFinished(simulator.close);
  const config = {
    agents: { defaults: { model: MODEL, models: { [MODEL]: { streaming: true } } } },
    gateway: { shutdownTimeoutMs, limits: { maxConcurrent: 3, maxBodyBytes: 100_000 } },
  };
  await writeFile(join(stateDir, 'openclaw.json'), JSON.stringify(config));
  const main = join(import.meta.dirname, '../src/main.ts');
  const child = spawn(process.execPath, ['--conditions=@openclaw/source', main, '--port', '0'], {
    env: { PATH: process.env['PATH'], OPENCLAW_STATE_DIR: stateDir, OLLAMA_HOST: simulator.url },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const url = await urlOf(child.stderr);
  child.stderr.resume();
  const port = Number(new URL(url).port);
  const dial = async (bytes: string, answer?: RegExp) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    socket.on('error', () => {});
    onTestFinished(() => void socket.destroy());
    socket.write(bytes);
    await (answer === undefined ? once(socket, 'connect') : readUntil(socket, answer));
    return socket;
  };
  return { child, url, simulator, dial };
}

async function urlOf(stderr: Readable): Promise<string> {
  let text = '';
  for await (const data of stderr.iterator({ destroyOnReturn: false })) {
    text += data;
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0];
    if (url !== undefined) return url;
  }
  throw new Error(`The gateway did not start: ${text}`);
}

function readUntil(socket: Socket, answer: RegExp): Promise<void> {
  return new Promise((resolve) => {
    let text = '';
    socket.on('data', (data) => {
      text += data;
      if (answer.test(text)) resolve();
    });
  });
}

async function untilMetric(url: string, metric: RegExp): Promise<void> {
  while (!metric.test(await (await fetch(`${url}/metrics`)).text()));
}

async function untilInFlight(url: string, count: number): Promise<void> {
  for (;;) {
    const { inFlight } = (await (await fetch(`${url}/status`)).json()) as { inFlight: readonly unknown[] };
    if (inFlight.length === count) return;
  }
}

function post(body: object, { length }: { length?: number } = {}): string {
  const text = JSON.stringify({ messages: [{ role: 'user', content: 'Hi' }], ...body });
  return `POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${length ?? text.length}\r\n\r\n${text}`;
}

test(
  'stops at once, whatever the state of connections without a running request',
  async () => {
    const { child, url, dial } = await start(600_000);
    await dial('');
    await dial('GET /healthz HTT');
    await dial('GET /healthz HTTP/1.1\r\nHost: local');
    await untilMetric(url, /openclaw_connections\{state="silent"\} 3/);
    await dial('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n', /"live"/);
    await dial('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nGET /heal', /"live"/);
    await dial('no request\r\n\r\n', /not an HTTP request/);
    await dial('CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n', /no proxy/);
    await dial(post({}, { length: 30_000_000 }), /body_too_large/);
    const closedByClient = await dial('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n', /"live"/);
    closedByClient.end();

    const exited = once(child, 'exit');
    child.kill('SIGTERM');

    expect(await exited).toEqual([0, null]);
  },
  TIMEOUT_MS,
);

test(
  'stops when its time is up, whatever the state of requests that still run',
  async () => {
    const { child, url, simulator, dial } = await start(100);
    const endless = Array.from({ length: 20_000 }, (_, n) => ({ text: `${n} `.repeat(100) }));
    simulator.enqueue([{ text: 'First' }, { stall: true }], { steps: endless }, [{ stall: true }]);
    await dial(post({ stream: true }), /First/);
    const slowReader = await dial(post({ stream: true }), /0 0 0/);
    slowReader.pause();
    await dial(post({}));
    await simulator.journal.waitFor(({ number, phase }) => number >= 3 && phase === 'stalled');
    await untilInFlight(url, 3);
    await dial(post({ stream: true }));
    await dial(post({}));
    await untilInFlight(url, 5);
    await dial(post({}, { length: 500 }));
    await dial(post({}) + post({}) + 'no request\r\n\r\n');
    await untilInFlight(url, 8);

    const exited = once(child, 'exit');
    child.kill('SIGTERM');

    expect(await exited).toEqual([0, null]);
    await simulator.journal.waitUntilIdle();
  },
  TIMEOUT_MS,
);
