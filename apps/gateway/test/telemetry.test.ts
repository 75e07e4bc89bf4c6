import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startLogged } from './start-logged.ts';
import { say } from './start-stack.ts';
import type { StackOptions } from './start-stack.ts';

vi.setConfig({ testTimeout: 60_000 });

type Json = Record<string, unknown>;

interface Span {
  readonly name: string;
  readonly kind: number;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly status: { readonly code?: number; readonly message?: string };
  readonly attributes: Json;
}

/** Receives what the gateway exports, as JSON, or as protobuf, whose texts can be searched. */
async function startReceiver(status = 200) {
  const bodies: { readonly path: string; readonly headers: IncomingMessage['headers']; readonly body: Buffer }[] = [];
  const server = createServer((request, response) => {
    void buffer(request).then((body) => {
      bodies.push({ path: request.url ?? '', headers: request.headers, body });
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const parsed = (path: string) =>
    bodies.filter((one) => one.path === path).map(({ body }) => JSON.parse(body.toString()) as Json);
  const list = (value: unknown, key: string) => ((value as Json)[key] ?? []) as Json[];
  return {
    url,
    bodies,
    spans: (): Span[] =>
      parsed('/v1/traces')
        .flatMap((body) => list(body, 'resourceSpans'))
        .flatMap((resource) => list(resource, 'scopeSpans'))
        .flatMap((scope) => list(scope, 'spans'))
        .map((span) => ({ ...span, attributes: attributesOf(span) }) as unknown as Span),
    metrics: (): Json[] =>
      parsed('/v1/metrics')
        .flatMap((body) => list(body, 'resourceMetrics'))
        .flatMap((resource) => list(resource, 'scopeMetrics'))
        .flatMap((scope) => list(scope, 'metrics')),
    resource: () => attributesOf(list(parsed('/v1/traces')[0], 'resourceSpans')[0]?.['resource']),
  };
}

function attributesOf(value: unknown): Json {
  const { attributes = [] } = value as { attributes?: { key: string; value: Json }[] };
  return Object.fromEntries(attributes.map(({ key, value: typed }) => [key, Object.values(typed)[0]]));
}

/** The first model fails, and the second one answers. */
const agents = {
  defaults: { model: { primary: 'ollama/gpt-oss:20b', fallbacks: ['ollama/qwen3:8b'] } },
};
const reply: NonNullable<StackOptions['simulator']>['reply'] = ({ model }) =>
  model === 'gpt-oss:20b'
    ? [{ error: { message: 'the runner of the SECRET prompt has crashed', status: 500 } }]
    : 'The SECRET answer.';

function start(otel: object, more: object = {}) {
  const tokens = { ci: { token: 'SECRET-token' } };
  return startLogged({
    config: { agents, diagnostics: { otel }, gateway: { auth: { token: 'owner', tokens } }, ...more },
    simulator: { reply },
  });
}

const AUTHORIZED = { authorization: 'Bearer SECRET-token' };

test('a request is a span, and each attempt a child of it', async () => {
  const receiver = await startReceiver();
  const otel = { endpoint: receiver.url, protocol: 'http/json', serviceName: 'desk', headers: { 'x-key': 'k' } };
  const { gateway, chat, simulator } = await start(otel);
  const traceId = '0af7651916cd43dd8448eb211c80319c';
  const headers = { ...AUTHORIZED, traceparent: `00-${traceId}-b7ad6b7169203331-01`, 'x-request-id': 'req-7' };
  const response = await chat({ messages: say('A SECRET question.'), stream: true }, { headers });
  expect(await response.text()).toContain('SECRET answer');
  await gateway.close();

  const [root, failed, answered, ...others] = receiver
    .spans()
    .toSorted(
      (one, other) => one.kind - other.kind || Number(BigInt(one.startTimeUnixNano) - BigInt(other.startTimeUnixNano)),
    );
  expect(others).toEqual([]);
  expect(root).toMatchObject({
    name: 'POST /v1/chat/completions',
    kind: 2,
    traceId,
    parentSpanId: 'b7ad6b7169203331',
    attributes: {
      'http.request.method': 'POST',
      'http.route': '/v1/chat/completions',
      'http.response.status_code': 200,
      'openclaw.request.id': 'req-7',
      'openclaw.client': 'ci',
      'openclaw.model': 'ollama/qwen3:8b',
      'openclaw.attempts': 2,
    },
  });
  const shared = { kind: 3, traceId, parentSpanId: root?.spanId };
  const server = { 'server.address': '127.0.0.1', 'server.port': Number(new URL(simulator.url).port) };
  expect(failed).toMatchObject({
    ...shared,
    name: 'chat gpt-oss:20b',
    status: { code: 2 },
    attributes: {
      ...server,
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'ollama',
      'gen_ai.request.model': 'gpt-oss:20b',
      'error.type': 'server-error',
    },
  });
  expect(answered).toMatchObject({
    ...shared,
    name: 'chat qwen3:8b',
    attributes: {
      ...server,
      'gen_ai.request.model': 'qwen3:8b',
      'gen_ai.response.model': 'qwen3:8b',
      'gen_ai.request.stream': true,
      'gen_ai.usage.input_tokens': expect.any(Number),
      'gen_ai.usage.output_tokens': expect.any(Number),
    },
  });
  for (const span of [failed, answered]) {
    expect(BigInt(span?.startTimeUnixNano ?? 0) <= BigInt(span?.endTimeUnixNano ?? 0)).toBe(true);
    expect(BigInt(span?.endTimeUnixNano ?? 0) <= BigInt(root?.endTimeUnixNano ?? 0)).toBe(true);
  }
  expect(receiver.resource()).toMatchObject({ 'service.name': 'desk' });
  expect(receiver.bodies[0]?.headers['x-key']).toBe('k');
  expect(Buffer.concat(receiver.bodies.map(({ body }) => body)).toString()).not.toContain('SECRET');
});

test('metrics have the names of the conventions', async () => {
  const receiver = await startReceiver();
  const { gateway, chat } = await start({ endpoint: receiver.url, protocol: 'http/json' });
  await (await chat({ stream: true }, { headers: AUTHORIZED })).text();
  await gateway.close();
  const metrics = receiver.metrics();
  const names = metrics.map(({ name }) => name);
  expect(new Set(names)).toEqual(
    new Set([
      'gen_ai.client.operation.duration',
      'gen_ai.client.operation.time_to_first_chunk',
      'gen_ai.client.token.usage',
      'http.server.request.duration',
      'openclaw.circuits.open',
      'openclaw.provider.running',
      'openclaw.queue.length',
      'openclaw.requests.in_flight',
    ]),
  );
  const points = (name: string) => {
    const { histogram } = metrics.find((metric) => metric['name'] === name) as { histogram: { dataPoints: Json[] } };
    return histogram.dataPoints.map(attributesOf);
  };
  expect(points('gen_ai.client.token.usage')).toEqual([
    expect.objectContaining({
      'gen_ai.token.type': 'input',
      'gen_ai.request.model': 'qwen3:8b',
      'openclaw.client': 'ci',
    }),
    expect.objectContaining({ 'gen_ai.token.type': 'output' }),
  ]);
  expect(points('gen_ai.client.operation.duration')).toEqual([
    expect.objectContaining({ 'gen_ai.request.model': 'gpt-oss:20b', 'error.type': 'server-error' }),
    expect.objectContaining({ 'gen_ai.request.model': 'qwen3:8b' }),
  ]);
  expect(points('http.server.request.duration')).toEqual([
    expect.objectContaining({ 'http.route': '/v1/chat/completions', 'http.response.status_code': 200 }),
  ]);
});

test('requests that are passed on are spans, too, and probes are none', async () => {
  const receiver = await startReceiver();
  const { gateway } = await start({ endpoint: receiver.url, protocol: 'http/json', metrics: false });
  await fetch(`${gateway.url}/healthz`);
  const init = { method: 'POST', headers: AUTHORIZED, body: JSON.stringify({ model: 'nomic-embed-text', input: 'a' }) };
  await (await fetch(`${gateway.url}/v1/embeddings`, init)).text();
  expect((await fetch(`${gateway.url}/v1/models`)).status).toBe(401);
  await gateway.close();
  const spans = receiver.spans();
  expect(spans.map(({ name }) => name).toSorted()).toEqual([
    'GET /v1/models',
    'POST /v1/embeddings',
    'embeddings nomic-embed-text:latest',
  ]);
  expect(spans.find(({ name }) => name === 'GET /v1/models')?.attributes).toMatchObject({
    'error.type': 'unauthorized',
  });
  expect(receiver.bodies.every(({ path }) => path === '/v1/traces')).toBe(true);
});

test.each([
  [true, /^00-0af7651916cd43dd8448eb211c80319c-[0-9a-f]{16}-01$/],
  [false, undefined],
])('requests to model servers carry the trace context if wanted: %j', async (propagate, expected) => {
  const receiver = await startReceiver();
  const { gateway, chat, simulator } = await start({ endpoint: receiver.url, protocol: 'http/json', propagate });
  const headers = { ...AUTHORIZED, traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' };
  await (await chat({}, { headers })).text();
  for (const [path, body] of [
    ['/v1/embeddings', { model: 'nomic-embed-text', input: 'a' }],
    ['/api/embed', { model: 'nomic-embed-text', input: 'a' }],
  ] as const)
    await (await fetch(gateway.url + path, { method: 'POST', headers, body: JSON.stringify(body) })).text();
  const models = ['/v1/chat/completions', '/api/chat', '/v1/embeddings', '/api/embed'];
  const asked = models.flatMap((path) => simulator.journal.of(path));
  expect(asked).toHaveLength(4);
  for (const request of asked) {
    if (expected === undefined) expect(request.headers['traceparent']).toBeUndefined();
    else expect(request.headers['traceparent']).toMatch(expected);
  }
});

test('protobuf is the default', async () => {
  const receiver = await startReceiver();
  const { gateway, chat } = await start({ endpoint: receiver.url });
  await (await chat({}, { headers: AUTHORIZED })).text();
  await gateway.close();
  expect(receiver.bodies.map(({ headers }) => headers['content-type'])).toContain('application/x-protobuf');
  const sent = Buffer.concat(receiver.bodies.map(({ body }) => body)).toString('latin1');
  for (const text of ['chat gpt-oss:20b', 'chat qwen3:8b', 'gen_ai.client.token.usage', 'service.name'])
    expect(sent).toContain(text);
  expect(sent).not.toContain('SECRET');
});

test.each([
  ['fails', 500],
  ['refuses', 400],
])('a collector that %s neither stops requests nor the end, and is logged', async (_, status) => {
  const receiver = await startReceiver(status);
  const { gateway, chat, lines } = await start({ endpoint: receiver.url, protocol: 'http/json' });
  expect((await chat({}, { headers: AUTHORIZED })).status).toBe(200);
  await gateway.close();
  expect(lines.filter(({ msg }) => msg === 'telemetry could not be exported')).toHaveLength(1);
  expect(lines.at(-1)?.msg).toBe('stopped');
});

test('a collector that never answers does not keep the gateway from stopping', async () => {
  const server = createServer(() => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { gateway, chat } = await start({ endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  expect((await chat({}, { headers: AUTHORIZED })).status).toBe(200);
  await gateway.close();
});

test('a setting that cannot be used is logged', async () => {
  const { lines, chat } = await start({ enabled: true, protocol: 'grpc' });
  expect((await chat({}, { headers: AUTHORIZED })).status).toBe(200);
  expect(lines.filter(({ msg }) => msg === 'telemetry is not exported')).toHaveLength(2);
});
