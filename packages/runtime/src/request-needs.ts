import type { RequestNeeds } from '@openclaw/model-selection';
import type { ChatRequest } from '@openclaw/provider';

/** The capabilities that a request needs. Tools that must not be called do not need a model with tools. */
export function requestNeeds({ messages, tools = [], toolChoice }: ChatRequest): RequestNeeds {
  return {
    tools: tools.length > 0 && toolChoice !== 'none',
    images: messages.some(({ content }) => typeof content !== 'string' && content.some(({ type }) => type === 'image')),
  };
}
