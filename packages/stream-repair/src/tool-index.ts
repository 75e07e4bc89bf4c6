import type { ToolDefinition } from '@openclaw/provider';

/** The tools of a request by their names. */
export interface ToolIndex {
  get(name: string): ToolDefinition | undefined;
  readonly names: readonly string[];
  /** The length of the longest name, in characters. */
  readonly maxNameLength: number;
}

/** A call as the model wrote it. */
export interface FoundCall {
  readonly name: string;
  readonly argumentsText: string;
  /** The id that the model gave it. */
  readonly id?: string;
  /** Text of the answer that the form of the call contains. */
  readonly text?: string;
}

/** Finds tools by exact name. Of two tools with the same name, the last counts. */
export function createToolIndex(tools: readonly ToolDefinition[]): ToolIndex {
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  return {
    get: (name) => byName.get(name),
    names: [...byName.keys()],
    maxNameLength: Math.max(0, ...tools.map((tool) => tool.name.length)),
  };
}
