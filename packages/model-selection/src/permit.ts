import type { ProviderError } from '@openclaw/provider';
import { fallbackRule } from './fallback-policy.ts';

/**
 * The right to send one request. Call the method that matches the outcome. A failure may follow a success when an
 * answer breaks off, and a success may follow a release when the answer arrives late.
 */
export interface Permit {
  /** Whether this request is the probe of an open circuit. */
  readonly probe: boolean;
  /** For a probe: `false` if another process probes already. The permit is used up then. */
  confirm(): true | Promise<boolean>;
  /** The model answered: both circuits close. */
  succeed(): void;
  /** The request failed; `FALLBACK_POLICY` decides which circuit opens. */
  fail(error: ProviderError): void;
  /** The model is loading: until it answers, other requests use the next candidate. Does not count as a failure. */
  markLoading(reason: ProviderError): void;
  /** The outcome is unknown; the next request may probe. */
  release(): void;
}

/** What failures are counted for: an endpoint, or one of its models. */
export interface Circuit {
  readonly endpoint: string;
  /** Full reference. */
  readonly model?: string;
}

/** A closed circuit admits all requests, an open one none, and a half-open one the probe. */
export type Claim = 'closed' | 'claimed' | 'refused';

/** The circuits of a permit, and what was claimed from each. */
export interface Claims {
  readonly endpoint: Circuit;
  readonly endpointClaim: Claim;
  readonly model: Circuit;
  readonly modelClaim: Claim;
}

/** Records outcomes in the circuits. */
export interface CircuitRecorder {
  close(circuit: Circuit): void;
  open(circuit: Circuit, error: ProviderError, options: { readonly probe: boolean }): void;
  /** @returns whether the probe was claimed */
  claimLoading(circuit: Circuit, reason: ProviderError): boolean;
  releaseProbe(circuit: Circuit): void;
  /** @returns `false` if another process has claimed the probe */
  confirmProbe(circuit: Circuit): true | Promise<boolean>;
}

/** A class, as there is one for each request: see `createEventStream`. */
export class CircuitPermit implements Permit {
  readonly probe: boolean;
  readonly #recorder: CircuitRecorder;
  readonly #endpoint: Circuit;
  readonly #model: Circuit;
  #probesEndpoint: boolean;
  #probesModel: boolean;

  constructor(recorder: CircuitRecorder, { endpoint, endpointClaim, model, modelClaim }: Claims) {
    this.#recorder = recorder;
    this.#endpoint = endpoint;
    this.#model = model;
    this.#probesEndpoint = endpointClaim === 'claimed';
    this.#probesModel = modelClaim === 'claimed';
    this.probe = this.#probesEndpoint || this.#probesModel;
  }

  confirm(): true | Promise<boolean> {
    const endpoint = !this.#probesEndpoint || this.#recorder.confirmProbe(this.#endpoint);
    const model = !this.#probesModel || this.#recorder.confirmProbe(this.#model);
    return (endpoint === true && model === true) || this.#applyConfirmation(endpoint, model);
  }

  async #applyConfirmation(endpoint: true | Promise<boolean>, model: true | Promise<boolean>): Promise<boolean> {
    // Nothing is released that another process probes.
    this.#probesEndpoint &&= await endpoint;
    this.#probesModel &&= await model;
    if ((await endpoint) && (await model)) return true;
    this.release();
    return false;
  }

  succeed(): void {
    this.#recorder.close(this.#endpoint);
    this.#recorder.close(this.#model);
    this.#probesEndpoint = false;
    this.#probesModel = false;
  }

  fail(error: ProviderError): void {
    const { opens } = fallbackRule(error);
    if (opens === 'endpoint') this.#recorder.open(this.#endpoint, error, { probe: this.#probesEndpoint });
    else if (showsReachable(error)) this.#recorder.close(this.#endpoint);
    if (opens === 'model') this.#recorder.open(this.#model, error, { probe: this.#probesModel });
    this.release();
  }

  markLoading(reason: ProviderError): void {
    this.#recorder.close(this.#endpoint);
    this.#probesEndpoint = false;
    if (!this.#probesModel) this.#probesModel = this.#recorder.claimLoading(this.#model, reason);
  }

  release(): void {
    if (this.#probesEndpoint) this.#recorder.releaseProbe(this.#endpoint);
    if (this.#probesModel) this.#recorder.releaseProbe(this.#model);
    this.#probesEndpoint = false;
    this.#probesModel = false;
  }
}

/** An endpoint that answers can be reached, even if it refuses the request. */
function showsReachable({ code, clock }: ProviderError): boolean {
  return code !== 'aborted' && code !== 'connection-failed' && (code !== 'timeout' || clock === 'idle');
}
