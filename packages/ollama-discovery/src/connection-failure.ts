import { fieldsOf, textOf } from './json-fields.ts';
import { OllamaDiscoveryError } from './ollama-discovery-error.ts';
import type { DiscoveryConnectionFailure } from './ollama-discovery-error.ts';

/** Error codes of Node and undici for a failed connection. */
const FAILURE_BY_CODE: Record<string, DiscoveryConnectionFailure> = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ETIMEDOUT: 'unreachable',
  UND_ERR_CONNECT_TIMEOUT: 'unreachable',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  UND_ERR_SOCKET: 'closed',
  HTTPParserError: 'closed',
  EPROTO: 'tls',
  CERT_HAS_EXPIRED: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls',
};

const FAILURE_BY_FAMILY: readonly (readonly [RegExp, DiscoveryConnectionFailure])[] = [
  [/^(?:ERR_TLS|ERR_SSL|CERT)_/, 'tls'],
  // Error codes of the HTTP parser: the response is not HTTP.
  [/^HPE_/, 'closed'],
];

const WHAT_HAPPENED: Record<DiscoveryConnectionFailure, string> = {
  refused: 'connection refused',
  reset: 'connection reset',
  unreachable: 'host unreachable',
  dns: 'host name not found',
  tls: 'TLS failed',
  closed: 'no HTTP answer',
};

const NEXT_STEP: Record<DiscoveryConnectionFailure, { advice: string; command?: string }> = {
  refused: {
    advice: 'Nothing listens there. Start Ollama with "ollama serve", or check host and port.',
    command: 'ollama serve',
  },
  reset: { advice: 'Try again. If it happens again, check the log of "ollama serve".' },
  unreachable: { advice: 'Check the address, the network and the firewall.' },
  dns: { advice: 'Check the spelling of the host name.' },
  tls: { advice: 'Ollama uses plain http: check the scheme, or the certificate of the proxy in front of it.' },
  closed: { advice: 'Check that the scheme (http or https) and the port are right.' },
};

/** Describes a failed `fetch`; `undefined` if the connection did not fail. */
export function describeConnectionFailure(
  cause: unknown,
  { url, nativeUrl }: { url: string; nativeUrl: string },
): OllamaDiscoveryError | undefined {
  const connection = connectionFailureOf(cause);
  if (connection === undefined) return undefined;
  const { advice, command } = NEXT_STEP[connection];
  const message = `Cannot reach Ollama at ${nativeUrl} (${WHAT_HAPPENED[connection]}). ${advice}`;
  return new OllamaDiscoveryError('connection-failed', message, { url, connection, nextCommand: command, cause });
}

/** The code is on the error, its cause, or the error of one of the tried addresses. */
function connectionFailureOf(error: unknown, depth = 0): DiscoveryConnectionFailure | undefined {
  if (depth > 4) return undefined;
  const fields = fieldsOf(error);
  // undici's parser sets no code if the response does not look like HTTP.
  const code = textOf(fields['code']) ?? textOf(fields['name']) ?? '';
  const known = FAILURE_BY_CODE[code] ?? FAILURE_BY_FAMILY.find(([family]) => family.test(code))?.[1];
  if (known !== undefined) return known;
  const inner: unknown[] = [fields['cause'], ...(Array.isArray(fields['errors']) ? fields['errors'] : [])];
  return inner
    .filter((item) => item !== undefined)
    .map((item) => connectionFailureOf(item, depth + 1))
    .find((found) => found !== undefined);
}
