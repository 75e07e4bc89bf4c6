import { isJsonObject, type JsonObject, textOf } from './json-value.ts';
import type { JournalEntry } from './journal.ts';

/** A request as a reply function sees it: what was sent, with the parts that scripts decide by at hand. */
export interface SimulatedRequest {
  /** 1 for the first request of the simulator. */
  number: number;
  method: string;
  /** Without the query. */
  path: string;
  headers: JournalEntry['headers'];
  /** The JSON object of the body; empty when there is none. */
  body: JsonObject;
  rawBody: string;
  /** The model as it was asked for, or an empty text. */
  model: string;
  streamed: boolean;
  messages: readonly JsonObject[];
  /** The text of the last message, its text parts joined. */
  lastMessage: string;
  tools: readonly OfferedTool[];
}

/** A tool of the request. */
export interface OfferedTool {
  name: string;
  /** JSON Schema of the arguments. */
  parameters: JsonObject;
}

/** Reads what scripts decide by; whatever has another shape counts as absent. */
export function toSimulatedRequest(entry: JournalEntry): SimulatedRequest {
  const body = isJsonObject(entry.body) ? entry.body : {};
  const messages = objects(body['messages']);
  const native = entry.path.startsWith('/api/');
  return {
    number: entry.number,
    method: entry.method,
    path: entry.path.split('?')[0] ?? entry.path,
    headers: entry.headers,
    body,
    rawBody: entry.rawBody,
    model: textOf(body['model']),
    streamed: native ? body['stream'] !== false : body['stream'] === true,
    messages,
    lastMessage: messages.length > 0 ? messageText(messages.at(-1)?.['content']) : textOf(body['prompt']),
    tools: objects(body['tools']).flatMap((tool) => {
      const declared = isJsonObject(tool['function']) ? tool['function'] : {};
      const parameters = isJsonObject(declared['parameters']) ? declared['parameters'] : {};
      return typeof declared['name'] === 'string' ? [{ name: declared['name'], parameters }] : [];
    }),
  };
}

/** The text of a message's content, be it a string or parts. */
export function messageText(content: unknown): string {
  if (typeof content === 'string') return content;
  return objects(content)
    .map((part) => textOf(part['text']))
    .join('');
}

function objects(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}
