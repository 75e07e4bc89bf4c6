import { ProviderError } from '@openclaw/provider';

export interface HeaderSources {
  readonly provider: string;
  readonly apiKey: string | undefined;
  /** Credentials of the base URL. */
  readonly authorization: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
}

const VALID_NAME = /^[!#$%&'*+\-.^_`|~\w]+$/;
const VALID_VALUE = /^[\t\u0020-\u007E\u0080-\u00FF]*$/;

/**
 * The headers of every request: those given win over the key, and the key over credentials in the URL.
 * @throws {ProviderError} `invalid-request` for a header that cannot be sent, naming it but not its value.
 */
export function encodeHeaders({ provider, apiKey, authorization, headers }: HeaderSources): Record<string, string> {
  const key = apiKey?.trim() ?? '';
  const encoded: Record<string, string> = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    // Without it any compression is allowed, and a stream that is compressed on the way arrives late.
    'accept-encoding': 'identity',
    'user-agent': 'openclaw',
    ...(authorization !== undefined && { authorization }),
    ...(key !== '' && { authorization: `Bearer ${key}` }),
  };
  for (const [name, value] of Object.entries(headers)) encoded[name.toLowerCase()] = value;
  const invalid = Object.entries(encoded).find(([name, value]) => !VALID_NAME.test(name) || !VALID_VALUE.test(value));
  if (invalid === undefined) return encoded;
  throw new ProviderError(
    'invalid-request',
    `The header "${invalid[0]}" of provider "${provider}" cannot be sent: its name or value holds a character that HTTP does not allow, such as a line break.`,
    { provider },
  );
}
