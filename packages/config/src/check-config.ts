import * as v from 'valibot';
import { compareShape, isUnusedPath } from './compare-shape.ts';
import type { ConfigIssue } from './config-error.ts';
import { formatConfigPath, type ConfigPath } from './config-path.ts';
import { describeProblem } from './describe-problem.ts';
import type { Environment } from './environment.ts';
import { toIssue, type Finding } from './finding.ts';
import { findNode, type Json5Node } from './json5-node.ts';
import { isJsonObject, ownProperty, setProperty, type JsonObject, type JsonValue } from './json-value.ts';
import type { DisabledProvider } from './loaded-config.ts';
import { needsNoKey } from './key-names.ts';
import { providerNotes } from './provider-notes.ts';
import { configSchema } from './schema/config-schema.ts';
import type { OpenClawConfig } from './schema/openclaw-config.ts';
import { childSchema, knownKeys } from './schema/schema-shape.ts';
import { findSecretSpans, type SecretSpans } from './secret-spans.ts';
import { createLocator } from './source-text.ts';
import type { MissingVariable } from './substitute-variables.ts';

export interface CheckedConfig {
  /** Undefined if there are errors. */
  config: OpenClawConfig | undefined;
  errors: ConfigIssue[];
  warnings: ConfigIssue[];
  disabledProviders: DisabledProvider[];
}

/**
 * Validates a configuration against the schema and reports all problems. An error inside of a provider disables only
 * that provider. A missing variable disables only what needs it: a provider, or the setting itself.
 */
export function checkConfig({
  node,
  value,
  missing,
  env,
}: {
  /** The places, for messages. */
  node: Json5Node;
  /** The value, with variables substituted. */
  value: JsonValue;
  missing: readonly MissingVariable[];
  env: Environment;
}): CheckedConfig {
  const { misplaced, unused, foreign } = compareShape(node);
  const variables = missing.filter(({ path }) => !isUnusedPath(path)).map(missingVariable);
  // A variable of the `env` section that needs a missing variable is not set. Its users report it.
  const [inEnvironment, inUse] = partition(variables, ({ path }) => path[0] === 'env');
  const [spare, inOthers] = partition(inUse, ({ path }) => isSpareKey(path));
  const [needed, unset] = partition(inOthers, ({ path }) => providerOf(path) !== undefined);
  const reported = [...misplaced, ...needed];
  const usable = withoutValues(
    value,
    [...spare, ...unset].map(({ path }) => path),
  );
  const known = misplaced.length + foreign.length > 0 ? withoutUnknown(usable, configSchema) : usable;
  const result = v.safeParse(configSchema, known);
  const invalid = describeIssues(result.issues ?? [], { node, except: [...reported, ...inEnvironment] });
  const [inProviders, elsewhere] = partition([...reported, ...invalid], ({ path }) => providerOf(path) !== undefined);
  const notes = [
    ...unused,
    ...foreign,
    ...inEnvironment,
    ...unset,
    ...spare.map(withoutKeyInstead),
    ...providerNotes(node, { env }),
  ];
  const secrets: SecretSpans =
    inProviders.length + elsewhere.length + notes.length > 0 ? findSecretSpans(node) : new Map();
  const locate = createLocator({ secrets });
  const issues = (findings: readonly Finding[]) => inOrder(findings.map((finding) => toIssue(finding, { locate })));
  const byProvider = Map.groupBy(inProviders, ({ path }) => providerOf(path) ?? '');
  const disabledProviders = [...byProvider].map(([id, findings]) => {
    const own = issues(findings);
    return { id, reason: reasonFor(own), issues: own };
  });
  const parsed = () =>
    result.success && disabledProviders.length === 0 ? result.output : parseWithout(known, disabledProviders);
  return {
    config: elsewhere.length === 0 ? parsed() : undefined,
    errors: issues(elsewhere),
    warnings: issues(notes),
    disabledProviders,
  };
}

/** The provider that contains a path, if any. */
function providerOf([models, providers, id]: ConfigPath): string | undefined {
  return models === 'models' && providers === 'providers' ? id : undefined;
}

/** The key of an Ollama entry or of one of its endpoints, which is optional. */
function isSpareKey(path: ConfigPath): boolean {
  const isOwn = path.length === 4 || (path.length === 6 && path[3] === 'endpoints');
  return isOwn && path.at(-1) === 'apiKey' && needsNoKey(providerOf(path) ?? '');
}

