import type { IncomingHttpHeaders } from 'node:http';
import type { RequestSnapshot } from '../request-trace.ts';

/** Exports traces and metrics of requests. Never throws, and never lets a request wait. */
export interface Telemetry {
  /** Follows a request from its beginning. */
  begin(request: BegunRequest): TracedRequest;
  /** Exports what is left, for a bounded time, and stops. */
  close(): Promise<void>;
}

/** A request that has just arrived. */
export interface BegunRequest {
  /** The endpoint as the route table writes it: `POST /v1/chat/completions`. */
  readonly route: string;
  /** Its `traceparent` and `tracestate` are continued. */
  readonly headers: IncomingHttpHeaders;
}

/** A request whose span has begun. */
export interface TracedRequest {
  /** The trace context for requests to model servers, if they are to carry it. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Ends its span, makes a span for each attempt, and counts it. */
  end(request: RequestSnapshot): void;
}
