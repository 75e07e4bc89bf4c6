import type { CatalogModel, ProviderCommands } from './catalog-model.ts';
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

/** Who is asked, in which order and why. Plain data. */
export interface Plan {
  /** At least one. */
  readonly candidates: readonly PlannedCandidate[];
  readonly leftOut: readonly LeftOutCandidate[];
}

/** What a model is to a request. */
export type CandidateRole = 'requested' | 'primary' | 'fallback' | 'image-primary' | 'image-fallback';

/** A model that will be asked when its turn comes. */
export interface PlannedCandidate {
  readonly model: CatalogModel;
  readonly role: CandidateRole;
  /** Where it would stand if all circuits were closed and nobody were left out; 0 is first. */
  readonly rank: number;
  readonly reason: { readonly code: CandidateRole | 'circuit-open' | 'probe'; readonly text: string };
  /** Put behind the others since a circuit is open; asked all the same when they fail. */
  readonly deferred: boolean;
  /** Commands that put its provider right, for messages. */
  readonly commands?: ProviderCommands;
}

/** A model that is wanted and cannot be asked. */
export interface LeftOutCandidate {
  /** The name as it was written. */
  readonly name: string;
  /** Absent when the name means no model. */
  readonly model?: CatalogModel;
  readonly role: CandidateRole;
  readonly rank: number;
  readonly reason: { readonly code: LeftOutCode; readonly text: string };
  /** For an unknown model: the commands of the provider that its reference names, for messages. */
  readonly commands?: ProviderCommands;
}

/** Why a model is left out. */
export type LeftOutCode = 'unknown' | 'no-tools' | 'no-images';
