import type { StreamEvent } from '@openclaw/provider';
import type { ToolIndex } from './tool-index.ts';

/** Repairs the names of the server's own calls. */
export interface CallNameRepair {
  /** The event, after a repair event if its name was repaired. */
  repair(event: Extract<StreamEvent, { type: 'tool-call-start' | 'tool-call-end' }>): readonly StreamEvent[];
}

/**
 * gpt-oss appends markers of its harmony format to names: `create_event<|channel|>analysis`, `functions.create_event`
 * (seen with Ollama 0.11 to 0.12, vLLM). They are removed if the rest is the exact name of a tool.
 */
export function createCallNameRepair(tools: ToolIndex): CallNameRepair {
  const names = new Map<string, string>();
  return {
    repair(event) {
      if (event.type === 'tool-call-end') {
        const name = names.get(event.id);
        names.delete(event.id);
        return [name === undefined ? event : { ...event, name }];
      }
      if (tools.get(event.name)) return [event];
      const name = event.name
        .replace(/<\|.*$/s, '')
        .trim()
        .replace(/^(?:functions\.)?/, '');
      if (name === event.name || !tools.get(name)) return [event];
      names.set(event.id, name);
      const detail = `The call of ${name} had markers in its name: ${event.name}`;
      return [
        { type: 'repair', repair: 'tool-call-from-text', detail },
        { ...event, name },
      ];
    },
  };
}
