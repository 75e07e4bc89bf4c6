import type { RepairEvent, ToolDefinition } from '@openclaw/provider';
import { createChoiceRepair } from './choice-repair.ts';
import type { ChoiceRepair, RepairedDelta } from './choice-repair.ts';
import type { ChunkChoice, CompletionChunk, CompletionTool } from './completion-chunk.ts';
import type { RepairStreamOptions } from './repair-stream.ts';

export interface RepairChunksOptions extends Omit<RepairStreamOptions, 'tools'> {
  /** The tools of the request, in OpenAI's shape. Without them no text becomes a call. */
  readonly tools?: readonly CompletionTool[] | undefined;
  /** Called with each repair, before the chunks that it explains. */
  readonly onRepair?: ((repair: RepairEvent) => void) | undefined;
}

/**
 * The same as `repairStream` for the chunks of a streamed chat completion, as the `openai` client reads them: chunks in,
 * chunks out. A chunk that needs no repair is passed on unchanged, except that calls come in chunks of their own.
 */
export async function* repairChunks<Chunk extends CompletionChunk>(
  chunks: AsyncIterable<Chunk>,
  { tools = [], generateId = createId, ...options }: RepairChunksOptions = {},
): AsyncGenerator<Chunk, void, undefined> {
  const repairs = new Map<number, ChoiceRepair>();
  const definitions = tools.flatMap(toDefinition);
  let last: Chunk | undefined;
  let failure: { readonly error: unknown } | undefined;

  function repairOf({ index }: ChunkChoice): ChoiceRepair {
    const repair = repairs.get(index) ?? createChoiceRepair({ ...options, tools: definitions, generateId });
    repairs.set(index, repair);
    return repair;
  }

  try {
    for await (const chunk of chunks) {
      if (chunk.choices.length > 0) last = chunk;
      yield* repairChunk(chunk, (choice) => repairOf(choice).push(choice));
    }
  } catch (error) {
    // Held text is emitted before the error that ended the stream is thrown.
    failure = { error };
  }
  for (const [index, repair] of repairs) {
    const [choice] = last?.choices ?? [];
    if (last !== undefined && choice !== undefined)
      yield* repairChunk({ ...last, choices: [{ ...choice, index }] }, () => repair.end());
  }
  if (failure !== undefined) throw failure.error;
}

/** A chunk, or those that replace it: one for each delta. Token counts are in the last one. */
function repairChunk<Chunk extends CompletionChunk>(
  chunk: Chunk,
  repair: (choice: ChunkChoice) => readonly RepairedDelta[] | undefined,
): readonly Chunk[] {
  const results = chunk.choices.map((choice) => ({ choice, deltas: repair(choice) }));
  if (results.every(({ deltas }) => deltas === undefined)) return [chunk];
  const choices = results.flatMap(({ choice, deltas }) =>
    deltas === undefined ? [choice] : deltas.map((each) => ({ ...choice, logprobs: null, ...each })),
  );
  return choices.map((choice, index) => ({
    ...chunk,
    choices: [choice],
    ...('usage' in chunk && index < choices.length - 1 && { usage: null }),
  }));
}

function toDefinition({ function: called }: CompletionTool): readonly ToolDefinition[] {
  if (called === undefined) return [];
  const { name, parameters } = called;
  return [{ name, ...(parameters && { parameters: { ...parameters } }) }];
}

function createId(): string {
  return `call_${crypto.randomUUID().replaceAll('-', '').slice(0, 24)}`;
}
