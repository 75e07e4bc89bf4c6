import type { EndpointState, TargetReason } from '@openclaw/model-selection';

/** One of the endpoints of a provider that has several. */
export interface EndpointStatus {
  readonly provider: string;
  /** Its name. */
  readonly endpoint: string;
  readonly url: string;
  readonly weight: number;
  /** The circuit of the endpoint; those of its models have their own. */
  readonly circuit: EndpointState['circuit'];
  readonly running: number;
  readonly queued: number;
  readonly maxConcurrent?: number;
  /** Names of the models that its server has loaded; `undefined` if it does not report them. */
  readonly loaded: readonly string[] | undefined;
  /** How often it was chosen, by reason. */
  readonly choices: Readonly<Partial<Record<TargetReason, number>>>;
  /** How often a request made it load a model. */
  readonly loads: number;
  /** How often it was chosen because it had the model loaded, and another endpoint would have had to load it. */
  readonly reloadsAvoided: number;
}
