import { createSeededRandom } from './seeded-random.ts';

/** What is asked for, whatever answers it. */
export interface Trace {
  readonly models: readonly TracedModel[];
  readonly clients: readonly TracedClient[];
}

export interface TracedModel {
  readonly name: string;
  readonly loadMs: number;
  /** Tokens per second. */
  readonly readRate: number;
  readonly sayRate: number;
}

/** A client has its conversations one after the other, each turn after the answer to the one before. */
export interface TracedClient {
  /** For the queue. Several may be the same program. */
  readonly name: string;
  readonly startsAt: number;
  readonly conversations: readonly Conversation[];
}

export interface Conversation {
  readonly id: string;
  readonly model: string;
  /** Conversations of one program begin with the same instructions and tools. */
  readonly program: string;
  readonly programTokens: number;
  readonly turns: readonly Turn[];
}

export interface Turn {
  /** Between the answer before and this turn. */
  readonly pauseMs: number;
  /** What the turn adds to the prompt. */
  readonly newTokens: number;
  readonly answerTokens: number;
}

export interface TraceOptions {
  readonly seed: number;
  readonly modelCount: number;
  readonly clientCount: number;
  readonly conversationsPerClient: number;
}

/**
 * Makes a trace: a few models get most requests (Zipf), half of the clients are agents that send the next turn at once, the
 * others are people that read and type. One program runs a quarter of the clients, which shows whether it crowds out the rest.
 */
export function makeTrace({ seed, modelCount, clientCount, conversationsPerClient }: TraceOptions): Trace {
  const random = createSeededRandom(seed);
  const models = Array.from({ length: modelCount }, (_, index): TracedModel => {
    const size = random.between(0.5, 2);
    return {
      name: `model-${index}`,
      loadMs: Math.round(10_000 * size),
      readRate: Math.round(1_500 / size),
      sayRate: Math.round(60 / size),
    };
  });
  const popularity = models.map((_, index) => 1 / (index + 1));
  let conversations = 0;

  function makeConversation(isAgent: boolean): Conversation {
    const model = models[random.weighted(popularity)]?.name ?? '';
    const program = isAgent ? `agent-${random.integer(1, 3)}` : 'chat';
    return {
      id: `conversation-${conversations++}`,
      model,
      program: `${program} ${model}`,
      programTokens: isAgent ? 8_000 : 300,
      turns: Array.from({ length: isAgent ? random.integer(5, 15) : random.integer(2, 8) }, () => ({
        pauseMs: Math.round(isAgent ? random.between(200, 3_000) : 2_000 + random.exponential(20_000)),
        newTokens: Math.round(20 + random.exponential(isAgent ? 800 : 150)),
        answerTokens: Math.round(20 + random.exponential(isAgent ? 120 : 250)),
      })),
    };
  }

  const clients = Array.from({ length: clientCount }, (_, index): TracedClient => {
    const isAgent = index % 2 === 0;
    return {
      name: index % 4 === 0 ? 'crowd' : `client-${index}`,
      startsAt: Math.round(random.between(0, 60_000)),
      conversations: Array.from({ length: conversationsPerClient }, () => makeConversation(isAgent)),
    };
  });
  return { models, clients };
}
