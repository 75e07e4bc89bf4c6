import type { CircuitStatus } from './circuit-breaker.ts';
import type { ModelCatalog } from './model-catalog.ts';

/** Everything that decides who is asked. */
export interface PlanInput {
  readonly catalog: ModelCatalog;
  /** Name of the model that is asked first: a reference, an alias, or a bare name. */
  readonly primary?: string | undefined;
  /** Names of the models that are asked next, in order. */
  readonly fallbacks?: readonly string[] | undefined;
  /** Who is asked about images when the primary cannot see. */
  readonly imageModel?:
    | { readonly primary?: string | undefined; readonly fallbacks?: readonly string[] | undefined }
    | undefined;
  /** The name that the request itself gives. It is asked alone, unless `allowFallbacks`. */
  readonly requested?: string | undefined;
  /** Whether fallbacks and primary stand behind a requested model. @default false */
  readonly allowFallbacks?: boolean | undefined;
  /** What the request brings. */
  readonly needs?: RequestNeeds | undefined;
  /** Circuits that are not closed. @default none */
  readonly circuits?: readonly CircuitStatus[] | undefined;
}

/** What a model must be able to take. */
export interface RequestNeeds {
  readonly tools?: boolean | undefined;
  readonly images?: boolean | undefined;
}
