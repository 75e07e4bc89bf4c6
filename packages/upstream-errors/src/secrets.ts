export interface SecretSources {
  /** Keys also stand in its query: `?key=…`, `?sig=…`. */
  readonly baseUrl: URL;
}

/** Names of headers and parameters whose values are nobody's business. */
const SECRET_NAME = /auth|cookie|key|token|secret|session|passw|credential|^sig(?:nature)?$/i;
/** Shorter values would tear holes into ordinary words. */
const SHORTEST_SECRET = 8;

/** The values in the headers and the address of a request that must not appear in messages, however a server repeats them. */
export function findSecrets(headers: Readonly<Record<string, string>>, { baseUrl }: SecretSources): readonly string[] {
  const inHeaders = Object.entries(headers).flatMap(([name, value]) => (SECRET_NAME.test(name) ? formsOf(value) : []));
  const inQuery = [...baseUrl.searchParams].flatMap(([name, value]) =>
    SECRET_NAME.test(name) ? [value, encodeURIComponent(value)] : [],
  );
  const secrets = new Set([...inHeaders, ...inQuery].filter((value) => value.length >= SHORTEST_SECRET));
  // The longest first: what holds another secret goes as a whole.
  return [...secrets].toSorted((one, other) => other.length - one.length);
}

/** A header's value whole, behind its scheme (`Bearer …`), by its cookies, and what basic credentials encode. */
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
