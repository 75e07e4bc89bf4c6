import type { AuthProfiles } from './auth-profiles.ts';
import type { ConfigIssue } from './config-error.ts';
import type { JsonObject } from './json-value.ts';
import type { OpenClawConfig } from './schema/openclaw-config.ts';

/** A provider that is unusable while the rest is valid. */
export interface DisabledProvider {
  id: string;
  /** `missing-variable`: it needs an environment variable or a secret that is missing. `invalid`: its entry is invalid. */
  reason: 'missing-variable' | 'invalid';
  issues: readonly ConfigIssue[];
}

/** A loaded configuration and its sources. */
export interface LoadedConfig {
  /** Validated, with substituted variables and defaults, without disabled providers. */
  config: OpenClawConfig;
  /** As written: includes merged, `${VAR}` kept, without defaults. */
  authored: JsonObject;
  /** Absolute path of the configuration file, whether it exists or not. */
  path: string;
  /** False if there is no file and the defaults apply. */
  exists: boolean;
  /** All files: the configuration first, then its includes, in the order of reading. */
  files: readonly string[];
  /** Those of `files` without any setting: blank, only comments, or `{}`. */
  emptyFiles: readonly string[];
  warnings: readonly ConfigIssue[];
  disabledProviders: readonly DisabledProvider[];
  /**
   * The effective environment: the process, then `./.env`, `<stateDir>/.env`, the `env` section, and the login shell.
   */
  env: Readonly<Record<string, string | undefined>>;
  /** The paths of `.env` files, whether they exist or not, for watching. */
  environmentPaths: readonly string[];
  /** The state directory, `~/.openclaw`; need not exist. */
  stateDir: string;
  /** `--profile`, or undefined. */
  profile: string | undefined;
  /** Auth profiles by agent id, for the agents that have any. */
  authProfiles: Readonly<Record<string, AuthProfiles>>;
  /**
   * The paths of auth profiles, for watching: the directory of agents and a file for each, whether they exist or not.
   */
  authProfilePaths: readonly string[];
}
