import { createMemoryCircuitStore } from '@openclaw/model-selection';
import type { StreamEvent } from '@openclaw/provider';
import { expect, test } from 'vitest';
import { eventsOf, primary, providers, say, startRuntime, startSimulator } from '../test/start-runtime.ts';
import type { SharedState } from './shared-state.ts';

/** Another process has served every conversation at the last endpoint. */
function createSharedState(): { readonly state: SharedState; readonly remembered: readonly string[] } {
  const remembered: string[] = [];
  const state: SharedState = {
    circuits: createMemoryCircuitStore(),
    permits: { acquire: async () => () => undefined },
    affinity: {
      find: async (_key, { endpoints }) => endpoints.at(-1),
      remember(_key, { endpoint }) {
        remembered.push(endpoint);
      },
    },
  };
  return { state, remembered };
}

const endpointOf = (events: readonly StreamEvent[]) =>
  events.find((event) => event.type === 'start')?.attempts?.at(-1)?.endpointName;

test('a conversation goes to the endpoint that served it in another process', async () => {
  const servers = [await startSimulator({ reply: () => 'Hello.' }), await startSimulator({ reply: () => 'Hello.' })];
  const endpoints = servers.map(({ url }, index) => ({ baseUrl: url, name: `host-${index}` }));
  const config = { ...providers({ lab: { api: 'ollama', endpoints } }), ...primary('lab/llama3.3:latest') };
  const { state, remembered } = createSharedState();
  const runtime = startRuntime({ config });
  runtime.share(state);
  // Both have the model in memory, so that nothing but the conversation decides. By their hashes, half of these
  // conversations would go to the first.
  for (const server of servers) server.load('llama3.3:latest');
  for (let index = 0; index < 8; index++) {
    const events = await eventsOf(runtime.chat(say(`conversation ${index}`)));
    expect(endpointOf(events)).toBe('host-1');
  }
  expect(remembered).toEqual(Array(8).fill(`${servers[1]?.url}/v1`));
});
