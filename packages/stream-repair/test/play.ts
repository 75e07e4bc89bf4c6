import type { FinishReason, StreamEvent } from '@openclaw/provider';
import { repairStream } from '../src/repair-stream.ts';
import type { RepairStreamOptions } from '../src/repair-stream.ts';
import { TOOLS } from './tools.ts';

/** The summary of a stream. */
export interface Played {
  readonly text: string;
  readonly reasoning: string;
  readonly calls: readonly (readonly [name: string, args: unknown])[];
  readonly problems: readonly string[];
  readonly repairs: readonly string[];
  readonly finish: FinishReason | undefined;
}

/** Repairs an answer of these text deltas, and summarizes it. */
export async function playTexts(
  texts: readonly string[],
  { reason = 'stop', ...options }: RepairStreamOptions & { readonly reason?: FinishReason } = {},
): Promise<Played> {
  return summarize(await repairAll([...texts.map(textDelta), { type: 'finish', reason }], options));
}

/** Repairs these events after a `start`. */
export async function repairAll(
  events: readonly StreamEvent[],
  options: RepairStreamOptions = {},
): Promise<StreamEvent[]> {
  let calls = 0;
  const repaired: StreamEvent[] = [];
  const generateId = (): string => `call_${(calls += 1)}`;
  for await (const event of repairStream(play(events), { tools: TOOLS, generateId, ...options })) repaired.push(event);
  return repaired;
}

/** The events of an answer, after a `start`. */
export async function* play(events: readonly StreamEvent[]): AsyncGenerator<StreamEvent> {
  yield { type: 'start', model: 'm' };
  for (const event of events) yield event;
}

/** Summarizes events. */
export function summarize(events: readonly StreamEvent[]): Played {
  const finish = events.find((event) => event.type === 'finish');
  const ends = events.filter((event) => event.type === 'tool-call-end');
  return {
    text: events.map((event) => (event.type === 'text-delta' ? event.text : '')).join(''),
    reasoning: events.map((event) => (event.type === 'reasoning-delta' ? event.text : '')).join(''),
    calls: ends.map((end) => [end.name, parsed(end.argumentsText)]),
    problems: ends.flatMap(({ problem }) => problem ?? []),
    repairs: events.flatMap((event) => (event.type === 'repair' ? event.repair : [])),
    finish: finish?.reason,
  };
}

/** Every way to cut a text in two, and the text in single characters. */
export function waysToCut(text: string): (readonly string[])[] {
  const pairs = Array.from({ length: Math.max(0, text.length - 1) }, (_, index) => [
    text.slice(0, index + 1),
    text.slice(index + 1),
  ]);
  return [text === '' ? [] : [text], text.split(''), ...pairs];
}

/**
 * Plays a text in every way to cut it, and returns the first cut of each outcome. All cuts should have one outcome, and
 * an assertion for each cut takes longer than the repair.
 */
export async function playEveryCut(
  text: string,
  options: RepairStreamOptions = {},
): Promise<(Played & { readonly texts: readonly string[] })[]> {
  const outcomes = new Map<string, Played & { readonly texts: readonly string[] }>();
  for (const texts of waysToCut(text)) {
    const played = await playTexts(texts, options);
    const key = JSON.stringify(played);
    if (!outcomes.has(key)) outcomes.set(key, { ...played, texts });
  }
  return [...outcomes.values()];
}

export function textDelta(text: string): StreamEvent {
  return { type: 'text-delta', text };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
