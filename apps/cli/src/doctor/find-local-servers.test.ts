import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLightFetch } from '@openclaw/runtime/internal';
import { expect, onTestFinished, test } from 'vitest';
import { commandsForLocalServer, findLocalServers } from './find-local-servers.ts';

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

const json =
  (value: unknown): RequestListener =>
  (request, response) =>
    void (request.url === '/v1/models' ? response.end(JSON.stringify(value)) : response.writeHead(404).end());

test('a server with a list of models is found; other programs are not', async () => {
  const light = createLightFetch();
  onTestFinished(() => light.close());
  const candidates = [
    { id: 'lmstudio', baseUrl: await serve(json({ object: 'list', data: [{ id: 'a' }, { id: 'b' }] })) },
    { id: 'page', baseUrl: await serve((_, response) => void response.end('<html>')) },
    { id: 'other', baseUrl: await serve(json({ ok: true })) },
    { id: 'refusing', baseUrl: await serve((_, response) => void response.writeHead(401).end('{"data":[]}')) },
    { id: 'nothing', baseUrl: 'http://127.0.0.1:9/v1' },
  ];
  const found = await findLocalServers({ fetch: light.fetch, candidates });
  expect(found).toEqual([{ ...candidates[0], modelCount: 2 }]);
  expect(commandsForLocalServer(found[0]!)[0]).toBe(
    `openclaw config set models.providers.lmstudio '{ baseUrl: "${candidates[0]!.baseUrl}", discover: true }'`,
  );
});
