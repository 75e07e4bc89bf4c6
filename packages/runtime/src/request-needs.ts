import type { RequestNeeds } from '@openclaw/model-selection';
import type { ChatRequest } from '@openclaw/provider';

/** What a model must be able to take to answer a request. Tools that must not be called need nobody who calls them. */
export function requestNeeds({ messages, tools = [], toolChoice }: ChatRequest): RequestNeeds {
  return {
    tools: tools.length > 0 && toolChoice !== 'none',
    images: messages.some(
      ({ role, content }) =>
        role === 'user' && typeof content !== 'string' && content.some(({ type }) => type === 'image'),
    ),
  };
}
