import type { ConnectionFailure } from '@openclaw/provider';
import { classifyConnectionError } from '@openclaw/upstream-errors';
import type { ConnectionErrorKind } from '@openclaw/upstream-errors';
import { OllamaDiscoveryError } from './ollama-discovery-error.ts';

/** The name of a connection error in discovery; none for errors that are not about the server. */
const FAILURE_BY_KIND: Readonly<Record<ConnectionErrorKind, ConnectionFailure | undefined>> = {
  refused: 'refused',
  reset: 'reset',
  unreachable: 'unreachable',
  dns: 'dns',
  tls: 'tls',
  closed: 'closed',
  proxy: 'unreachable',
  'not-http': 'closed',
  truncated: 'closed',
  'connect-timeout': 'unreachable',
  'headers-timeout': 'unreachable',
  'body-timeout': 'unreachable',
  shortage: undefined,
};

const WHAT_HAPPENED: Record<ConnectionFailure, string> = {
  refused: 'connection refused',
  reset: 'connection reset',
  unreachable: 'host unreachable',
  dns: 'host name not found',
  tls: 'TLS failed',
  closed: 'no HTTP answer',
};

const NEXT_STEP: Record<ConnectionFailure, { advice: string; command?: string }> = {
  refused: {
    advice: 'Nothing listens there. Start Ollama with "ollama serve", or check host and port.',
    command: 'ollama serve',
  },
  reset: { advice: 'Try again. If it happens again, check the log of "ollama serve".' },
  unreachable: { advice: 'Check the address, the network and the firewall.' },
  dns: { advice: 'Check the spelling of the host name.' },
  tls: {
    advice:
      'Ollama uses plain http: check the scheme, or the certificate of the proxy in front of it. For a private certificate authority, set NODE_EXTRA_CA_CERTS to the file of its certificate.',
  },
  closed: { advice: 'Check that the scheme (http or https) and the port are right.' },
};

/** Describes a failed `fetch`; `undefined` if the connection did not fail. */
export function describeConnectionFailure(
  cause: unknown,
  { url, nativeUrl }: { url: string; nativeUrl: string },
): OllamaDiscoveryError | undefined {
  const kind = classifyConnectionError(cause)?.kind;
  const connection = kind === undefined ? undefined : FAILURE_BY_KIND[kind];
  if (connection === undefined) return undefined;
  const { advice, command } = NEXT_STEP[connection];
  const message = `Cannot reach Ollama at ${nativeUrl} (${WHAT_HAPPENED[connection]}). ${advice}`;
  return new OllamaDiscoveryError('connection-failed', message, { url, connection, nextCommand: command, cause });
}
