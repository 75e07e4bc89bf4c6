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

/** What is known beside the message. */
export interface ModelSelectionErrorDetails {
  /** The name as it was written. */
  readonly wanted?: string | undefined;
  /** References that would do, or that were perhaps meant; the best first. */
  readonly candidates?: readonly string[] | undefined;
  readonly cause?: unknown;
}

/** No model was chosen, so nobody was asked. The message says why and what to do about it. */
export class ModelSelectionError extends Error {
  override readonly name = 'ModelSelectionError';
  readonly code: ModelSelectionErrorCode;
  readonly wanted: string | undefined;
  readonly candidates: readonly string[];

  constructor(code: ModelSelectionErrorCode, message: string, details: ModelSelectionErrorDetails = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.code = code;
    this.wanted = details.wanted;
    this.candidates = details.candidates ?? [];
  }
}
