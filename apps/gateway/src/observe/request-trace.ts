import { AllCandidatesFailedError } from '@openclaw/model-selection';
import type { Attempt, StreamEvent, Usage } from '@openclaw/provider';
import type { UsageReader } from './usage-reader.ts';

/** What is known of a request, while it runs and after it. Always of one shape, which is the cheapest to make for each. */
export interface RequestSnapshot {
  readonly id: string;
  /** The endpoint as the route table writes it: `POST /v1/chat/completions`. */
  readonly route: string;
  /** The client: `owner`, or a name of `gateway.auth.tokens`; empty if the endpoint needs no token, or it was refused. */
  readonly client: string;
  /** Whether its endpoint asks models. */
  readonly asksModels: boolean;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** From the request to its end, or to now. */
  readonly durationMs: number;
  readonly state: 'waiting' | 'answering' | 'ended';
  /** The model that the client named; absent when it named none, or the endpoint knows none. */
  readonly wanted: string | undefined;
  readonly stream: boolean | undefined;
  /** Full reference of the model that answers. */
  readonly model: string | undefined;
  readonly attempts: readonly Attempt[];
  /** When the outcome of each attempt was known, in milliseconds since the start of the request. */
  readonly attemptEndsMs: readonly number[];
  /** The kinds of the answer's repairs, in order. */
  readonly repairs: readonly string[];
  /** What the answer may lack: the kinds of its warnings, in order. */
  readonly warnings: readonly string[];
  /** From the request to the first event of its answer. */
  readonly firstEventMs: number | undefined;
  readonly usage: Usage | undefined;
  readonly status: number | undefined;
  /** Why it failed; `client-left` when the client disconnected first. */
  readonly errorCode: string | undefined;
  readonly errorMessage: string | undefined;
}

/** Follows one request. */
export interface RequestTrace {
  readonly id: string;
  /** Full reference of the model that answers, once it is known. */
  readonly model: string | undefined;
  readonly attempts: readonly Attempt[];
  readonly repairs: readonly string[];
  readonly warnings: readonly string[];
  /** The tokens that it has used; estimated from the text if the server did not count them. */
  readonly usedTokens: number;
  /** Records the client. */
  sentBy(client: string): void;
  /** Records the model and the streaming option of the request. */
  asked(wanted: string | undefined, stream: boolean): void;
  /** Records the model that answers, for an answer without events. */
  answeredBy(model: string): void;
  /** Records an event of the answer. */
  see(event: StreamEvent): void;
  /** Records the usage of an answer without events. */
  used(usage: Usage): void;
  /** Records what counts the tokens of an answer that is passed through. */
  relays(reader: Pick<UsageReader, 'usage' | 'frames'>): void;
  /** Records why it failed. The first reason is kept. */
  fail(code: string, message: string): void;
  /** Closes the record. A second call does nothing. */
  end(status: number): void;
  snapshot(): RequestSnapshot;
}

/** Of English text, roughly. */
const CHARACTERS_PER_TOKEN = 4;

/** Repairs of one request that are remembered by name. */
const MAX_REPAIRS = 50;

interface FollowedRequest {
  readonly id: string;
  /** The endpoint as the route table writes it. */
  readonly route: string;
  readonly asksModels: boolean;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly monotonicNow: () => number;
  readonly onEnd: (trace: RequestTrace) => void;
}

/** A class, as there is one for each request: the closures of an object would cost more than what they do. */
export class FollowedTrace implements RequestTrace {
  readonly id: string;
  model: string | undefined;
  attempts: readonly Attempt[] = [];
  repairs: readonly string[] = [];
  warnings: readonly string[] = [];
  readonly #request: FollowedRequest;
  readonly #beganAt: number;
  #endedAt: number | undefined;
  #wanted: string | undefined;
  #stream: boolean | undefined;
  #firstEventMs: number | undefined;
  readonly #attemptEndsMs: number[] = [];
  #client = '';
  #usage: Usage | undefined;
  #saidCharacters = 0;
  #reader: Pick<UsageReader, 'usage' | 'frames'> | undefined;
  #status: number | undefined;
  #failure: { readonly errorCode: string; readonly errorMessage: string } | undefined;

