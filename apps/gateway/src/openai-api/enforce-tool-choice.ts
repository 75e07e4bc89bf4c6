import { ProviderError } from '@openclaw/provider';
import type { Attempt, ChatMessage, StreamEvent, ToolChoice } from '@openclaw/provider';
import type { RuntimeChatRequest } from '@openclaw/runtime';

/** Asks for one answer; called once more when the first answer lacks the tool call that the client requires. */
export type Ask = (request: RuntimeChatRequest) => AsyncIterable<StreamEvent>;

/**
 * Keeps what `tool_choice` promises on servers that never read it (Ollama, all releases): `none` takes the tools away;
 * for `required` or a named function the answer is held back until the call has begun, and when it never does, the
 * model is asked once more with that said in plain words. The second failure is the last event: `invalid-response`.
 */
export function enforceToolChoice(request: RuntimeChatRequest, ask: Ask): AsyncIterable<StreamEvent> {
  const { toolChoice = 'auto', tools } = request;
  if (tools === undefined || toolChoice === 'auto') return ask(request);
  if (toolChoice === 'none') return ask(withoutTools(request));
  return requireToolCall(request, { toolChoice, ask });
}

/** The most characters of an answer that are held back while a call may still come. */
const HELD_CHARACTERS = 1_000_000;

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
        if (heldCharacters > HELD_CHARACTERS) break;
      }
    }
    if (held === undefined) return;
    const answered = attempts.slice(before.length).map(withoutCall);
    attempts = [...before, ...answered];
    // Failures on the way to this answer were told of when they happened.
    const unheard = answered.filter(({ outcome }) => outcome === 'invalid-response').slice(-1);
    for (const failed of unheard) yield { type: 'fallback', failed, next: failed.model };
  }
  const wanted = typeof toolChoice === 'string' ? 'a tool' : `the function "${toolChoice.name}"`;
  const message = `${model ?? 'The model'} was asked twice to call ${wanted}, as \`tool_choice\` requires, and answered without a call. Ask a model that is better at calling tools, or leave \`tool_choice\` at "auto".`;
  yield { type: 'error', error: new ProviderError('invalid-response', message, { model }) };
}

/** What answered, and not as it had to, is a failed attempt. */
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
