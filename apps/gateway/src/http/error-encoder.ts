import type { Failure } from './to-failure.ts';

/** A failure in the shape that the clients of an API read. */
export interface EncodedError {
  readonly status: number;
  /** JSON. */
  readonly body: string;
  /** Headers of this API only. `retry-after` and those of the failure are sent for every API. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Writes failures for the clients of an API. */
export interface ErrorEncoder {
  encodeError(failure: Failure): EncodedError;
  /** The reply header in which the clients of the API look for the id of their request, beside `x-request-id`. */
  readonly requestIdHeader?: string;
}

/** For endpoints that belong to no API: `{"error":{"message":"…","code":"not_found"}}`. */
export const PLAIN_JSON_ERRORS: ErrorEncoder = {
  encodeError: ({ status, message, code }) => ({
    status,
    body: JSON.stringify({ error: { message, code: code.replaceAll('-', '_') } }),
  }),
};
