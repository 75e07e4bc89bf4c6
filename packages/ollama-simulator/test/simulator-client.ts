import { connect } from 'node:net';
import { onTestFinished } from 'vitest';
import { type OllamaSimulator, type OllamaSimulatorOptions, startOllamaSimulator } from '../src/index.ts';

export const CHAT = '/v1/chat/completions';
export const NATIVE_CHAT = '/api/chat';
export const HELLO = [{ role: 'user', content: 'hello' }];

/** A simulator that closes with the test. */
export async function start(options: OllamaSimulatorOptions = {}): Promise<OllamaSimulator> {
  const simulator = await startOllamaSimulator(options);
  onTestFinished(() => simulator.close());
  return simulator;
}

/** POSTs JSON, or a text as it stands. */
export function post(url: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    ...(signal === undefined ? {} : { signal }),
  });
}

/** The body of a response. */
export async function readJson(response: Response | Promise<Response>): Promise<any> {
  return JSON.parse(await (await response).text());
}

/** The parsed frames of an event stream, without `[DONE]`. */
export function frames(stream: string): any[] {
  return stream
    .split('\n\n')
    .filter((frame) => frame !== '' && frame !== 'data: [DONE]')
    .map((frame) => JSON.parse(frame.replace(/^data: /, '')));
}

/** The parsed lines of a native stream. */
export function lines(stream: string): any[] {
  return stream
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** What `/api/ps` lists. */
export async function running(url: string): Promise<unknown[]> {
  return (await readJson(fetch(`${url}/api/ps`))).models;
}

/** What arrived of a body, and the problem that ended it. */
export async function readUntilBroken(response: Response): Promise<{ text: string; problem?: unknown }> {
  let text = '';
  const decoder = new TextDecoder();
  try {
    for await (const bytes of response.body!) text += decoder.decode(bytes, { stream: true });
    return { text };
  } catch (problem) {
    return { text, problem };
  }
}

/** What comes back over a bare socket, for headers that fetch will not set. */
export function rawRequest(
  port: number,
  headers: Record<string, string>,
  { path = '/', body }: { path?: string; body?: string } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const lines = Object.entries({ ...headers, connection: 'close' }).map(([name, value]) => `${name}: ${value}\r\n`);
    connect(port, '127.0.0.1')
      .setEncoding('utf8')
      .on('data', (text: string) => (answer += text))
      .on('end', () => resolve(answer))
      .on('error', reject)
      .write(`${body === undefined ? 'GET' : 'POST'} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`);
  });
}
