/** One stored credential. */
export interface AuthProfile {
  /** `ollama:manual`. */
  id: string;
  provider: string;
  type: 'api_key' | 'token' | 'oauth';
  /** The key, the token, or the access token; never shown, see `maskSecret`. */
  secret: string;
  /** Milliseconds since 1970 at which the credential ends, if it does. */
  expires?: number;
}

/** The credentials of one agent. */
export interface AuthProfiles {
  /** Absolute path of the `auth-profiles.json` they came from. */
  file: string;
  profiles: readonly AuthProfile[];
  /** Profile ids by provider, first choice first. */
  order: Readonly<Record<string, readonly string[]>>;
}
