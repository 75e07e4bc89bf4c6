import { ConfigError, formatConfigIssue } from './config-error.ts';
import { formatConfigPath, parseConfigPath, type ConfigPath } from './config-path.ts';
import { withoutValue, withValue, wrapValue } from './change-json.ts';
import { insertMember, removeMember, replaceValue } from './edit-text.ts';
import { findMember, findNode, toJson, type ArrayNode, type Json5Node, type ObjectNode } from './json5-node.ts';
import { isJsonObject, sameJson, valueAt, type JsonObject, type JsonValue } from './json-value.ts';
import { mergeIncludes } from './merge-includes.ts';
import { refuseUnwritable } from './refuse-unwritable.ts';
import { parseDocument, type ConfigSources } from './read-sources.ts';

/** One change: sets or removes the value at a path. */
export type ConfigChange = { type: 'set'; path: string; value: JsonValue } | { type: 'unset'; path: string };

/**
 * Applies changes to the text of a configuration and keeps every other byte. Pure; does not validate against the
 * schema.
 *
 * @throws ConfigError `invalid` if the text is not valid JSON5, `path-not-found` if there is nothing to remove,
 * `bad-path`, `bad-value`
 */
export function planConfigEdit(text: string, changes: readonly ConfigChange[]): string {
  const file = 'openclaw.json';
  const sources = {
    root: file,
    exists: true,
    documents: new Map([[file, parseDocument(file, text)]]),
    links: new Map(),
  };
  return textOf(planSourcesEdit(sources, changes), file);
}

/** The same for a configuration of several files: each key is changed in the file that contains it. */
export function planSourcesEdit(sources: ConfigSources, changes: readonly ConfigChange[]): ConfigSources {
  let planned = sources;
  for (const change of changes) {
    const path = parseConfigPath(change.path);
    const before = toJson(readable(planned));
    if (change.type === 'unset' && valueAt(before, path) === undefined) {
      throw new ConfigError('path-not-found', { message: `${change.path} is not set. Nothing was changed.` });
    }
    if (change.type === 'set') refuseUnwritable(change.value, path);
    planned = change.type === 'set' ? setAt(planned, { path, value: change.value }) : unsetAt(planned, path);
    const meant = change.type === 'set' ? withValue(before, { path, value: change.value }) : withoutValue(before, path);
    if (!sameJson(toJson(readable(planned)), meant)) {
      throw new ConfigError('ambiguous-owner', {
        message: `${change.path} is joined from several files. Change it there by hand.`,
      });
    }
  }
  return planned;
}

/** The text of one file of the configuration. */
export function textOf(sources: ConfigSources, file: string): string {
  const document = sources.documents.get(file);
  return document && 'type' in document ? document.source.text : '';
}

function setAt(sources: ConfigSources, { path, value }: { path: ConfigPath; value: JsonValue }): ConfigSources {
  const root = readable(sources);
  const node = findNode(root, path);
  if (!node) return insertAt(sources, { root, path, value });
  if (sameJson(toJson(node), value)) return sources;
  if (node.type === 'object' && isJsonObject(value)) return setMembers(sources, { node, path, value });
  if (node.type === 'array' && Array.isArray(value)) return setItems(sources, { node, path, value });
  const raw = ownNode(sources, node);
  return withText(sources, { node, text: replaceValue(documentOf(sources, node), { node: raw, value }) });
}

/** Key by key, to keep comments and order. */
function setMembers(
  sources: ConfigSources,
  { node, path, value }: { node: ObjectNode; path: ConfigPath; value: JsonObject },
): ConfigSources {
  const removed = node.members.map(({ key }) => key).filter((key) => !Object.hasOwn(value, key));
  const kept = removed.reduce((planned, key) => unsetAt(planned, [...path, key]), sources);
  return Object.entries(value).reduce(
    (planned, [key, item]) => setAt(planned, { path: [...path, key], value: item }),
    kept,
  );
}

/** Common items at the start and the end are kept, so that removing the first item does not rewrite all. */
function setItems(
  sources: ConfigSources,
  { node, path, value }: { node: ArrayNode; path: ConfigPath; value: readonly JsonValue[] },
): ConfigSources {
  const old = node.members.map((member) => toJson(member.value));
  const shorter = Math.min(old.length, value.length);
  let head = 0;
  while (head < shorter && sameJson(old[head], value[head])) head += 1;
  let tail = 0;
  while (tail < shorter - head && sameJson(old.at(-1 - tail), value.at(-1 - tail))) tail += 1;
  const paired = shorter - head - tail;
  let planned = sources;
  value.slice(head, head + paired).forEach((item, index) => {
    planned = setAt(planned, { path: [...path, String(head + index)], value: item });
  });
  for (let surplus = old.length - value.length; surplus > 0; surplus -= 1) {
    planned = unsetAt(planned, [...path, String(head + paired)]);
  }
  value.slice(head + paired, value.length - tail).forEach((item, offset) => {
    const container = findNode(readable(planned), path);
    if (container?.type !== 'array') return;
    const index = head + paired + offset;
    planned = insertInto(planned, { container, key: String(index), value: item, index });
  });
  return planned;
}

