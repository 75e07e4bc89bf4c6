import { encodeGoJson } from './go-json.ts';
import type { Release } from './release.ts';

/** A request that the simulated server refuses, with the status and the text that Ollama gives. */
export class RequestFailure extends Error {
  readonly status: number;
  /** `middleware` finds fault with the form of a `/v1` request, `handler` with what it asks for. */
  readonly foundBy: 'middleware' | 'handler';

  constructor(status: number, message: string, { foundBy = 'handler' }: { foundBy?: 'middleware' | 'handler' } = {}) {
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

/** The body of a refusal on a `/v1` path. Until 0.18.0 handlers call everything `api_error`. */
export function encodeCompatibleFailure(failure: RequestFailure, release: Release): string {
  const byStatus = failure.foundBy === 'middleware' || release.has('error-type-follows-status');
  const type = byStatus ? (TYPE_BY_STATUS[failure.status] ?? 'api_error') : 'api_error';
  return `${encodeGoJson({ error: { message: failure.message, type, param: null, code: null } })}\n`;
}

const TYPE_BY_STATUS: Readonly<Record<number, string>> = { 400: 'invalid_request_error', 404: 'not_found_error' };
