export type { AuthProfile, AuthProfiles } from './auth-profiles.ts';
export {
  ConfigError,
  formatConfigIssue,
  type ConfigErrorCode,
  type ConfigIssue,
  type ConfigIssueCode,
} from './config-error.ts';
export type { JsonObject, JsonValue } from './json-value.ts';
export type { DisabledProvider, LoadedConfig } from './loaded-config.ts';
export { apiKeyVariable, defaultAgentId, resolveCredential, type Credential } from './resolve-credential.ts';
export type {
  ModelChoice,
  ModelConfig,
  ModelSettings,
  OpenClawConfig,
  OpenClawConfigInput,
  ProviderConfig,
} from './schema/config-schema.ts';

export { resolveConfigPaths, expandHome, shortenHome, type ConfigLocation, type ConfigPaths } from './config-paths.ts';
export { formatConfigPath, parseConfigPath, type ConfigPath } from './config-path.ts';
export { loadConfig, parseConfig, type ParsedConfig } from './load-config.ts';
