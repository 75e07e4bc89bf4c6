/** The parts of a provider's entry in a configuration (`models.providers.ollama`) that decide about discovery. */
export interface ExplicitEntry {
  readonly baseUrl?: string | undefined;
  readonly models?: readonly unknown[] | undefined;
  /** Enables or disables discovery, regardless of the other fields. */
  readonly discover?: boolean | undefined;
}

/** The inputs of the decision. */
export interface DiscoveryInputs {
  /** The provider's entry, if the configuration has one. */
  readonly entry?: ExplicitEntry | undefined;
  /**
   * The value of `OLLAMA_API_KEY`. Ollama needs no real key, so any value enables discovery; a blank value counts as
   * absent.
   */
  readonly apiKey?: string | undefined;
  /** Whether an auth profile for the provider is stored. @default false */
  readonly hasAuthProfile?: boolean | undefined;
  /** Whether the configuration names one of the provider's models, as `ollama/gpt-oss:20b` does. @default false */
  readonly isReferenced?: boolean | undefined;
}

/** Why discovery is on or off. */
export type DiscoveryReason =
  /** On: the entry has `discover: true`. */
  | 'requested'
  /** Off: the entry has `discover: false`. */
  | 'switched-off'
  /** Off: the entry has a `baseUrl` or `models`, so its models are listed explicitly. */
  | 'explicit-entry'
  /** On: the entry has neither. */
  | 'entry-without-models'
  | 'api-key'
  | 'auth-profile'
  | 'referenced'
  /** Off: there is no entry, no key, no auth profile and no reference. */
  | 'no-credential';

export interface DiscoveryPlan {
  /** Whether models are discovered. */
  readonly enabled: boolean;
  readonly reason: DiscoveryReason;
}

/**
 * Decides whether the models of an Ollama server are discovered. Without an entry in the configuration, a key, an auth
 * profile or a reference to one of its models enables discovery. An entry with a `baseUrl` or `models` disables it.
 * `discover` in the entry overrides everything else.
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
