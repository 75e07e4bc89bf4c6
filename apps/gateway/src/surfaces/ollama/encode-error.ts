import type { EncodedError } from '../../http/error-encoder.ts';
import type { Failure } from '../../http/to-failure.ts';

/** A failure → Ollama's error body. The error is a text: clients show anything else as `[object Object]`. */
export function encodeError({ status, message }: Failure): EncodedError {
  return { status, body: JSON.stringify({ error: message }) };
}
