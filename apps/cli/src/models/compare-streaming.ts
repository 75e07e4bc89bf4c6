import { collectMessage, type CollectedMessage } from '@openclaw/provider';
import type { Runtime } from '@openclaw/runtime/internal';

/** How a streamed and a whole answer to the same request differ. */
export type StreamingComparison =
  | { readonly type: 'equal' }
  /** Neither answer has a tool call, so nothing is known about streams with tools. */
  | { readonly type: 'no-tool-call' }
  | { readonly type: 'different'; readonly streamed: string; readonly whole: string };

interface CompareOptions {
  readonly model: string;
  readonly signal: AbortSignal;
}

/** The same seed and no randomness, so that only the transport differs. */
const REQUEST = {
  messages: [{ role: 'user', content: 'What is the weather in Oslo? Call the tool get_weather.' }],
  tools: [
    {
      name: 'get_weather',
      description: 'Returns the current weather of a city.',
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  ],
  temperature: 0,
  seed: 1,
  // A model that thinks for longer is stopped.
  maxTokens: 2048,
} as const;

/**
 * Asks a model for the same tool call streamed and whole. Some releases of Ollama lose or garble tool calls of streams.
 * @throws {ProviderError} if a request fails
 */
export async function compareStreaming(
  runtime: Runtime,
  { model, signal }: CompareOptions,
): Promise<StreamingComparison> {
  const ask = (streaming: boolean): Promise<CollectedMessage> =>
    collectMessage(runtime.chat({ ...REQUEST, model, streaming }, { signal }));
  // One after the other: a server with one slot cannot answer both.
  const whole = await ask(false);
  const streamed = await ask(true);
  if (whole.toolCalls.length + streamed.toolCalls.length === 0) return { type: 'no-tool-call' };
  const [one, other] = [describeAnswer(whole), describeAnswer(streamed)];
  return one === other ? { type: 'equal' } : { type: 'different', streamed: other, whole: one };
}

/** What must be equal: the calls, or the text without one, and the mistakes that were repaired. */
function describeAnswer({ toolCalls, text, repairs, finishReason }: CollectedMessage): string {
  const calls = toolCalls.map(({ name, argumentsText, problem }) => `${name}(${problem ?? canonical(argumentsText)})`);
  const said = calls.length > 0 ? `called ${calls.join(' and ')}` : `no tool call, text "${text.trim().slice(0, 80)}"`;
  const repaired = [...new Set(repairs.map(({ repair }) => repair))].toSorted();
  return [said, finishReason, ...(repaired.length > 0 ? [`repaired ${repaired.join(', ')}`] : [])].join('; ');
}

/** White space of arguments is not content. A call without arguments may have an empty text. */
function canonical(json: string): string {
  return json.trim() === '' ? '{}' : JSON.stringify(JSON.parse(json));
}
