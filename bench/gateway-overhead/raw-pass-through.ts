/**
 * The fastest proxy in Node: it only copies bytes (`PARSE=0`), or also parses and serialises the JSON (`PARSE=1`),
 * which is the minimum work of a gateway.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent } from 'undici';

const upstream = String(process.env['UPSTREAM']);
const parsing = process.env['PARSE'] === '1';
const agent = new Agent({ connections: 1024, pipelining: 1 });

createServer((request, response) => {
  if (request.method === 'GET') {
    response.end();
    return;
  }
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const body = Buffer.concat(parts);
    forward(request, response, parsing ? JSON.stringify(JSON.parse(body.toString())) : body);
  });
}).listen(Number(process.env['PORT']), '127.0.0.1', () => console.log('ready'));

function forward(request: IncomingMessage, response: ServerResponse, body: string | Buffer): void {
  let isStream = false;
  let rest = '';
  const parts: Buffer[] = [];
  agent.dispatch(
    {
      origin: upstream,
      path: request.url ?? '/',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    },
    {
      onRequestStart(controller) {
        response.on('close', () => response.writableFinished || controller.abort(new Error('client left')));
      },
      onResponseStart(_controller, status, headers) {
        const type = String(headers['content-type']);
        isStream = type.startsWith('text/event-stream');
        if (isStream || !parsing) response.writeHead(status, { 'content-type': type });
      },
      onResponseData(_controller, part) {
        if (!parsing) response.write(part);
        else if (isStream) response.write(parseEvents(part.toString()));
        else parts.push(part);
      },
      onResponseEnd() {
        if (!parsing || isStream) {
          response.end();
          return;
        }
        const text = JSON.stringify(JSON.parse(Buffer.concat(parts).toString()));
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
        response.end(text);
      },
      onResponseError() {
        response.destroy();
      },
    },
  );

  function parseEvents(text: string): string {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    let out = '';
    for (const line of lines) {
      if (!line.startsWith('data: ')) continue;
      const data = line.slice(6);
      out += data === '[DONE]' ? 'data: [DONE]\n\n' : `data: ${JSON.stringify(JSON.parse(data))}\n\n`;
    }
    return out;
  }
}
