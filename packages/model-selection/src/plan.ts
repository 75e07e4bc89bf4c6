import type { CatalogModel, ProviderCommands } from './catalog-model.ts';

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
