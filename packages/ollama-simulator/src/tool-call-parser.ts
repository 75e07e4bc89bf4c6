import type { ScriptedToolCall } from './script.ts';

/** Finds tool calls in the text of a model, piece by piece. */
export interface ToolCallParser {
  /** What can be sent: text, and calls that are complete. */
  add(text: string): { text: string; toolCalls: readonly ScriptedToolCall[] };
  /** Text that is sent with the end of the answer. Everything else that is still held is lost. */
  finish(): string;
}
