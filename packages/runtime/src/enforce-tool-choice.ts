import { AllCandidatesFailedError } from '@openclaw/model-selection';
import { ProviderError } from '@openclaw/provider';
import type { Attempt, ChatMessage, StreamEvent, ToolChoice } from '@openclaw/provider';
import { limitToolCalls } from './limit-tool-calls.ts';
import type { RuntimeChatRequest } from './runtime.ts';

/** Asks for one answer. It is called again if the first answer lacks the required tool call. */
export type Ask = (request: RuntimeChatRequest) => AsyncIterable<StreamEvent>;

/**
 * Enforces `toolChoice` and `parallelToolCalls: false`, which many servers ignore (Ollama, all releases). For `none` the tools are left out. For `required`
 * or a named function the answer is held back until the call starts. If it has no such call, the model is asked once more
 * with a reminder; a call that the server dropped counts as none. The second failure is the last event: `invalid-response`.
 */
export function enforceToolChoice(request: RuntimeChatRequest, ask: Ask): AsyncIterable<StreamEvent> {
  const { toolChoice = 'auto', tools, parallelToolCalls } = request;
  if (tools === undefined) return ask(request);
  if (toolChoice === 'none') return ask(withoutTools(request));
  const events = toolChoice === 'auto' ? ask(request) : requireToolCall(request, { toolChoice, ask });
  return parallelToolCalls === false ? limitToolCalls(events) : events;
}

/** The most characters of an answer that are held back while a call may still come. */
const MAX_HELD_CHARACTERS = 1_000_000;

function withoutTools({
  tools: _tools,
  toolChoice: _choice,
  parallelToolCalls: _parallel,
  ...request
}: RuntimeChatRequest): RuntimeChatRequest {
  return request;
}

async function* requireToolCall(
  request: RuntimeChatRequest,
  { toolChoice, ask }: { toolChoice: Exclude<ToolChoice, 'auto' | 'none'>; ask: Ask },
): AsyncGenerator<StreamEvent> {
  // A model that sees only the named function has nothing else to call.
  const narrowed = typeof toolChoice === 'string' ? request : onlyTool(request, toolChoice.name);
  const answers = [narrowed, { ...narrowed, messages: [...narrowed.messages, reminder(toolChoice)] }];
  let attempts: readonly Attempt[] = [];
  let model: string | undefined;
  for (const answer of answers) {
    let held: StreamEvent[] | undefined = [];
    const before = attempts;
    let heldCharacters = 0;
    for await (const event of ask(answer)) {
      if (event.type === 'start') {
        attempts = [...attempts, ...(event.attempts ?? [])];
        model = event.model;
      }
      if (held === undefined) {
        yield event;
      } else if (event.type === 'error' && event.error.droppedTokens !== undefined && answer !== answers.at(-1)) {
        if (event.error instanceof AllCandidatesFailedError) attempts = [...attempts, ...event.error.attempts];
        break;
      } else if (event.type === 'fallback' || event.type === 'error') {
        yield event;
        if (event.type === 'error') return;
      } else if (event.type === 'tool-call-start' && fits(event.name, toolChoice)) {
        for (const earlier of held) yield earlier.type === 'start' ? { ...earlier, attempts } : earlier;
        held = undefined;
        yield event;
      } else {
        held.push(event);
        heldCharacters += charactersOf(event);
        if (heldCharacters > MAX_HELD_CHARACTERS) break;
      }
    }
    if (held === undefined) return;
    const answered = attempts.slice(before.length).map(withoutCall);
    attempts = [...before, ...answered];
    // Earlier failures have had their event already.
    const unreported = answered.filter(({ outcome }) => outcome === 'invalid-response').slice(-1);
    for (const failed of unreported) yield { type: 'fallback', failed, next: failed.model };
  }
  const wanted = typeof toolChoice === 'string' ? 'a tool' : `the function "${toolChoice.name}"`;
  const message = `${model ?? 'The model'} was asked twice to call ${wanted}, as \`tool_choice\` requires, and answered without a call. Ask a model that is better at calling tools, or leave \`tool_choice\` at "auto".`;
  yield { type: 'error', error: new ProviderError('invalid-response', message, { model }) };
}

/** An answer without the required call is a failed attempt. */
function withoutCall(attempt: Attempt): Attempt {
  if (attempt.outcome !== 'ok') return attempt;
  return {
    ...attempt,
    outcome: 'invalid-response',
    message: 'It answered without the call that `tool_choice` requires.',
  };
}

function onlyTool(request: RuntimeChatRequest, name: string): RuntimeChatRequest {
  return { ...request, tools: (request.tools ?? []).filter((tool) => tool.name === name) };
}

function reminder(toolChoice: Exclude<ToolChoice, 'auto' | 'none'>): ChatMessage {
  const what =
    typeof toolChoice === 'string' ? 'one of the tools that you were given' : `the tool "${toolChoice.name}"`;
  return { role: 'user', content: `Call ${what} now. Answer with the tool call only, without any other text.` };
}

function fits(name: string, toolChoice: ToolChoice): boolean {
  return typeof toolChoice === 'string' || toolChoice.name === name;
}

function charactersOf(event: StreamEvent): number {
  if (event.type === 'text-delta' || event.type === 'reasoning-delta') return event.text.length;
  return event.type === 'tool-call-delta' ? event.argumentsText.length : 0;
}
