/** `timeout`: no reply within the limit. `unreachable`: no connection. `refused`: the store replied with an error. */
export type ClusterStoreErrorCode = 'timeout' | 'unreachable' | 'refused' | 'invalid-url';

/** An operation of the store that failed. */
export class ClusterStoreError extends Error {
  override readonly name = 'ClusterStoreError';
  readonly code: ClusterStoreErrorCode;

  constructor(code: ClusterStoreErrorCode, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, options);
    this.code = code;
  }
}
