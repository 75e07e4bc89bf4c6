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
  /** How many of the likeliest tokens are candidates. OpenAI has no such parameter; most local servers do. */
  readonly topK?: number;
  readonly frequencyPenalty?: number;
  readonly presencePenalty?: number;
  /** The most tokens the model may say, reasoning included. */
  readonly maxTokens?: number;
  readonly stop?: readonly string[];
  readonly seed?: number;
  /** `none` switches reasoning off where the server can. Which other words exist differs from server to server. */
  readonly reasoningEffort?: string;
  /** Further keys of the request body. */
  readonly raw?: RawValue;
  /** Further keys that a configuration sets, maybe in the words of another API than `raw`. A key of `raw` wins. */
  readonly rawDefaults?: RawValue;
}

/**
 * What a client or a configuration says in the words of one API and this contract has no field for. A server of the same
 * API receives it; for other servers it means nothing. It never repeats or overrides what the contract does have a field for.
 */
export interface RawValue {
  /** The API: `openai-chat` is OpenAI's chat completions. */
  readonly dialect: string;
  /** Keys beside those that the contract stands for, nested as in that API. */
  readonly value: JsonObject;
}

/** One turn of a conversation. */
export type ChatMessage = SystemMessage | UserMessage | AssistantMessage | ToolMessage;

/** Instructions that stand above the conversation. */
export interface SystemMessage {
  readonly role: 'system';
  readonly content: string | readonly TextPart[];
  readonly raw?: RawValue;
}

/** What the person said. */
export interface UserMessage {
  readonly role: 'user';
  readonly content: string | readonly ContentPart[];
  readonly raw?: RawValue;
}

/** What the model said, tool calls included. */
export interface AssistantMessage {
  readonly role: 'assistant';
  readonly content: string | readonly TextPart[];
  readonly reasoning?: string;
  readonly toolCalls?: readonly ToolCall[];
  readonly raw?: RawValue;
}

/** The result of the tool call with this id. */
export interface ToolMessage {
  readonly role: 'tool';
  readonly toolCallId: string;
  readonly content: string | readonly ToolContentPart[];
  readonly raw?: RawValue;
}

/** A piece of a user's message. */
export type ContentPart = TextPart | ImagePart | RawPart;

/** A piece of a tool's result. APIs that take no images there receive them in a user message behind the results. */
export type ToolContentPart = TextPart | ImagePart;

export interface TextPart {
  readonly type: 'text';
  readonly text: string;
  /** Whether an assistant refused with these words. */
  readonly refusal?: boolean;
  readonly raw?: RawValue;
}

export interface ImagePart {
  readonly type: 'image';
  /** A `data:` URL, or an `http(s):` URL for servers that fetch images themselves. */
  readonly url: string;
  readonly detail?: string;
  readonly raw?: RawValue;
}

/** A part of a kind that only one API has: audio, a file. */
export interface RawPart extends RawValue {
  readonly type: 'raw';
}

/** A tool that the model may call. */
export interface ToolDefinition {
  readonly name: string;
  readonly description?: string;
  /** JSON Schema of the arguments. */
  readonly parameters?: JsonObject;
  readonly strict?: boolean;
  readonly raw?: RawValue;
}

/** Whether the model may, must not, or must call a tool, or which one it must call. */
export type ToolChoice = 'auto' | 'none' | 'required' | { readonly name: string };

/** What form the answer must have. `raw` is a form that only one API has: a grammar. */
export type ResponseFormat =
  | { readonly type: 'text'; readonly raw?: RawValue }
  | { readonly type: 'json'; readonly raw?: RawValue }
  | JsonSchemaFormat
  | ({ readonly type: 'raw' } & RawValue);

export interface JsonSchemaFormat {
  readonly type: 'json-schema';
  readonly name: string;
  readonly schema: JsonObject;
  readonly description?: string;
  readonly strict?: boolean;
  readonly raw?: RawValue;
}

/** A call that the model made. `argumentsText` is JSON as the model wrote it, and may be broken. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  readonly argumentsText: string;
  readonly raw?: RawValue;
}
