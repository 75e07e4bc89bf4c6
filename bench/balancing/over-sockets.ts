/**
 * The same comparison over sockets: the real runtime in front of simulated Ollama servers, which count loads and reused
 * prompt tokens themselves. Loads take a third of a second, so the counts mean something and the times do not.
 */
import { parseConfig } from '@openclaw/config';
import type { LoadedConfig } from '@openclaw/config';
import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import type { OllamaSimulator } from '@openclaw/ollama-simulator';
import { collectMessage } from '@openclaw/provider';
import type { ChatMessage } from '@openclaw/provider';
import { createRuntime } from '../../packages/runtime/src/create-runtime.ts';
import type { Runtime } from '../../packages/runtime/src/runtime.ts';
import { createSeededRandom } from './seeded-random.ts';
import { makeTrace } from './trace.ts';
import type { Conversation, Trace } from './trace.ts';

/** What servers counted. */
interface SocketFigures {
  readonly requests: number;
  readonly failed: number;
  readonly loads: number;
  readonly readTokens: number;
  readonly rereadTokens: number;
}

interface SocketScenario {
  readonly seed: number;
  readonly hostCount: number;
  readonly modelCount: number;
  readonly clientCount: number;
  readonly conversationsPerClient: number;
}

/** `planned`: the runtime plans the context of each request. */
const WINDOWS = process.argv[2] === 'planned' ? 'planned' : 'fixed';
const LOAD_MS = 300;
/** Of the pauses in the trace, so that a run takes half a minute. */
const TIME_SCALE = 1 / 50;

/** Runs a trace. `endpoints`: one provider with all servers as endpoints. `round robin`: one provider per server, in turns. */
async function runOverSockets(
  scenario: SocketScenario,
  { choice }: { readonly choice: 'endpoints' | 'round robin' },
): Promise<SocketFigures> {
  const trace = makeTrace(scenario);
  const servers = await Promise.all(Array.from({ length: scenario.hostCount }, () => startServer(trace)));
  const runtime = openRuntime(servers, choice);
  let requests = 0;
  let failed = 0;
  let newTokens = 0;

  async function run(client: string, conversation: Conversation): Promise<void> {
    const messages: ChatMessage[] = [
      { role: 'system', content: text(conversation.program, conversation.programTokens) },
    ];
    let unread = conversation.programTokens;
    for (const [index, turn] of conversation.turns.entries()) {
      await new Promise((resolve) => setTimeout(resolve, turn.pauseMs * TIME_SCALE));
      messages.push({ role: 'user', content: text(`${conversation.id} ${index}`, turn.newTokens) });
      newTokens += unread + turn.newTokens;
      unread = 0;
      const provider = choice === 'endpoints' ? 'lab' : `lab${requests % servers.length}`;
      requests++;
      const request = { model: `${provider}/${conversation.model}:latest`, messages: [...messages], client };
      const answer = await collectMessage(runtime.chat(request)).catch(() => undefined);
      if (answer === undefined) failed++;
      messages.push({ role: 'assistant', content: answer?.text ?? '' });
    }
  }

  try {
    await Promise.all(
      trace.clients.map(async ({ name, startsAt, conversations }) => {
        await new Promise((resolve) => setTimeout(resolve, startsAt * TIME_SCALE));
        for (const conversation of conversations) await run(name, conversation);
      }),
    );
    const counts = servers.map((server) => server.counts());
    const readTokens = sum(counts.map(({ promptTokens, reusedTokens }) => promptTokens - reusedTokens));
    return {
      requests,
      failed,
      loads: sum(counts.map(({ loads }) => loads)),
      readTokens,
      rereadTokens: Math.max(0, readTokens - newTokens),
    };
  } finally {
    await runtime.close();
    await Promise.all(servers.map((server) => server.close()));
  }
}

function startServer({ models }: Trace): Promise<OllamaSimulator> {
  return startOllamaSimulator({
    models: models.map(({ name }) => ({
      name,
      loadMs: LOAD_MS,
      contextLength: 131_072,
      // A growing conversation with planned windows loads its model again, wherever it is.
      ...(WINDOWS === 'fixed' && { parameters: 'num_ctx 131072' }),
    })),
    maxLoaded: 2,
    parallel: 4,
    reply: () => 'Done.',
  });
}

function openRuntime(servers: readonly OllamaSimulator[], choice: 'endpoints' | 'round robin'): Runtime {
  const shared = { api: 'ollama', discover: true, maxConcurrent: 4, maxQueued: 1000 };
  const endpoints = servers.map(({ url }, index) => ({ baseUrl: url, name: `host${index}` }));
  const providers =
    choice === 'endpoints'
      ? { lab: { ...shared, endpoints } }
      : Object.fromEntries(endpoints.map(({ baseUrl }, index) => [`lab${index}`, { ...shared, baseUrl }]));
  const loaded: LoadedConfig = {
    ...parseConfig(JSON.stringify({ models: { providers } })),
    path: '/nowhere/openclaw.json',
    exists: false,
    files: [],
    emptyFiles: [],
    stateDir: '/nowhere',
    profile: undefined,
    authProfiles: {},
    authProfilePaths: [],
    environmentPaths: [],
  };
  return createRuntime({ loaded });
}

/** A text of so many tokens that begins like no other. */
function text(name: string, tokens: number): string {
  const random = createSeededRandom(Buffer.from(name).reduce((hash, byte) => (hash * 31 + byte) % 2 ** 31, 7));
  const word = () => random.integer(0, 999).toString().padStart(3, '0');
  return Array.from({ length: Math.max(1, tokens) }, word).join(' ');
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

const scenario = { seed: 17, hostCount: 4, modelCount: 8, clientCount: 12, conversationsPerClient: 3 };
for (const choice of ['round robin', 'endpoints'] as const) {
  const { requests, failed, loads, readTokens, rereadTokens } = await runOverSockets(scenario, { choice });
  process.stdout.write(
    `${choice}: ${requests} requests (${failed} failed), ${loads} loads, ${readTokens} prompt tokens read, ${rereadTokens} of them again\n`,
  );
}
