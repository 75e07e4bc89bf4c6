import { encodeGoJson } from './go-json.ts';
import type { Release } from './release.ts';

/**
 * `middleware` finds fault with the form of a `/v1` request, `handler` with what it asks for, `runner` with the prompt or
 * the output.
 */
type FailureSource = 'middleware' | 'handler' | 'runner';

/** A request that the simulated server refuses, with the status and the text that Ollama gives. */
export class RequestFailure extends Error {
  readonly status: number;
  readonly foundBy: FailureSource;

  constructor(status: number, message: string, { foundBy = 'handler' }: { foundBy?: FailureSource } = {}) {
    super(message);
    this.name = 'RequestFailure';
    this.status = status;
    this.foundBy = foundBy;
  }
}

/** The body of a refusal on a native path. */
export function encodeNativeFailure(failure: RequestFailure): string {
  return encodeGoJson({ error: failure.message });
}

/** The body of a refusal on a `/v1` path; only handlers end it in a newline. Until 0.18.0 handlers call everything `api_error`. */
export function encodeCompatibleFailure(failure: RequestFailure, release: Release): string {
  const byStatus = failure.foundBy === 'middleware' || release.has('error-type-follows-status');
  const type = byStatus ? (TYPE_BY_STATUS[failure.status] ?? 'api_error') : 'api_error';
  const body = encodeGoJson({ error: { message: failure.message, type, param: null, code: null } });
  return failure.foundBy === 'middleware' ? body : `${body}\n`;
}

const TYPE_BY_STATUS: Readonly<Record<number, string>> = { 400: 'invalid_request_error', 404: 'not_found_error' };
