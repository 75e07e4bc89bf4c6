export interface SecretSources {
  /** Its query may contain keys, too: `?key=…`, `?sig=…`. */
  readonly baseUrl: URL;
}

/** Names of headers and parameters with secret values. */
const SECRET_NAME = /auth|cookie|key|token|secret|session|passw|credential|^sig(?:nature)?$/i;
/** Shorter values could be part of ordinary words. */
const MIN_SECRET_LENGTH = 8;

/** The values in the headers and the URL of a request that must not appear in messages. */
export function findSecrets(headers: Readonly<Record<string, string>>, { baseUrl }: SecretSources): readonly string[] {
  const inHeaders = Object.entries(headers).flatMap(([name, value]) => (SECRET_NAME.test(name) ? formsOf(value) : []));
  const inQuery = [...baseUrl.searchParams].flatMap(([name, value]) =>
    SECRET_NAME.test(name) ? [value, encodeURIComponent(value)] : [],
  );
  const secrets = new Set([...inHeaders, ...inQuery].filter((value) => value.length >= MIN_SECRET_LENGTH));
  // The longest first, so that a secret which contains another one is replaced as a whole.
  return [...secrets].toSorted((one, other) => other.length - one.length);
}

/**
 * The secret parts of a header: the whole value, credentials after a scheme (`Bearer …`), cookies, decoded basic
 * credentials.
 */
function formsOf(value: string): readonly string[] {
  const [, scheme = '', credentials = ''] = /^(\S+)\s+(.*)$/.exec(value) ?? [];
  const cookies = value.split(';').map((pair) => pair.slice(pair.indexOf('=') + 1).trim());
  const decoded = /^basic$/i.test(scheme) ? decodeBase64(credentials) : '';
  return [value, credentials, ...cookies, decoded, decoded.slice(decoded.indexOf(':') + 1)];
}

/** Text in base64, in its URL alphabet too; empty when it is not base64. Without `Buffer`, which browsers lack. */
function decodeBase64(text: string): string {
  try {
    const bytes = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    return new TextDecoder().decode(Uint8Array.from(bytes, (byte) => byte.charCodeAt(0)));
  } catch {
    return '';
  }
}
