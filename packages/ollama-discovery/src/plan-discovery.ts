/** The parts of a provider's entry in a configuration (`models.providers.ollama`) that decide about discovery. */
export interface ExplicitEntry {
  readonly baseUrl?: string | undefined;
  readonly models?: readonly unknown[] | undefined;
  /** Switches discovery on or off, whatever else the entry says. */
  readonly discover?: boolean | undefined;
}

/** What is known of a provider before it is asked for its models. */
export interface DiscoveryInputs {
  /** The provider's entry, when the configuration has one. */
  readonly entry?: ExplicitEntry | undefined;
  /** The value of `OLLAMA_API_KEY`. Ollama needs no real key, so any value will do; blanks alone are none. */
  readonly apiKey?: string | undefined;
  /** Whether an auth profile for the provider is stored. @default false */
  readonly hasAuthProfile?: boolean | undefined;
  /** Whether the configuration names one of the provider's models, as `ollama/gpt-oss:20b` does. @default false */
  readonly isReferenced?: boolean | undefined;
}

/** Why discovery is on or off. */
export type DiscoveryReason =
  /** On: the entry says `discover: true`. */
  | 'requested'
  /** Off: the entry says `discover: false`. */
  | 'switched-off'
  /** Off: the entry gives a `baseUrl` or `models`, so models are listed by hand. */
  | 'explicit-entry'
  /** On: there is an entry, and it gives neither. */
  | 'entry-without-models'
  | 'api-key'
  | 'auth-profile'
  | 'referenced'
  /** Off: there is no entry, no key, no auth profile and no reference. */
  | 'no-credential';

export interface DiscoveryPlan {
  /** Whether the server is asked which models it has. */
  readonly enabled: boolean;
  readonly reason: DiscoveryReason;
}

/**
 * Decides whether an Ollama server is asked for its models. Without an entry in the configuration it is when there is a key,
 * an auth profile or a reference to one of its models. An entry with a `baseUrl` or `models` switches discovery off, and
 * `discover` in the entry has the last word.
 */
export function planDiscovery({ entry, apiKey, hasAuthProfile, isReferenced }: DiscoveryInputs): DiscoveryPlan {
  if (entry?.discover === true) return on('requested');
  if (entry?.discover === false) return off('switched-off');
  if (entry?.baseUrl !== undefined || (entry?.models ?? []).length > 0) return off('explicit-entry');
  if ((apiKey ?? '').trim() !== '') return on('api-key');
  if (hasAuthProfile === true) return on('auth-profile');
  if (isReferenced === true) return on('referenced');
  return entry === undefined ? off('no-credential') : on('entry-without-models');
}

function on(reason: DiscoveryReason): DiscoveryPlan {
  return { enabled: true, reason };
}

function off(reason: DiscoveryReason): DiscoveryPlan {
  return { enabled: false, reason };
}
