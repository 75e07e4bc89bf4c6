import { OllamaDiscoveryError } from './ollama-discovery-error.ts';

export interface HeaderSources {
  readonly apiKey: string | undefined;
  readonly headers: Readonly<Record<string, string>> | undefined;
  readonly hasBody: boolean;
}

const VALID_NAME = /^[!#$%&'*+\-.^_`|~\w]+$/;
const VALID_VALUE = /^[\t\u0020-\u007E\u0080-\u00FF]*$/;

/**
 * The headers of a request, with names in lower case. Given headers override the key.
 * @throws {OllamaDiscoveryError} `invalid-header` for an invalid header; the message has its name but not its value
 */
export function requestHeaders({ apiKey = '', headers = {}, hasBody }: HeaderSources): Record<string, string> {
  const given = Object.entries(headers).map(([name, value]): [string, string] => [name.toLowerCase(), value]);
  const sent = {
    accept: 'application/json',
    ...(hasBody && { 'content-type': 'application/json' }),
    ...(apiKey !== '' && { authorization: `Bearer ${apiKey}` }),
    ...Object.fromEntries(given),
  };
  const invalid = Object.entries(sent).find(([name, value]) => !VALID_NAME.test(name) || !VALID_VALUE.test(value));
  if (invalid === undefined) return sent;
  const [name] = invalid;
  const source = name === 'authorization' ? ' Check the API key.' : '';
  throw new OllamaDiscoveryError(
    'invalid-header',
    `The header "${name}" cannot be sent to Ollama: its name or value holds a character that HTTP does not allow, such as a line break.${source}`,
  );
}

const SECRET_NAME = /auth|cookie|key|token|secret|session|passw|credential/i;
/** Masking shorter values would damage ordinary words. */
const SHORTEST_SECRET = 8;

/** Masks the secrets of the request, which some servers repeat, with or without their scheme. */
export function hideSecrets(text: string, headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .filter(([name]) => SECRET_NAME.test(name))
    .flatMap(([, value]) => [value, value.replace(/^\S+\s+/, '')])
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .reduce((hidden, secret) => hidden.replaceAll(secret, '***'), text);
}
