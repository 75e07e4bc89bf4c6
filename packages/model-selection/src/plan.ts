import type { CatalogModel, ProviderCommands, Target } from './catalog-model.ts';

/** The candidates of a request in their order, with reasons. Plain data. */
export interface Plan {
  /** At least one. */
  readonly candidates: readonly PlannedCandidate[];
  readonly leftOut: readonly LeftOutCandidate[];
}

/** The role of a model in a request. */
export type CandidateRole = 'requested' | 'primary' | 'fallback' | 'image-primary' | 'image-fallback';

/** A model that a request may use. */
export interface PlannedCandidate {
  readonly model: CatalogModel;
  /** Where the model can be asked, if there are several endpoints. One is chosen when its turn comes. */
  readonly targets?: readonly Target[];
  readonly role: CandidateRole;
  /** Its position in the order of preference, before circuits and exclusions; 0 is first. */
  readonly rank: number;
  readonly reason: { readonly code: CandidateRole | 'circuit-open' | 'probe'; readonly text: string };
  /** Moved to the end because a circuit is open. It is still used if the others fail. */
  readonly deferred: boolean;
  /** Commands that repair its provider, for messages. */
  readonly commands?: ProviderCommands;
}

/** A model that was excluded. */
export interface LeftOutCandidate {
  /** The name as it was written. */
  readonly name: string;
  /** Absent if the name is unknown. */
  readonly model?: CatalogModel;
  readonly role: CandidateRole;
  readonly rank: number;
  readonly reason: { readonly code: LeftOutCode; readonly text: string };
  /** For an unknown model: the commands of the provider that its reference names, for messages. */
  readonly commands?: ProviderCommands;
}

/** Why a model was excluded. */
export type LeftOutCode = 'unknown' | 'no-tools' | 'no-images';
