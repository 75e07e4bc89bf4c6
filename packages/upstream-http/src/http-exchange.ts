export type HttpHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** Status and headers of a response. */
export interface HttpResponseHead {
  readonly status: number;
  readonly headers: HttpHeaders;
}

/** What one read brought. */
export interface BodyRead {
  readonly bytes: Uint8Array;
  /** Whether nothing more comes. */
  readonly done: boolean;
  /** Why the body ended before its end: a ProviderError, or a bug. */
  readonly failure?: unknown;
}

/** A request and its response, under clocks. Every way in which it can fail is the `failure` of a read. */
export interface HttpExchange {
  /** `undefined` until the first read, and after it when no response came. */
  readonly head: HttpResponseHead | undefined;
  /**
   * Waits for what comes next and returns everything that has arrived: the first read when the head has come, later ones when
   * bytes have. While nothing is read, the server has to wait. The body of a refusal (a status from 300) is
   * returned by the first read, up to 64 KiB. One read at a time.
   */
  read(): Promise<BodyRead>;
  /** What arrived was an event of the answer: the clock of the first event gives way to that between events. */
  event(): void;
  /** Ends everything. A `complete` answer may end its body first, so that the connection serves the next request; otherwise the connection closes. */
  finish(complete?: boolean): void;
}
