import { checkConfig, type CheckedConfig } from './check-config.ts';
import { isUnusedPath } from './compare-shape.ts';
import type { ConfigIssue } from './config-error.ts';
import { addVariables, type Environment } from './environment.ts';
import { findNode, type Json5Node } from './json5-node.ts';
import { isJsonObject, type JsonObject } from './json-value.ts';
import { mergeIncludes } from './merge-includes.ts';
import type { ConfigSources } from './read-sources.ts';
import { assumeSecret, type ReadSecret } from './secrets/secret-reference.ts';
import { substituteVariables } from './substitute-variables.ts';

/** The result of checking a set of files, valid or not. */
export interface Inspection {
  node: Json5Node | undefined;
  env: Environment;
  checked: CheckedConfig;
  warnings: ConfigIssue[];
  /** Names of required variables that are not set. */
  missing: readonly string[];
}

/**
 * Merges the files, substitutes variables and secrets, and validates. All problems are in `checked`.
 * @param options `readSecret`: the secrets of files and programs. @default they are assumed to be readable
 */
export function inspectSources(
  sources: ConfigSources,
  { env: processEnv, readSecret = assumeSecret }: { env: Environment; readSecret?: ReadSecret },
): Inspection {
  const { node, errors, warnings } = mergeIncludes(sources);
  const nothing = { config: undefined, warnings: [], disabledProviders: [] };
  if (!node) return { node, env: processEnv, checked: { ...nothing, errors }, warnings, missing: [] };
  const env = addVariables(processEnv, environmentOf(node, processEnv));
  const { value, missing } = substituteVariables(node, { env, readSecret });
  const checked = checkConfig({ node, value, missing, env });
  return {
    node,
    env,
    checked: { ...checked, errors: [...errors, ...checked.errors] },
    warnings: [...warnings, ...checked.warnings],
    missing: missing.flatMap(({ path, name, problem }) => (problem !== undefined || isUnusedPath(path) ? [] : [name])),
  };
}

/** The variables of the `env` section; those that need a missing variable are omitted. */
function environmentOf(root: Json5Node, env: Environment): Environment {
  const section = findNode(root, ['env']);
  if (!section) return {};
  const { value, missing } = substituteVariables(section, { env, readSecret: () => undefined });
  const lost = new Set(missing.map(({ path }) => path.join('\n')));
  const strings = (object: JsonObject, prefix: string): [string, string][] =>
    Object.entries(object).flatMap(([name, text]) =>
      typeof text === 'string' && !lost.has(prefix + name) ? [[name, text]] : [],
    );
  if (!isJsonObject(value)) return {};
  const { vars } = value;
  return Object.fromEntries([...strings(value, ''), ...(isJsonObject(vars) ? strings(vars, 'vars\n') : [])]);
}
