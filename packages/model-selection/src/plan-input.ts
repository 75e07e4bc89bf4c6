import type { CircuitStatus } from './circuit-breaker.ts';
import type { ModelCatalog } from './model-catalog.ts';

/** The input of `planCandidates`. */
export interface PlanInput {
  readonly catalog: ModelCatalog;
  /** The first model: a reference, an alias, or a bare name. */
  readonly primary?: string | undefined;
  /** The next models, in order. */
  readonly fallbacks?: readonly string[] | undefined;
  /** The models for images, if the primary does not accept them. */
  readonly imageModel?:
    | { readonly primary?: string | undefined; readonly fallbacks?: readonly string[] | undefined }
    | undefined;
  /** The model that the request names. It is the only candidate, unless `allowFallbacks`. */
  readonly requested?: string | undefined;
  /** Whether fallbacks and primary follow a requested model. @default false */
  readonly allowFallbacks?: boolean | undefined;
  /** What the request needs. */
  readonly needs?: RequestNeeds | undefined;
  /** Circuits that are not closed. @default none */
  readonly circuits?: readonly CircuitStatus[] | undefined;
}

/** The capabilities that a request needs. */
export interface RequestNeeds {
  readonly tools?: boolean | undefined;
  readonly images?: boolean | undefined;
}
