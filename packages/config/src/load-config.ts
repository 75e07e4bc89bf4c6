import { authProfilePaths, readAuthProfiles } from './auth-profiles.ts';
import type { CheckedConfig } from './check-config.ts';
import { ConfigError, formatConfigIssue, type ConfigIssue } from './config-error.ts';
import { resolveConfigPaths, type ConfigLocation } from './config-paths.ts';
import { environmentPaths, readEnvironment, type Environment, type EnvironmentFiles } from './environment.ts';
import { findNode, toJson, type Json5Node } from './json5-node.ts';
import { inspectSources, type Inspection } from './inspect-sources.ts';
import { inspectWithSecrets } from './inspect-with-secrets.ts';
import { inspectWithShell } from './inspect-with-shell.ts';
import { isJsonObject, type JsonObject } from './json-value.ts';
import type { LoadedConfig } from './loaded-config.ts';
import { parseDocument, readSources, type ConfigSources } from './read-sources.ts';
import { defaultAgentId } from './resolve-credential.ts';
import type { OpenClawConfig } from './schema/openclaw-config.ts';
import { NOT_READ } from './secrets/secret-reference.ts';

export interface LoadConfigOptions extends ConfigLocation {
  /** Whether a file that OPENCLAW_CONFIG_PATH names has to exist. @default false */
  mustExist?: boolean | undefined;
  /** Whether secrets are read from files and programs. Without them, the providers that need them are disabled. @default true */
  readSecrets?: boolean | undefined;
}

/**
 * Loads the configuration: file, includes, `.env` files, environment, auth profiles, and with `env.shellEnv` the login
 * shell. Without a file the defaults apply and `exists` is false. An invalid file is an error.
 *
 * @throws ConfigError `invalid` with every issue, or `unreadable`
 */
export async function loadConfig({
  mustExist = false,
  readSecrets = true,
  ...location
}: LoadConfigOptions = {}): Promise<LoadedConfig> {
  const { env: processEnv = process.env, cwd = process.cwd() } = location;
  const paths = resolveConfigPaths(location);
  const [sources, environment, stored] = await Promise.all([
    readSources(paths.config, { env: processEnv }),
    readEnvironment(processEnv, { cwd, stateDir: paths.stateDir }),
    readAuthProfiles({ stateDir: paths.stateDir }),
  ]);
  if (mustExist && paths.isNamed && !sources.exists) {
    throw new ConfigError('unreadable', {
      message: `OPENCLAW_CONFIG_PATH names ${paths.config}, and there is no such file. Create it with \`openclaw onboard\`, or unset the variable.`,
    });
  }
  const found = await inspectWithShell(sources, {
    env: environment.env,
    processEnv,
    authProfiles: stored.byAgent,
  });
  const inspection = await inspectWithSecrets(found, { sources, readSecrets });
  const { node, env, checked, config, warnings } = requireValid(inspection, paths.config);
  // Agents of the configuration are included even before they have a directory.
  const agents = ['main', defaultAgentId(config), ...stored.agents];
  return {
    config: paths.profile === 'dev' ? withDevPort(config, node) : config,
    authored: authoredOf(node),
    path: paths.config,
    exists: sources.exists,
    files: [...sources.documents.keys()],
    emptyFiles: emptyFiles(sources),
    warnings: [...warnings, ...environmentIssues(environment), ...stored.problems],
    disabledProviders: checked.disabledProviders,
    env,
    environmentPaths: environmentPaths({ cwd, stateDir: paths.stateDir }),
    stateDir: paths.stateDir,
    profile: paths.profile,
    authProfiles: stored.byAgent,
    authProfilePaths: authProfilePaths({ stateDir: paths.stateDir, agents }),
  };
}

/** A configuration from a text. */
export type ParsedConfig = Pick<LoadedConfig, 'config' | 'authored' | 'warnings' | 'disabledProviders' | 'env'>;

/**
 * Validates the text of one file without file access; `$include` is an error, and secrets are not read.
 *
 * @throws ConfigError `invalid` with every issue
 */
export function parseConfig(
  text: string,
  { file = 'openclaw.json', env: given = {} }: { file?: string | undefined; env?: Environment | undefined } = {},
): ParsedConfig {
  const documents = new Map([[file, parseDocument(file, text)]]);
  const sources: ConfigSources = { root: file, exists: true, documents, links: new Map() };
  const { node, env, checked, config, warnings } = requireValid(
    inspectSources(sources, { env: given, readSecret: () => NOT_READ }),
    file,
  );
  return { config, authored: authoredOf(node), warnings, disabledProviders: checked.disabledProviders, env };
}

/** The valid configuration. @throws ConfigError `invalid` with every issue */
export function requireValid(
  { node, env, checked, warnings }: Inspection,
  file: string,
): { node: Json5Node; env: Environment; checked: CheckedConfig; config: OpenClawConfig; warnings: ConfigIssue[] } {
  const { config, errors } = checked;
  if (node && config && errors.length === 0) return { node, env, checked, config, warnings };
  // It may be the cause of a missing variable.
  const issues = [...errors, ...warnings.filter(({ code }) => code === 'login-shell')];
  const count = issues.length === 1 ? 'a problem' : `${issues.length} problems`;
  throw new ConfigError('invalid', {
    message: [`The configuration ${file} has ${count}:`, ...issues.map(formatConfigIssue)].join('\n'),
    issues,
  });
}

/** The configuration as written. */
export function authoredOf(node: Json5Node): JsonObject {
  const json = toJson(node);
  return isJsonObject(json) ? json : {};
}

/** A separate port, so that two gateways can run on one machine; 19001 is the port of OpenClaw's `dev` profile. */
function withDevPort(config: OpenClawConfig, node: Json5Node): OpenClawConfig {
  return findNode(node, ['gateway', 'port']) ? config : { ...config, gateway: { ...config.gateway, port: 19_001 } };
}

/** Files without any setting: blank, only comments, or `{}`. */
function emptyFiles({ documents }: ConfigSources): string[] {
  return [...documents].flatMap(([file, document]) =>
    'type' in document && document.type === 'object' && document.members.length === 0 ? [file] : [],
  );
}

function environmentIssues({ ignored, unreadable }: EnvironmentFiles): ConfigIssue[] {
  const place = { path: '', line: 1, column: 1, excerpt: '' };
  const issues = unreadable.map(({ file, why }): ConfigIssue => {
    const message = `cannot be read (${why}); the variables in it are not used`;
    return { code: 'unreadable-env-file', message, file, ...place };
  });
  if (!ignored) return issues;
  const { file, names } = ignored;
  const message = `${names.join(', ')} of this file ignored: keys and addresses are read only from the environment or <state directory>/.env`;
  return [...issues, { code: 'ignored-variable', message, file, ...place }];
}
