import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { exchange, type RecordedRequest } from './real-servers/exchange.ts';
import { type ExchangeShape, shapeOf } from './real-servers/shape-of.ts';
import { playTape, tapeModels } from './real-servers/tape-models.ts';
import { start } from './simulator-client.ts';

/** The requests that were sent to real servers, and the shapes of what each release answered. */
const { tools, requests }: { tools: unknown; requests: readonly RecordedRequest[] } = fixture('requests.json');

/** The simulator says on its first page that it is one. */
const NOT_COMPARED = new Set(['root']);

describe.each(['0.6.5', '0.12.6', '0.17.4'])('Ollama %s', (version) => {
  const recorded: Readonly<Record<string, ExchangeShape>> = fixture(`ollama-${version}.json`);

  test('the simulator answers the recorded requests with responses of the same shape', async () => {
    const simulator = await start({ version, models: tapeModels(version), reply: playTape });
    const answered: Record<string, ExchangeShape> = {};
    for (const request of requests) answered[request.name] = shapeOf(await exchange(simulator.url, withTools(request)));
    for (const name of NOT_COMPARED) delete answered[name];
    const compared = Object.entries(recorded).filter(([name]) => !NOT_COMPARED.has(name));
    expect(compared).toHaveLength(180);
    expect(answered).toEqual(Object.fromEntries(compared));
  });
});

/** The requests share one list of tools. */
function withTools({ body, ...request }: RecordedRequest): RecordedRequest {
  return typeof body === 'object' && body !== null && 'tools' in body && body.tools === 'TOOLS'
    ? { ...request, body: { ...body, tools } }
    : { ...request, body };
}

function fixture(name: string): any {
  return JSON.parse(readFileSync(new URL(`fixtures/real-servers/${name}`, import.meta.url), 'utf8'));
}
