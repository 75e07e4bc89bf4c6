import type { AuthProfiles } from './auth-profiles.ts';
import type { ConfigIssue } from './config-error.ts';
import { addVariables, type Environment } from './environment.ts';
import { inspectSources, type Inspection } from './inspect-sources.ts';
import { findNode, toJson, type Json5Node } from './json5-node.ts';
import { isJsonObject } from './json-value.ts';
import type { ConfigSources } from './read-sources.ts';
import { apiKeyVariable, resolveCredential } from './resolve-credential.ts';
import { findSecretSpans } from './secret-spans.ts';
import { createLocator } from './source-text.ts';

interface InspectOptions {
  /** The environment of the process with the `.env` files. */
  env: Environment;
  /**
   * The environment of the process without `.env` files: a file in the current directory must not decide which shell is
   * started.
   */
  processEnv: Environment;
  /** Stored keys, which need no variable. If absent, only variables that the configuration names are imported. */
  authProfiles?: Readonly<Record<string, AuthProfiles>>;
}

/**
 * Inspects the files. If `env.shellEnv` is enabled and a variable is missing, inspects them again with the variables of
 * the login shell. These are added and never override. A failure of the shell is a warning.
 */
export async function inspectWithShell(
  sources: ConfigSources,
  { env, processEnv, authProfiles }: InspectOptions,
): Promise<Inspection> {
  const inspection = inspectSources(sources, { env });
  const { enabled, timeoutMs } = shellSettings(inspection.node, processEnv);
  if (!enabled) return inspection;
  const keysOf = (inspected: Inspection) => (authProfiles ? missingKeys(inspected, authProfiles) : []);
  const wanted = new Set([...inspection.missing, ...keysOf(inspection)]);
  if (wanted.size === 0) return inspection;
  // Loaded on demand: the feature is rare, and the module is slow to load.
  const { readShellEnvironment } = await import('./read-shell-environment.ts');
  const answer = await readShellEnvironment({ ...processEnv, [SWITCH_NAME]: '0' }, { timeoutMs });
  if ('problem' in answer) {
    const warning = shellWarning(answer.problem, { sources, node: inspection.node, wanted });
    return { ...inspection, warnings: [...inspection.warnings, warning] };
  }
  const add = (known: Environment, names: readonly string[]) =>
    addVariables(known, Object.fromEntries(Object.entries(answer.env).filter(([name]) => names.includes(name))));
  // Providers without a key are known only if the configuration is valid.
  const named = add(env, inspection.missing);
  const readable = named === env ? inspection : inspectSources(sources, { env: named });
  const all = add(named, keysOf(readable));
  return all === named ? readable : inspectSources(sources, { env: all });
}

/** Both names are those of the original. `0` also prevents recursion if the profile of the shell calls this product. */
const SWITCH_NAME = 'OPENCLAW_LOAD_SHELL_ENV';
const LIMIT_NAME = 'OPENCLAW_SHELL_ENV_TIMEOUT_MS';

function shellSettings(node: Json5Node | undefined, env: Environment): { enabled: boolean; timeoutMs: number } {
  const section = node && findNode(node, ['env', 'shellEnv']);
  const value = section && toJson(section);
  const { enabled, timeoutMs } = isJsonObject(value) ? value : {};
  const override = env[SWITCH_NAME]?.trim() ?? '';
  const limit = typeof timeoutMs === 'number' ? timeoutMs : Number(env[LIMIT_NAME]);
  return {
    enabled: /^(?:1|true|yes|on)$/i.test(override) || (enabled === true && !/^(?:0|false|no|off)$/i.test(override)),
    timeoutMs: Number.isSafeInteger(limit) && limit > 0 ? limit : 15_000,
  };
}

/** Key variables of providers without a key. An Ollama entry needs none; without an entry, the key enables Ollama. */
function missingKeys({ checked: { config }, env }: Inspection, authProfiles: Readonly<Record<string, AuthProfiles>>) {
  if (!config) return [];
  const { mode, providers } = config.models;
  const isOllama = (id: string) => /^ollama(?:-|$)/i.test(id);
  const configured = Object.entries(providers).filter(([id]) => !isOllama(id));
  const ids = configured.map(([id]) => id);
  if (mode !== 'replace' && !Object.keys(providers).some(isOllama)) ids.push('ollama');
  const withoutKey = ids.filter((id) => resolveCredential(id, { config, env, authProfiles }) === undefined);
  const named = Object.values(providers)
    .flatMap((provider) => [provider, ...(provider.endpoints ?? [])])
    .flatMap(({ apiKey = '' }) => (/^[A-Z][A-Z0-9]*_[A-Z0-9_]*$/.test(apiKey) && !env[apiKey]?.trim() ? [apiKey] : []));
  return [...withoutKey.map(apiKeyVariable), ...named];
}

function shellWarning(
  problem: string,
  { sources, node, wanted }: { sources: ConfigSources; node: Json5Node | undefined; wanted: ReadonlySet<string> },
): ConfigIssue {
  const section = node && findNode(node, ['env', 'shellEnv']);
  const place = section
    ? createLocator({ secrets: findSecretSpans(node) })(section.source, section.start)
    : { file: sources.root, line: 1, column: 1, excerpt: '' };
  const message = `${problem}; not imported: ${[...wanted].join(', ')}. Set what is missing in ~/.openclaw/.env, or turn this off`;
  return { code: 'login-shell', path: 'env.shellEnv', message, ...place };
}
