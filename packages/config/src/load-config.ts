import { authProfilePaths, readAuthProfiles } from './auth-profiles.ts';
import { checkConfig, type CheckedConfig } from './check-config.ts';
import { ConfigError, formatConfigIssue, type ConfigIssue } from './config-error.ts';
import { resolveConfigPaths, type ConfigLocation } from './config-paths.ts';
import { addVariables, readEnvironment, type Environment, type EnvironmentFiles } from './environment.ts';
import { findNode, toJson, type Json5Node } from './json5-node.ts';
import { isJsonObject, type JsonObject } from './json-value.ts';
import type { LoadedConfig } from './loaded-config.ts';
import { mergeIncludes } from './merge-includes.ts';
import { parseDocument, readSources, type ConfigSources } from './read-sources.ts';
import { defaultAgentId } from './resolve-credential.ts';
import type { OpenClawConfig } from './schema/config-schema.ts';
import { substituteVariables } from './substitute-variables.ts';

/**
 * Reads the configuration: file, includes, `.env` files, environment, auth profiles. Without a file the defaults are in force and
 * `exists` is false; a file that is wrong is never taken for one that is absent.
 *
 * @throws ConfigError `invalid` with every issue, or `unreadable`
 */
export async function loadConfig(location: ConfigLocation = {}): Promise<LoadedConfig> {
  const { env: processEnv = process.env, cwd = process.cwd() } = location;
  const paths = resolveConfigPaths(location);
  const [sources, environment, stored] = await Promise.all([
    readSources(paths.config, { env: processEnv }),
    readEnvironment(processEnv, { cwd, stateDir: paths.stateDir }),
    readAuthProfiles({ stateDir: paths.stateDir }),
  ]);
  const { node, env, checked, config, warnings } = requireValid(inspectSources(sources, environment.env), paths.config);
  // Those whose credentials count are looked for even before they have a directory.
  const agents = ['main', defaultAgentId(config), ...stored.agents];
  return {
    config: paths.profile === 'dev' ? withDevPort(config, node) : config,
    authored: authoredOf(node),
    path: paths.config,
    exists: sources.exists,
    files: [...sources.documents.keys()],
    warnings: [...warnings, ...ignoredVariables(environment), ...stored.problems],
    disabledProviders: checked.disabledProviders,
    env,
    stateDir: paths.stateDir,
    profile: paths.profile,
    authProfiles: stored.byAgent,
    authProfilePaths: authProfilePaths({ stateDir: paths.stateDir, agents }),
  };
}

/** A configuration that came from a text instead of files. */
export type ParsedConfig = Pick<LoadedConfig, 'config' | 'authored' | 'warnings' | 'disabledProviders' | 'env'>;

/**
 * Checks the text of one file without touching the disk; `$include` leads nowhere.
 *
 * @throws ConfigError `invalid` with every issue
 */
export function parseConfig(
  text: string,
  { file = 'openclaw.json', env: given = {} }: { file?: string | undefined; env?: Environment | undefined } = {},
): ParsedConfig {
  const documents = new Map([[file, parseDocument(file, text)]]);
  const sources: ConfigSources = { root: file, exists: true, documents, links: new Map() };
  const { node, env, checked, config, warnings } = requireValid(inspectSources(sources, given), file);
  return { config, authored: authoredOf(node), warnings, disabledProviders: checked.disabledProviders, env };
}

/** What there is to say about a set of files, whether they can be used or not. */
export interface Inspection {
  node: Json5Node | undefined;
  env: Environment;
  checked: CheckedConfig;
  warnings: ConfigIssue[];
}

/** Joins, puts variables in, and checks; everything that is wrong ends up in `checked`. */
export function inspectSources(sources: ConfigSources, processEnv: Environment): Inspection {
  const { node, errors, warnings } = mergeIncludes(sources);
  const nothing = { config: undefined, warnings: [], disabledProviders: [] };
  if (!node) return { node, env: processEnv, checked: { ...nothing, errors }, warnings };
  const env = addVariables(processEnv, environmentOf(node, processEnv));
  const checked = checkConfig({ node, ...substituteVariables(node, { env }) });
  return {
    node,
    env,
    checked: { ...checked, errors: [...errors, ...checked.errors] },
    warnings: [...warnings, ...checked.warnings],
  };
}

function requireValid(
  { node, env, checked, warnings }: Inspection,
  file: string,
): { node: Json5Node; env: Environment; checked: CheckedConfig; config: OpenClawConfig; warnings: ConfigIssue[] } {
  const { config, errors } = checked;
  if (node && config && errors.length === 0) return { node, env, checked, config, warnings };
  const count = errors.length === 1 ? 'a problem' : `${errors.length} problems`;
  throw new ConfigError('invalid', {
    message: [`The configuration ${file} has ${count}:`, ...errors.map(formatConfigIssue)].join('\n'),
    issues: errors,
  });
}

/** The variables of the `env` section; those that need a variable which is not set are left out. */
function environmentOf(root: Json5Node, env: Environment): Environment {
  const section = findNode(root, ['env']);
  if (!section) return {};
  const { value, missing } = substituteVariables(section, { env });
  const lost = new Set(missing.map(({ path }) => path.join('\n')));
  const strings = (object: JsonObject, prefix: string): [string, string][] =>
    Object.entries(object).flatMap(([name, text]) =>
      typeof text === 'string' && !lost.has(prefix + name) ? [[name, text]] : [],
    );
  if (!isJsonObject(value)) return {};
  const { vars } = value;
  return Object.fromEntries([...strings(value, ''), ...(isJsonObject(vars) ? strings(vars, 'vars\n') : [])]);
}

function authoredOf(node: Json5Node): JsonObject {
  const json = toJson(node);
  return isJsonObject(json) ? json : {};
}

/** Two gateways on one machine must not meet; 19001 is the port the `dev` profile of OpenClaw is known for. */
function withDevPort(config: OpenClawConfig, node: Json5Node): OpenClawConfig {
  return findNode(node, ['gateway', 'port']) ? config : { ...config, gateway: { ...config.gateway, port: 19_001 } };
}

function ignoredVariables({ ignored }: EnvironmentFiles): ConfigIssue[] {
  if (!ignored) return [];
  return [
    {
      code: 'ignored-variable',
      path: '',
      message: `${ignored.names.join(', ')} of this file not used: keys and addresses are taken from the environment or <state directory>/.env only`,
      file: ignored.file,
      line: 1,
      column: 1,
      excerpt: '',
    },
  ];
}
