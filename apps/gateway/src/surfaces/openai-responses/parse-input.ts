import { invalidField, invalidRequest, isAbsent, readArray, readObject, readString } from '@openclaw/openai-wire';
import type { AssistantMessage, ChatMessage, JsonObject, JsonValue, ToolCall } from '@openclaw/provider';
import { foldSystemMessages } from '../fold-system-messages.ts';
import { CALLS, OUTPUTS } from './call-items.ts';
import { decodeOpaqueReasoning } from './opaque-reasoning.ts';
import { parseContent, parseText, readPartTexts } from './parse-content.ts';
import type { ToolCollector } from './parse-tools.ts';

export interface InputOptions {
  /** Items may bring tools. */
  readonly tools: ToolCollector;
  readonly instructions: string | undefined;
  /** How many of the items come from earlier requests: errors name the items of this one. */
  readonly earlier: number;
}

/** The parsed input of a request. */
export interface ParsedInput {
  readonly messages: readonly ChatMessage[];
  /** Items that mean nothing to a local model, for the log. */
  readonly leftOut: readonly string[];
}

/** `input` as a list of items. */
export function readInputItems(value: JsonValue | undefined): readonly JsonObject[] {
  if (typeof value === 'string') return [{ type: 'message', role: 'user', content: value }];
  return readArray(value, 'input', 'a string or an array of items').map((item, index) =>
    readObject(item, `input[${index}]`, 'an item'),
  );
}

/**
 * The items of a conversation → messages. Adjacent items of the assistant (reasoning, text, calls) are one message, in
 * any order, and the outputs of its calls follow it at once: that is what the templates of models expect.
 * @throws {ProviderError} `invalid-request`
 */
export function parseInput(items: readonly JsonObject[], { tools, instructions, earlier }: InputOptions): ParsedInput {
  const builder = createConversation(instructions);
  const leftOut: string[] = [];
  for (const [index, item] of items.entries()) {
    const param = `input[${index - earlier}]`;
    const type = typeOf(item, param);
    const call = CALLS.get(type);
    const output = OUTPUTS.get(type);
    if (call !== undefined) builder.addCall(call(item, param));
    else if (output !== undefined) builder.addOutput({ ...output(item, param), param });
    else if (type === 'message') addMessage(item, { param, builder });
    else if (type === 'reasoning') builder.addAssistant({ reasoning: readReasoning(item, param) });
    else if (type === 'tool_search_output' || type === 'additional_tools') tools.add(item['tools'], `${param}.tools`);
    else leftOut.push(`the item type "${type.slice(0, 60)}"`);
  }
  return { messages: foldSystemMessages(builder.build()), leftOut };
}

/** Many clients leave out the type of a message. */
function typeOf({ type, role }: JsonObject, param: string): string {
  if (isAbsent(type) && !isAbsent(role)) return 'message';
  return readString(type, `${param}.type`, 'the type of an item');
}

function addMessage(item: JsonObject, { param, builder }: { param: string; builder: Conversation }): void {
  const { role, content } = item;
  const at = `${param}.content`;
  if (role === 'user') builder.add({ role, content: parseContent(content, at) });
  else if (role === 'assistant') builder.addAssistant({ text: parseText(content, at) });
  else if (role === 'system' || role === 'developer') builder.add({ role: 'system', content: parseText(content, at) });
  else throw invalidField(`${param}.role`, '"user", "assistant", "system" or "developer"', role);
}

/** Clients send what they have of it, and `null` for the rest. */
function readReasoning({ content, encrypted_content: opaque, summary }: JsonObject, param: string): string {
  const raw = readPartTexts(content, `${param}.content`);
  if (raw !== '') return raw;
  const own = typeof opaque === 'string' ? decodeOpaqueReasoning(opaque) : undefined;
  return own ?? readPartTexts(summary, `${param}.summary`);
}

interface ToolOutput {
  readonly callId: string;
  readonly content: Extract<ChatMessage, { role: 'tool' }>['content'];
  readonly param: string;
}

/** Messages in the making. */
interface Conversation {
  add(message: Extract<ChatMessage, { role: 'user' | 'system' }>): void;
  addAssistant(said: { readonly text?: string; readonly reasoning?: string }): void;
  addCall(call: ToolCall): void;
  addOutput(output: ToolOutput): void;
  build(): readonly ChatMessage[];
}

/** An assistant message, and the outputs of its calls. */
interface Turn {
  readonly texts: string[];
  readonly reasoning: string[];
  readonly calls: ToolCall[];
  readonly outputs: ToolOutput[];
}

function createConversation(instructions: string | undefined): Conversation {
  const entries: (ChatMessage | Turn)[] = instructions === undefined ? [] : [{ role: 'system', content: instructions }];
  /** The turn that items of the assistant still belong to. */
  let open: Turn | undefined;
  /** Turns with a call whose output is missing. Ids may come again in later turns, so each has a list. */
  const waiting = new Map<string, Turn[]>();

  function openTurn(): Turn {
    if (open === undefined) entries.push((open = { texts: [], reasoning: [], calls: [], outputs: [] }));
    return open;
  }
  return {
    add(message) {
      open = undefined;
      entries.push(message);
    },
    addAssistant({ text = '', reasoning = '' }) {
      if (text !== '') openTurn().texts.push(text);
      if (reasoning !== '') openTurn().reasoning.push(reasoning);
    },
    addCall(call) {
      const turn = openTurn();
      turn.calls.push(call);
      const turns = waiting.get(call.id);
      if (turns === undefined) waiting.set(call.id, [turn]);
      else turns.push(turn);
    },
    addOutput(output) {
      const turn = waiting.get(output.callId)?.shift();
      if (turn === undefined) {
        throw invalidRequest(
          `No tool call found for the output with \`call_id\` ${JSON.stringify(output.callId.slice(0, 100))}.`,
          `${output.param}.call_id`,
        );
      }
      turn.outputs.push(output);
      if (turn === open) open = undefined;
    },
    build: () => entries.flatMap((entry) => ('role' in entry ? [entry] : buildTurn(entry))),
  };
}

function buildTurn({ texts, reasoning, calls, outputs }: Turn): readonly ChatMessage[] {
  const message: AssistantMessage = {
    role: 'assistant',
    content: texts.join('\n'),
    ...(reasoning.length > 0 && { reasoning: reasoning.join('\n\n') }),
    ...(calls.length > 0 && { toolCalls: calls }),
  };
  return [message, ...outputs.map(({ callId, content }) => ({ role: 'tool' as const, toolCallId: callId, content }))];
}
