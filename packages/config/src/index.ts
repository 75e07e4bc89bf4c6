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
export {
  apiKeyVariable,
  defaultAgentId,
  resolveCredential,
  resolveEndpointKey,
  type Credential,
} from './resolve-credential.ts';
export type { EndpointConfig, ModelChoice, ModelConfig, ModelSettings, ProviderConfig } from './schema/config-parts.ts';
export type { OpenClawConfig, OpenClawConfigInput } from './schema/openclaw-config.ts';

export { resolveConfigPaths, expandHome, shortenHome, type ConfigLocation, type ConfigPaths } from './config-paths.ts';
export { formatConfigPath, parseConfigPath, type ConfigPath } from './config-path.ts';
export { loadConfig, parseConfig, type LoadConfigOptions, type ParsedConfig } from './load-config.ts';
export { loadConfigObject, type LoadConfigObjectOptions } from './load-config-object.ts';
export { configJsonSchema } from './config-json-schema.ts';
export {
  editConfig,
  setConfigValue,
  unsetConfigValue,
  type ConfigEdit,
  type ConfigEditResult,
  type EditedFile,
  type EditOptions,
} from './edit-config.ts';
export { isKeyVariable } from './key-names.ts';
export { createDirectory } from './create-directory.ts';
export { getConfigValue, isKnownConfigPath } from './get-config-value.ts';
export { diffLines, type ComparedText } from './diff-lines.ts';
export { planConfigEdit, type ConfigChange } from './plan-config-edit.ts';
export { readRegularFile, type FileReading } from './read-regular-file.ts';
export { maskSecret, redactConfig, SECRET_MASK } from './redact-config.ts';
export {
  addAuthProfile,
  listAuthProfiles,
  removeAuthProfile,
  type AuthProfileOptions,
  type AuthProfileSummary,
} from './auth-profile-store.ts';
