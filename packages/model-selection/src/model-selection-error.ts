import type { ProviderCommands } from './catalog-model.ts';
import type { LeftOutCandidate } from './plan.ts';

/** Why no model could be chosen. */
export type ModelSelectionErrorCode =
  | 'ambiguous-name'
  | 'invalid-reference'
  | 'no-image-model'
  | 'no-model-configured'
  | 'no-tool-model'
  | 'no-usable-model'
  | 'unknown-model'
  | 'unknown-provider';

/** The data of the message. */
export interface ModelSelectionErrorDetails {
  /** The name as it was written. */
  readonly wanted?: string | undefined;
  /** References of suitable models, or of models with similar names; the best first. */
  readonly candidates?: readonly string[] | undefined;
  /** Models that were excluded, in the order of preference. */
  readonly leftOut?: readonly LeftOutCandidate[] | undefined;
  /** For an unknown model: the commands of the provider that its reference names. */
  readonly commands?: ProviderCommands | undefined;
  readonly cause?: unknown;
}

/** No model was chosen, so no request was sent. States facts; advice is up to the program. */
export class ModelSelectionError extends Error {
  override readonly name = 'ModelSelectionError';
  readonly code: ModelSelectionErrorCode;
  readonly wanted: string | undefined;
  readonly candidates: readonly string[];
  readonly leftOut: readonly LeftOutCandidate[];
  readonly commands: ProviderCommands | undefined;

  constructor(code: ModelSelectionErrorCode, message: string, details: ModelSelectionErrorDetails = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.wanted = details.wanted;
    this.candidates = details.candidates ?? [];
    this.leftOut = details.leftOut ?? [];
    this.commands = details.commands;
  }
}