function withoutKeyInstead(variable: Finding): Finding {
  return { ...variable, message: `${variable.message}; Ollama needs no key and is used without one` };
}

/** The value without what is at these paths. A list loses the element. */
function withoutValues(value: JsonValue, paths: readonly ConfigPath[]): JsonValue {
  const removed = new Set(paths.map(pathKey));

  function keep(item: JsonValue, path: ConfigPath): JsonValue {
    const isKept = (key: string) => !removed.has(pathKey([...path, key]));
    if (Array.isArray(item)) {
      return item.flatMap((element, index) => (isKept(String(index)) ? [keep(element, [...path, String(index)])] : []));
    }
    if (!isJsonObject(item)) return item;
    const object: JsonObject = {};
    for (const [key, inner] of Object.entries(item))
      if (isKept(key)) setProperty(object, { key, value: keep(inner, [...path, key]) });
    return object;
  }

  return removed.size === 0 ? value : keep(value, []);
}

function pathKey(path: ConfigPath): string {
  return path.join('\n');
}

function reasonFor(issues: readonly ConfigIssue[]): DisabledProvider['reason'] {
  return issues.every(({ code }) => code === 'missing-variable' || code === 'unresolved-secret')
    ? 'missing-variable'
    : 'invalid';
}

function missingVariable({ name, problem, path, node: { source, start } }: MissingVariable): Finding {
  const message = problem ?? `the environment variable ${name} is not set`;
  const code = problem === undefined ? 'missing-variable' : 'unresolved-secret';
  return { code, path, message, source, offset: start };
}

/** The issues of valibot, except at the paths in `except`. */
function describeIssues(
  issues: readonly v.BaseIssue<unknown>[],
  { node, except }: { node: Json5Node; except: readonly Finding[] },
): Finding[] {
  const reported = new Set(except.map(({ path }) => formatConfigPath(path)));
  return issues
    .flatMap(describeProblem)
    .filter(({ path }) => !reported.has(formatConfigPath(path)))
    .map((problem) => {
      const { source, start } = deepestNode(node, problem.path);
      return { code: 'invalid-value', ...problem, source, offset: start };
    });
}

/** Each unknown key is reported; valibot stops at the first one of an object. */
function withoutUnknown(value: JsonValue, schema: v.GenericSchema): JsonValue {
  if (Array.isArray(value)) {
    const item = childSchema(schema, '0');
    return item ? value.map((element) => withoutUnknown(element, item)) : value;
  }
  if (!isJsonObject(value)) return value;
  const known = knownKeys(schema);
  const object: JsonObject = {};
  for (const [key, item] of Object.entries(value)) {
    const child = childSchema(schema, key);
    if (child) setProperty(object, { key, value: withoutUnknown(item, child) });
    else if (!known) setProperty(object, { key, value: item });
  }
  return object;
}

/** The node at the path, or the nearest existing parent. */
function deepestNode(root: Json5Node, path: ConfigPath): Json5Node {
  for (let length = path.length; length > 0; length -= 1) {
    const node = findNode(root, path.slice(0, length));
    if (node) return node;
  }
  return root;
}

/** The rest is valid without the disabled providers. */
function parseWithout(value: JsonValue, disabled: readonly DisabledProvider[]): OpenClawConfig {
  const models = isJsonObject(value) ? ownProperty(value, 'models') : undefined;
  const providers = isJsonObject(models) ? ownProperty(models, 'providers') : undefined;
  if (!isJsonObject(value) || !isJsonObject(models) || !isJsonObject(providers)) return v.parse(configSchema, value);
  const ids = new Set(disabled.map(({ id }) => id));
  const usable = Object.fromEntries(Object.entries(providers).filter(([id]) => !ids.has(id)));
  return v.parse(configSchema, { ...value, models: { ...models, providers: usable } });
}

function partition<Item>(items: readonly Item[], belongs: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(belongs), items.filter((item) => !belongs(item))];
}

/** In the order of the text. */
function inOrder(issues: readonly ConfigIssue[]): ConfigIssue[] {
  return issues.toSorted(
    (one, other) => one.file.localeCompare(other.file) || one.line - other.line || one.column - other.column,
  );
}
