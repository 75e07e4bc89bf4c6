import type { ToolDefinition } from '@openclaw/provider';

/** The tools of a request by their names. */
export interface ToolIndex {
  get(name: string): ToolDefinition | undefined;
  readonly names: readonly string[];
  /** Characters of the longest name: whatever is longer is no tool. */
  readonly longestName: number;
}

/** A call as the model wrote it. */
export interface FoundCall {
  readonly name: string;
  readonly argumentsText: string;
}

/** Looks tools up by exact name; of two with one name, the last counts. */
export function createToolIndex(tools: readonly ToolDefinition[]): ToolIndex {
  const byName = new Map(tools.map((tool) => [tool.name, tool]));
  return {
    get: (name) => byName.get(name),
    names: [...byName.keys()],
    longestName: Math.max(0, ...tools.map((tool) => tool.name.length)),
  };
}
