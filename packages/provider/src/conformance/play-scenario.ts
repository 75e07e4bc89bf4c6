import type { Provider, ProviderRequest } from '../provider.ts';
import type { StreamEvent } from '../stream-event.ts';
import { collectEvents } from './collect-events.ts';
import type { ConformanceScenario, ProviderConformanceOptions } from './conformance-scenario.ts';

/** What all tests of one way to ask share. */
export interface ConformanceContext {
  readonly start: ProviderConformanceOptions['start'];
  /** Whether the server is asked for a stream. */
  readonly streaming: boolean;
}

/** A server during one test. */
export interface PlayedServer {
  readonly provider: Provider;
  readonly model: string;
  readonly assignsCallIds: boolean;
  readonly requests: () => number;
  readonly stalled: () => Promise<unknown>;
  readonly clientLeft: () => Promise<unknown>;
  readonly request: ProviderRequest;
  /** Reads an answer to its end. Throws if it violates the grammar. */
  readonly answer: (options?: { readonly signal?: AbortSignal }) => Promise<StreamEvent[]>;
}

export interface PlayOptions extends ConformanceContext {
  readonly test: (server: PlayedServer) => Promise<void>;
}

/** Runs a test with a server that plays a scenario, and closes the server. */
export async function playScenario(
  scenario: ConformanceScenario,
  { start, streaming, test }: PlayOptions,
): Promise<void> {
  const server = await start(scenario);
  const request: ProviderRequest = {
    model: server.model,
    messages: [{ role: 'user', content: 'Hello?' }],
    tools: ['get_weather', 'read_file'].map((name) => ({ name, parameters: { type: 'object' } })),
    streaming,
  };
  try {
    await test({
      provider: server.provider,
      model: server.model,
      assignsCallIds: server.assignsCallIds ?? false,
      requests: () => server.requests(),
      stalled: () => server.stalled(),
      clientLeft: () => server.clientLeft(),
      request,
      answer: (options) => collectEvents(server.provider.stream(request, options)),
    });
  } finally {
    await server.close?.();
  }
}