/** Adds the missing part of the path at once. */
function insertAt(
  sources: ConfigSources,
  { root, path, value }: { root: Json5Node; path: ConfigPath; value: JsonValue },
): ConfigSources {
  let depth = path.length - 1;
  while (depth > 0 && !findNode(root, path.slice(0, depth))) depth -= 1;
  const container = findNode(root, path.slice(0, depth));
  const key = path[depth];
  const where = formatConfigPath(path.slice(0, depth)) || 'the whole configuration';
  if (!container || container.type === 'scalar' || key === undefined) {
    throw new ConfigError('bad-path', { message: `${where} holds a single value; it has no \`${key ?? ''}\`.` });
  }
  if (container.type === 'array' && key !== String(container.members.length)) {
    const next = container.members.length;
    throw new ConfigError('bad-path', {
      message: `${where} is a list; the next free index is ${next}, not \`${key}\`.`,
    });
  }
  return insertInto(sources, { container, key, value: wrapValue(value, { path, depth: depth + 1 }) });
}

function insertInto(
  sources: ConfigSources,
  {
    container,
    key,
    value,
    index,
  }: { container: ArrayNode | ObjectNode; key: string; value: JsonValue; index?: number },
): ConfigSources {
  // Keys beside an `$include` and the last include have priority, so a new key is added there.
  const owner = container.parts?.at(-1) ?? container;
  const raw = ownNode(sources, owner);
  if (raw.type === 'scalar') return sources;
  if (raw.start === raw.end) {
    return withText(sources, { node: owner, text: replaceValue(raw, { node: raw, value: { [key]: value } }) });
  }
  const text = insertMember(documentOf(sources, owner), {
    container: raw,
    key,
    value,
    ...(index !== undefined && { index }),
  });
  return withText(sources, { node: owner, text });
}

/** A key may be written twice, or in several files; all of them are removed. */
function unsetAt(sources: ConfigSources, path: ConfigPath): ConfigSources {
  const key = path.at(-1);
  const container = findNode(readable(sources), path.slice(0, -1));
  const merged = key !== undefined && container && findMember(container, key);
  if (!merged || container.type === 'scalar') return sources;
  const parts: readonly (ArrayNode | ObjectNode)[] = container.parts ?? [container];
  const isOwner = (part: ArrayNode | ObjectNode) =>
    container.type === 'array' ? part.members.some(({ value }) => value === merged.value) : findMember(part, key);
  const owner = parts.findLast(isOwner) ?? container;
  const raw = ownNode(sources, owner);
  const member =
    raw.type === 'array'
      ? raw.members[owner.members.findIndex(({ value }) => value === merged.value)]
      : findMember(raw, key);
  if (raw.type === 'scalar' || !member) return sources;
  const text = removeMember(documentOf(sources, owner), { container: raw, member });
  const planned = withText(sources, { node: owner, text });
  return container.type === 'array' ? planned : unsetAt(planned, path);
}

/** The merged configuration; an edit needs a valid one. */
function readable(sources: ConfigSources): Json5Node {
  const { node, errors } = mergeIncludes(sources);
  if (node && errors.length === 0) return node;
  throw new ConfigError('invalid', {
    message: ['Nothing was changed, because the configuration is invalid:', ...errors.map(formatConfigIssue)].join(
      '\n',
    ),
    issues: errors,
  });
}

function documentOf(sources: ConfigSources, { source }: Json5Node): Json5Node {
  const document = sources.documents.get(source.file);
  if (document && 'type' in document) return document;
  throw new TypeError(`no document ${source.file}`);
}

/** The node of the file itself, with `$include` and repeated keys. */
function ownNode(sources: ConfigSources, node: Json5Node): Json5Node {
  const find = (candidate: Json5Node): Json5Node | undefined => {
    if (candidate.start === node.start && candidate.end === node.end) return candidate;
    if (candidate.type === 'scalar') return undefined;
    const member = candidate.members.find(({ value }) => value.start <= node.start && node.end <= value.end);
    return member && find(member.value);
  };
  const found = find(documentOf(sources, node));
  if (found) return found;
  throw new TypeError(`no value at ${node.source.file}, offset ${node.start}`);
}

function withText(sources: ConfigSources, { node, text }: { node: Json5Node; text: string }): ConfigSources {
  const documents = new Map(sources.documents);
  documents.set(node.source.file, parseDocument(node.source.file, text));
  return { ...sources, documents };
}
