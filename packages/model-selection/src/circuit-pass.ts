import type { ProviderError } from '@openclaw/provider';
import { fallbackRule } from './fallback-policy.ts';

/**
 * Leave to ask. One of its methods is called when the outcome is known; a failure may follow a success when an answer broke
 * off, and a success a release when the outcome came late after all.
 */
export interface CircuitPass {
  /** Whether this request tries on behalf of all whether the target is well again. */
  readonly probe: boolean;
  /** It answered: both its circuits close at once. */
  succeed(): void;
  /** It failed; what that opens is the policy's to say. */
  fail(error: ProviderError): void;
  /** It is at work and has not answered yet: until it does, other requests go on to the next candidate. No failure. */
  hold(reason: ProviderError): void;
  /** Nothing was learned; a probe is left to somebody else. */
  release(): void;
}

/** Whose failures are counted: an endpoint, or one of its models. */
export interface Circuit {
  readonly endpoint: string;
  /** Full reference. */
  readonly model?: string;
}

/** A closed circuit lets everybody in; an open one nobody, or one when it is time to try. */
export type Claim = 'closed' | 'claimed' | 'refused';

/** The circuits with which a pass was had, and on which terms. */
export interface Claims {
  readonly endpoint: Circuit;
  readonly endpointClaim: Claim;
  readonly model: Circuit;
  readonly modelClaim: Claim;
}

/** Where outcomes are written down. */
export interface CircuitBook {
  close(circuit: Circuit): void;
  open(circuit: Circuit, error: ProviderError, options: { readonly probe: boolean }): void;
  /** @returns whether the probe is had */
  holdProbe(circuit: Circuit, reason: ProviderError): boolean;
  releaseProbe(circuit: Circuit): void;
}

/** A class, as there is one for each request: see `createEventStream`. */
export class ClaimedPass implements CircuitPass {
  readonly probe: boolean;
  readonly #book: CircuitBook;
  readonly #endpoint: Circuit;
  readonly #model: Circuit;
  #probesEndpoint: boolean;
  #probesModel: boolean;

  constructor(book: CircuitBook, { endpoint, endpointClaim, model, modelClaim }: Claims) {
    this.#book = book;
    this.#endpoint = endpoint;
    this.#model = model;
    this.#probesEndpoint = endpointClaim === 'claimed';
    this.#probesModel = modelClaim === 'claimed';
    this.probe = this.#probesEndpoint || this.#probesModel;
  }

  succeed(): void {
    this.#book.close(this.#endpoint);
    this.#book.close(this.#model);
    this.#probesEndpoint = false;
    this.#probesModel = false;
  }

  fail(error: ProviderError): void {
    const { opens } = fallbackRule(error);
    if (opens === 'endpoint') this.#book.open(this.#endpoint, error, { probe: this.#probesEndpoint });
    else if (showsReachable(error)) this.#book.close(this.#endpoint);
    if (opens === 'model') this.#book.open(this.#model, error, { probe: this.#probesModel });
    this.release();
  }

  hold(reason: ProviderError): void {
    this.#book.close(this.#endpoint);
    this.#probesEndpoint = false;
    if (!this.#probesModel) this.#probesModel = this.#book.holdProbe(this.#model, reason);
  }

  release(): void {
    if (this.#probesEndpoint) this.#book.releaseProbe(this.#endpoint);
    if (this.#probesModel) this.#book.releaseProbe(this.#model);
    this.#probesEndpoint = false;
    this.#probesModel = false;
  }
}

/** Whoever answers at all, be it with a refusal, can be reached. */
function showsReachable({ code, clock }: ProviderError): boolean {
  return code !== 'aborted' && code !== 'connection-failed' && (code !== 'timeout' || clock === 'idle');
}
