import type { ProviderError } from '../provider-error.ts';
import type { FinishReason, StreamEvent } from '../stream-event.ts';
import { checkedStream } from './stream-grammar.ts';

/** Collects the events of a stream. Throws if the stream violates the grammar. */
export async function collectEvents(events: AsyncIterable<StreamEvent>): Promise<StreamEvent[]> {
  const collected: StreamEvent[] = [];
  for await (const event of checkedStream(events)) collected.push(event);
  return collected;
}

/** An answer with joined deltas, for comparisons independent of chunking. */
export interface JoinedAnswer {
  readonly model: string | undefined;
  /** Text, reasoning and calls in their order; adjacent parts of the same kind are joined. */
  readonly said: readonly (
    | { readonly text: string }
    | { readonly reasoning: string }
    | { readonly call: { readonly id: string; readonly name: string; readonly argumentsText: string } }
  )[];
  readonly text: string;
  readonly reasoning: string;
  readonly calls: readonly { readonly id: string; readonly name: string; readonly argumentsText: string }[];
  readonly finish: FinishReason | undefined;
  readonly error: ProviderError | undefined;
}

/** Joins the deltas of a stream. A call is placed where it ended. */
export function joinDeltas(events: readonly StreamEvent[]): JoinedAnswer {
  const said: ({ text: string } | { reasoning: string } | { call: JoinedAnswer['calls'][number] })[] = [];
  let model: string | undefined;
  let finish: FinishReason | undefined;
  let error: ProviderError | undefined;
  for (const event of events) {
    const last = said.at(-1);
    if (event.type === 'start') model = event.model;
    else if (event.type === 'finish') finish = event.reason;
    else if (event.type === 'error') error = event.error;
    else if (event.type === 'text-delta') {
      if (last !== undefined && 'text' in last) last.text += event.text;
      else said.push({ text: event.text });
    } else if (event.type === 'reasoning-delta') {
      if (last !== undefined && 'reasoning' in last) last.reasoning += event.text;
      else said.push({ reasoning: event.text });
    } else if (event.type === 'tool-call-end') {
      said.push({ call: { id: event.id, name: event.name, argumentsText: event.argumentsText } });
    }
  }
  return {
    model,
    said,
    text: said.map((each) => ('text' in each ? each.text : '')).join(''),
    reasoning: said.map((each) => ('reasoning' in each ? each.reasoning : '')).join(''),
    calls: said.flatMap((each) => ('call' in each ? [each.call] : [])),
    finish,
    error,
  };
}
