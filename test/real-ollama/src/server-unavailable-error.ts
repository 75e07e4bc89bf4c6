/** No server can be had. The message says why, and what to do. */
export class ServerUnavailableError extends Error {
  override readonly name = 'ServerUnavailableError';
}
