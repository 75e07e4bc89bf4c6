import type { JsonObject } from './json.ts';

/** What a chat client can ask for, in no server's dialect. Absent means: the server decides. */
export interface ChatRequest {
  readonly messages: readonly ChatMessage[];
  readonly tools?: readonly ToolDefinition[];
  readonly toolChoice?: ToolChoice;
  readonly parallelToolCalls?: boolean;
  readonly responseFormat?: ResponseFormat;
  readonly temperature?: number;
  readonly topP?: number;
  readonly frequencyPenalty?: number;
  readonly presencePenalty?: number;
  /** The most tokens the model may say, reasoning included. */
  readonly maxTokens?: number;
  readonly stop?: readonly string[];
  readonly seed?: number;
  /** `none` switches reasoning off where the server can. Which other words exist differs from server to server. */
  readonly reasoningEffort?: string;
  /** Keys that only one server knows, put into the request body untouched. They win over the fields above. */
  readonly extraBody?: JsonObject;
}

/** One turn of a conversation. `extraFields` holds keys that only one server knows; they are sent as they are. */
export type ChatMessage = SystemMessage | UserMessage | AssistantMessage | ToolMessage;

/** Instructions that stand above the conversation. */
export interface SystemMessage {
  readonly role: 'system';
  readonly content: string;
  readonly extraFields?: JsonObject;
}

/** What the person said. */
export interface UserMessage {
  readonly role: 'user';
  readonly content: string | readonly ContentPart[];
  readonly extraFields?: JsonObject;
}

/** What the model said, tool calls included. */
export interface AssistantMessage {
  readonly role: 'assistant';
  readonly content: string;
  readonly reasoning?: string;
  readonly toolCalls?: readonly ToolCall[];
  readonly extraFields?: JsonObject;
}

/** What a tool answered to the call with this id. */
export interface ToolMessage {
  readonly role: 'tool';
  readonly toolCallId: string;
  readonly content: string;
  readonly extraFields?: JsonObject;
}

/** A piece of a user's message. `other` is a part that only one server knows, sent as it is. */
export type ContentPart =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'image';
      /** A `data:` URL, or an `http(s):` URL for servers that fetch images themselves. */
      readonly url: string;
      readonly detail?: string;
    }
  | { readonly type: 'other'; readonly part: JsonObject };

/** A tool that the model may call. */
export interface ToolDefinition {
  readonly name: string;
  readonly description?: string;
  /** JSON Schema of the arguments. */
  readonly parameters?: JsonObject;
  readonly strict?: boolean;
}

/** Whether the model may, must not, or must call a tool, or which one it must call. */
export type ToolChoice = 'auto' | 'none' | 'required' | { readonly name: string };

/** What form the answer must have. */
export type ResponseFormat =
  | { readonly type: 'text' }
  | { readonly type: 'json' }
  | {
      readonly type: 'json-schema';
      readonly name: string;
      readonly schema: JsonObject;
      readonly description?: string;
      readonly strict?: boolean;
    };

/** A call that the model made. `argumentsText` is JSON as the model wrote it, and may be broken. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly argumentsText: string;
}
