import type { AuthProfiles } from './auth-profiles.ts';
import type { ConfigIssue } from './config-error.ts';
import type { JsonObject } from './json-value.ts';
import type { OpenClawConfig } from './schema/config-schema.ts';

/** A provider that cannot be used although everything else can. */
export interface DisabledProvider {
  id: string;
  /** `missing-variable`: it needs an environment variable that is not set. `invalid`: its entry is wrong. */
  reason: 'missing-variable' | 'invalid';
  issues: readonly ConfigIssue[];
}

/** The configuration in force, and how it came about. */
export interface LoadedConfig {
  /** Checked, variables put in, defaults filled in, disabled providers left out. */
  config: OpenClawConfig;
  /** As people wrote it: includes merged, `${VAR}` kept, nothing filled in. */
  authored: JsonObject;
  /** Absolute path of the configuration file, whether it exists or not. */
  path: string;
  /** False when there is no file and the defaults are in force. */
  exists: boolean;
  /** Every file that took part: the configuration first, then its includes, in the order they are read. */
  files: readonly string[];
  /** Those of `files` that hold no setting: blank, nothing but comments, or `{}`. */
  emptyFiles: readonly string[];
  warnings: readonly ConfigIssue[];
  disabledProviders: readonly DisabledProvider[];
  /** The environment in force: the process, then `./.env`, `<stateDir>/.env`, the `env` section, and what the login shell adds. */
  env: Readonly<Record<string, string | undefined>>;
  /** Where `.env` files are looked for, to be watched, whether they exist or not. */
  environmentPaths: readonly string[];
  /** Where state lives, `~/.openclaw`; need not exist. */
  stateDir: string;
  /** `--profile`, or undefined. */
  profile: string | undefined;
  /** Auth profiles by agent id, for the agents that have any. */
  authProfiles: Readonly<Record<string, AuthProfiles>>;
  /** Where auth profiles are looked for, to be watched: the directory of agents and a file for each, whether they exist or not. */
  authProfilePaths: readonly string[];
}
