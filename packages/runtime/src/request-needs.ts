import type { RequestNeeds } from '@openclaw/model-selection';
import type { ChatRequest } from '@openclaw/provider';
import { hasImage } from './omit-tool-images.ts';

/** The capabilities that a request needs, or would use. */
export interface RuntimeNeeds extends RequestNeeds {
  /** Whether a model without images will do: only results of tools have some, see `omitToolImages`. */
  readonly imagesOptional?: boolean | undefined;
}

/** Tools that must not be called do not need a model with tools. */
export function requestNeeds({ messages, tools = [], toolChoice }: ChatRequest): RuntimeNeeds {
  const withImages = messages.filter(hasImage);
  return {
    tools: tools.length > 0 && toolChoice !== 'none',
    images: withImages.length > 0,
    imagesOptional: withImages.every(({ role }) => role === 'tool'),
  };
}