  constructor(request: FollowedRequest) {
    this.id = request.id;
    this.#request = request;
    this.#beganAt = request.monotonicNow();
  }

  get usedTokens(): number {
    const said = Math.ceil(this.#saidCharacters / CHARACTERS_PER_TOKEN);
    return this.#countedUsage()?.totalTokens ?? said + (this.#reader?.frames() ?? 0);
  }

  sentBy(client: string): void {
    this.#client = client;
  }

  asked(wanted: string | undefined, stream: boolean): void {
    this.#wanted = wanted;
    this.#stream = stream;
  }

  answeredBy(model: string): void {
    this.model = model;
    this.#firstEventMs ??= this.#elapsedMs();
  }

  see(event: StreamEvent): void {
    switch (event.type) {
      case 'start':
        this.#firstEventMs = this.#elapsedMs();
        this.model = event.model;
        if (event.attempts !== undefined) this.#setAttempts(event.attempts);
        break;
      case 'fallback':
        this.#setAttempts([...this.attempts, event.failed]);
        break;
      case 'repair':
        if (this.repairs.length < MAX_REPAIRS) this.repairs = [...this.repairs, event.repair];
        break;
      case 'warning':
        if (!this.warnings.includes(event.warning)) this.warnings = [...this.warnings, event.warning];
        break;
      case 'finish':
        if (event.usage !== undefined) this.#usage = event.usage;
        break;
      case 'error':
        if (event.error instanceof AllCandidatesFailedError) this.#setAttempts(event.error.attempts);
        break;
      case 'reasoning-delta':
      case 'text-delta':
        this.#saidCharacters += event.text.length;
        break;
      case 'tool-call-delta':
        this.#saidCharacters += event.argumentsText.length;
        break;
      case 'tool-call-start':
      case 'tool-call-end':
        break;
    }
  }

  used(usage: Usage): void {
    this.#usage = usage;
  }

  relays(reader: Pick<UsageReader, 'usage' | 'frames'>): void {
    this.#reader = reader;
  }

  fail(errorCode: string, errorMessage: string): void {
    this.#failure ??= { errorCode, errorMessage };
  }

  end(status: number): void {
    if (this.#endedAt !== undefined) return;
    this.#endedAt = this.#request.monotonicNow();
    this.#status = status;
    this.#request.onEnd(this);
  }

  snapshot(): RequestSnapshot {
    const firstEventMs = this.#firstEventMs;
    return {
      id: this.id,
      route: this.#request.route,
      client: this.#client,
      asksModels: this.#request.asksModels,
      startedAt: this.#request.startedAt,
      durationMs: this.#elapsedMs(),
      state: this.#endedAt !== undefined ? 'ended' : firstEventMs === undefined ? 'waiting' : 'answering',
      wanted: this.#wanted,
      stream: this.#stream,
      model: this.model,
      attempts: this.attempts,
      attemptEndsMs: this.#attemptEndsMs,
      repairs: this.repairs,
      warnings: this.warnings,
      firstEventMs,
      usage: this.#countedUsage(),
      status: this.#status,
      errorCode: this.#failure?.errorCode,
      errorMessage: this.#failure?.errorMessage,
    };
  }

  /** Events come when an attempt has ended, or has led to content. */
  #setAttempts(attempts: readonly Attempt[]): void {
    this.attempts = attempts;
    while (this.#attemptEndsMs.length < attempts.length) this.#attemptEndsMs.push(this.#elapsedMs());
  }

  #countedUsage(): Usage | undefined {
    return this.#usage ?? this.#reader?.usage();
  }

  #elapsedMs(): number {
    return Math.round((this.#endedAt ?? this.#request.monotonicNow()) - this.#beganAt);
  }
}
