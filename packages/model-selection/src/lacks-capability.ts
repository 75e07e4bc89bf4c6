import type { MissingCapability } from '@openclaw/provider';
import type { CatalogModel } from './catalog-model.ts';

/** Whether a model is known to lack a capability. For an `assumed` model, images and reasoning are unknown. */
export function lacksCapability(model: CatalogModel, capability: MissingCapability): boolean {
  return LACKS[capability](model);
}

const LACKS: Readonly<Record<MissingCapability, (model: CatalogModel) => boolean>> = {
  chat: () => false,
  embeddings: () => false,
  images: ({ input, source }) => source !== 'assumed' && !input.includes('image'),
  reasoning: ({ reasoning, source }) => source !== 'assumed' && !reasoning,
  tools: ({ tools }) => tools === false,
};
