import { ProviderError } from '@openclaw/provider';
import type { Attempt, ResponseFormat, StreamEvent } from '@openclaw/provider';
import type { Ask } from './enforce-tool-choice.ts';
import type { RuntimeChatRequest } from './runtime.ts';

export interface EnforceResponseFormatOptions {
  readonly ask: Ask;
  /** Whether the server of a model (by its reference) may ignore the format. Other answers are not held back. */
  readonly mayIgnoreFormat: (model: string) => boolean;
}

/**
 * Enforces `responseFormat` for servers that may ignore it: Ollama does not apply it to an answer of a reasoning model that has no
 * reasoning. The answer is held back until it is complete and checked. If it does not match, the model is asked once more without
 * reasoning, to which Ollama applies the format. The second failure is the last event: `invalid-response`.
 */
export function enforceResponseFormat(
  request: RuntimeChatRequest,
  options: EnforceResponseFormatOptions,
): AsyncIterable<StreamEvent> {
  const { responseFormat: format } = request;
  if (format === undefined || format.type === 'text' || format.type === 'raw') return options.ask(request);
  return requireFormat(request, { ...options, format });
}

/** The most characters of an answer that are held back; a longer one is delivered without a check. */
const MAX_HELD_CHARACTERS = 1_000_000;

/** Describes what is wrong with a text; `undefined` if nothing is. */
type FormatCheck = (text: string) => string | undefined;

async function* requireFormat(
  request: RuntimeChatRequest,
  { ask, mayIgnoreFormat, format }: EnforceResponseFormatOptions & { readonly format: ResponseFormat },
): AsyncGenerator<StreamEvent> {
  const check = await createFormatCheck(format);
  let attempts: readonly Attempt[] = [];
  let model = 'The model';
  let problem: string | undefined;
  for (const asked of [request, { ...request, reasoningEffort: 'none' }]) {
    let held: StreamEvent[] | undefined;
    let text = '';
    problem = undefined;
    for await (const event of ask(asked)) {
      if (event.type === 'start') {
        model = event.model;
        const answered = { ...event, attempts: [...attempts, ...(event.attempts ?? [])] };
        attempts = answered.attempts;
        if (mayIgnoreFormat(model)) held = [answered];
        else yield answered;
      } else if (held === undefined) {
        yield event;
      } else {
        if (event.type === 'text-delta') text += event.text;
        if (event.type === 'finish' && event.reason === 'stop') problem = check(text);
        if (problem === undefined) held.push(event);
        if (event.type === 'finish' || event.type === 'error' || text.length > MAX_HELD_CHARACTERS) {
          if (problem === undefined) yield* held;
          held = undefined;
        }
      }
    }
    if (problem === undefined) return;
    const failed = attempts.at(-1);
    if (failed === undefined) continue;
    const rejected: Attempt = {
      ...failed,
      outcome: 'invalid-response',
      message: `Its answer is not of the requested form: ${problem}`,
    };
    attempts = [...attempts.slice(0, -1), rejected];
    if (asked === request) yield { type: 'fallback', failed: rejected, next: rejected.model };
  }
  const message = `${model} was asked twice, and its answer is not of the form that \`response_format\` requires: ${problem} Ask a model that is better at it.`;
  yield { type: 'error', error: new ProviderError('invalid-response', message, { model }) };
}

/** The checker is loaded when a request first needs it. */
async function createFormatCheck(format: ResponseFormat): Promise<FormatCheck> {
  const { createSchemaCheck } = await import('@openclaw/stream-repair');
  const checkSchema = createSchemaCheck(format.type === 'json-schema' ? format.schema : undefined);
  return (text) => {
    try {
      const problem = checkSchema(JSON.parse(text));
      return problem === undefined ? undefined : sentence(problem);
    } catch (error) {
      if (error instanceof SyntaxError) return 'it is not JSON.';
      throw error;
    }
  };
}

function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`;
}
