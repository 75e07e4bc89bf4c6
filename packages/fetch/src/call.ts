import { invalidRequest } from '@openclaw/openai-wire';
import type { JsonValue } from '@openclaw/provider';

/** What a client passed to `fetch`. */
export interface Call {
  readonly method: string;
  /** Of the URL, decoded: `/v1/models/ollama/qwen3:8b`. */
  readonly path: string;
  readonly signal: AbortSignal | undefined;
  /** @throws {ProviderError} `invalid-request` if the body is not JSON */
  readonly json: () => Promise<JsonValue>;
}

/** Reads the arguments of `fetch`. */
export function readCall(...[input, init]: Parameters<typeof globalThis.fetch>): Call {
  const request = new Request(input, init);
  const given = init?.signal ?? (input instanceof Request ? input.signal : undefined);
  return {
    method: request.method,
    path: decodePath(new URL(request.url).pathname),
    // The one of `request` follows the given one only as long as `request` is not collected as garbage.
    signal: given ?? undefined,
    async json() {
      const text = await request.text();
      try {
        const value: JsonValue = JSON.parse(text);
        return value;
      } catch {
        throw invalidRequest('The body of the request is not JSON.', 'body');
      }
    },
  };
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
