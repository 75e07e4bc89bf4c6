import * as v from 'valibot';
import type { ConfigIssue } from './config-error.ts';
import { formatConfigPath, type ConfigPath } from './config-path.ts';
import { describeProblem } from './describe-problem.ts';
import { findMember, findNode, type Json5Node, type Member } from './json5-node.ts';
import { isJsonObject, ownProperty, setProperty, type JsonObject, type JsonValue } from './json-value.ts';
import type { DisabledProvider } from './loaded-config.ts';
import { nearest } from './nearest.ts';
import { configSchema, type OpenClawConfig } from './schema/config-schema.ts';
import { childSchema, knownKeys, notesOf } from './schema/schema-shape.ts';
import { locate } from './source-text.ts';
import type { MissingVariable } from './substitute-variables.ts';

export interface CheckedConfig {
  /** Undefined when there are errors. */
  config: OpenClawConfig | undefined;
  errors: ConfigIssue[];
  warnings: ConfigIssue[];
  disabledProviders: DisabledProvider[];
}

/**
 * Holds a configuration against the schema and tells everything that is wrong with it. What is wrong inside of one provider
 * disables that provider and nothing else.
 */
export function checkConfig({
  node,
  value,
  missing,
}: {
  /** The places, for messages. */
  node: Json5Node;
  /** What the places say, variables put in. */
  value: JsonValue;
  missing: readonly MissingVariable[];
}): CheckedConfig {
  const { unknown, unused } = compareKeys(node);
  const missingInUse = missing.filter(({ path }) => !isUnusedPath(path) && path[0] !== 'env');
  const found: Found[] = [
    ...unknown,
    ...missingInUse.map((variable) => ({ path: variable.path, issue: missingIssue(variable) })),
    ...validate(value, { node, except: [...unknown, ...missingInUse] }),
  ];
  const disabledProviders = planDisabled(found);
  const errors = found.filter(({ path }) => providerOf(path) === undefined).map(({ issue }) => issue);
  const warnings = [
    ...unused,
    ...missing.filter(({ path }) => path[0] === 'env' && !isUnusedPath(path)).map(missingIssue),
  ];
  const config = errors.length === 0 ? parseWithout(value, disabledProviders) : undefined;
  return { config, errors: inOrder(errors), warnings, disabledProviders };
}

interface Found {
  path: ConfigPath;
  issue: ConfigIssue;
}

/** The provider a path leads into, if it does. */
function providerOf([models, providers, id]: ConfigPath): string | undefined {
  return models === 'models' && providers === 'providers' ? id : undefined;
}

/** Every key the schema does not know, and every key that is known and not used. */
function compareKeys(root: Json5Node): { unknown: Found[]; unused: ConfigIssue[] } {
  const unknown: Found[] = [];
  const unused: ConfigIssue[] = [];

  function visit(node: Json5Node, { schema, path }: { schema: v.GenericSchema; path: ConfigPath }): void {
    if (node.type === 'scalar') return;
    for (const member of node.members) {
      const child = childSchema(schema, member.key);
      const memberPath = [...path, member.key];
      if (child === undefined) {
        const keys = node.type === 'object' ? knownKeys(schema) : undefined;
        if (keys) unknown.push({ path: memberPath, issue: unknownKey(member, { path: memberPath, node, keys }) });
      } else if (notesOf(child).unused) {
        const message = 'not used by this product';
        unused.push({ code: 'unused-key', path: formatConfigPath(memberPath), message, ...keyPlace(member) });
      } else visit(member.value, { schema: child, path: memberPath });
    }
  }

  visit(root, { schema: configSchema, path: [] });
  return { unknown, unused };
}

function unknownKey(
  member: Member,
  { path, node, keys }: { path: ConfigPath; node: Json5Node; keys: readonly string[] },
): ConfigIssue {
  const free = keys.filter((key) => findMember(node, key) === undefined);
  const suggestion = nearest(member.key, free) ?? nearest(member.key, keys);
  return {
    code: 'unknown-key',
    path: formatConfigPath(path),
    message: 'unknown key',
    ...keyPlace(member),
    ...(suggestion !== undefined && { suggestion }),
  };
}

function keyPlace({ source, start }: Member) {
  return locate(source, start);
}

function isUnusedPath(path: ConfigPath): boolean {
  let schema: v.GenericSchema | undefined = configSchema;
  for (const key of path) {
    schema = childSchema(schema, key);
    if (schema === undefined) return false;
    if (notesOf(schema).unused) return true;
  }
  return false;
}

function missingIssue({ name, path, node }: MissingVariable): ConfigIssue {
  return {
    code: 'missing-variable',
    path: formatConfigPath(path),
    message: `the environment variable ${name} is not set`,
    ...locate(node.source, node.start),
  };
}

/** What the schema says about the values, apart from what was told about the paths in `except` already. */
function validate(
  value: JsonValue,
  { node, except }: { node: Json5Node; except: readonly { path: ConfigPath }[] },
): Found[] {
  const told = new Set(except.map(({ path }) => formatConfigPath(path)));
  const result = v.safeParse(configSchema, withoutUnknown(value, configSchema));
  return (result.issues ?? []).flatMap(describeProblem).flatMap(({ path, message, suggestion }): Found[] => {
    const written = formatConfigPath(path);
    if (told.has(written)) return [];
    const at = deepestNode(node, path);
    const issue: ConfigIssue = {
      code: 'invalid-value',
      path: written,
      message,
      ...locate(at.source, at.start),
      ...(suggestion !== undefined && { suggestion }),
    };
    return [{ path, issue }];
  });
}

/** Unknown keys have been told one by one; valibot would stop at the first of an object. */
function withoutUnknown(value: JsonValue, schema: v.GenericSchema): JsonValue {
  if (Array.isArray(value)) {
    return value.map((item, index) => {
      const child = childSchema(schema, String(index));
      return child ? withoutUnknown(item, child) : item;
    });
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

/** What stands at the path, or where it would have to stand. */
function deepestNode(root: Json5Node, path: ConfigPath): Json5Node {
  for (let length = path.length; length > 0; length -= 1) {
    const node = findNode(root, path.slice(0, length));
    if (node) return node;
  }
  return root;
}

function planDisabled(found: readonly Found[]): DisabledProvider[] {
  const byProvider = new Map<string, ConfigIssue[]>();
  for (const { path, issue } of found) {
    const id = providerOf(path);
    if (id !== undefined) byProvider.set(id, [...(byProvider.get(id) ?? []), issue]);
  }
  return [...byProvider].map(([id, issues]) => ({
    id,
    reason: issues.every(({ code }) => code === 'missing-variable') ? 'missing-variable' : 'invalid',
    issues: inOrder(issues),
  }));
}

function parseWithout(value: JsonValue, disabled: readonly DisabledProvider[]): OpenClawConfig {
  const ids = new Set(disabled.map(({ id }) => id));
  if (ids.size === 0 || !isJsonObject(value)) return v.parse(configSchema, value);
  const models = ownProperty(value, 'models');
  const providers = isJsonObject(models) ? ownProperty(models, 'providers') : undefined;
  if (!isJsonObject(models) || !isJsonObject(providers)) return v.parse(configSchema, value);
  const usable = Object.fromEntries(Object.entries(providers).filter(([id]) => !ids.has(id)));
  return v.parse(configSchema, { ...value, models: { ...models, providers: usable } });
}

/** As a reader meets them. */
function inOrder(issues: readonly ConfigIssue[]): ConfigIssue[] {
  return issues.toSorted(
    (one, other) => one.file.localeCompare(other.file) || one.line - other.line || one.column - other.column,
  );
}
