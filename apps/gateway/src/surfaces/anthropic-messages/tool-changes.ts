import type { JsonObject } from '@openclaw/provider';

/** What a conversation says of the tools: clients announce many, and the model gets some of them only when it asks. */
export interface ToolChanges {
  /** The tool with this name may be called from here on. */
  add(name: string): void;
  /** The tool with this name may no longer be called. */
  remove(name: string): void;
  /** A tool that the `tools` field does not have. */
  define(tool: JsonObject): void;
  wasAdded(name: string): boolean;
  wasRemoved(name: string): boolean;
  readonly definitions: readonly JsonObject[];
}

export function createToolChanges(): ToolChanges {
  const added = new Set<string>();
  const removed = new Set<string>();
  const definitions: JsonObject[] = [];
  return {
    add(name) {
      added.add(name);
      removed.delete(name);
    },
    remove(name) {
      removed.add(name);
      added.delete(name);
    },
    define(tool) {
      definitions.push(tool);
      if (typeof tool['name'] === 'string') removed.delete(tool['name']);
    },
    wasAdded: (name) => added.has(name),
    wasRemoved: (name) => removed.has(name),
    definitions,
  };
}
