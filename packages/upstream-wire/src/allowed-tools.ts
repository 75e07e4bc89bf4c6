import type { ToolChoice, ToolDefinition } from '@openclaw/provider';

/** The tools that a choice allows. A server that ignores `tool_choice` is offered only these, which comes closest. */
export function allowedTools(
  tools: readonly ToolDefinition[],
  toolChoice: ToolChoice | undefined,
): readonly ToolDefinition[] {
  if (toolChoice === 'none') return [];
  return typeof toolChoice === 'object' ? tools.filter(({ name }) => name === toolChoice.name) : tools;
}
