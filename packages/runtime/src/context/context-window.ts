import type { DescribedModel } from '../discovery/server-inventory.ts';

/** What limits the context of a model, in tokens. */
export interface ContextLimits {
  /** The model as its server describes it, if it does. */
  readonly described: DescribedModel | undefined;
  /** `contextWindow` of the configuration. */
  readonly configured: number | undefined;
  /** `params.num_ctx` of the configuration, where it has an effect. */
  readonly pinned: number | undefined;
}

/**
 * The most tokens that a request and its answer may have: what the configuration says, otherwise the Modelfile, and never more than the
 * model was made for. `undefined` if nothing is known.
 */
export function contextWindow({ described, configured, pinned }: ContextLimits): number | undefined {
  const known = [described?.contextLength, configured ?? pinned ?? described?.numCtx, pinned].filter(
    (tokens) => tokens !== undefined,
  );
  return known.length === 0 ? undefined : Math.min(...known);
}
