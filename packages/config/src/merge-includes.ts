import type { ConfigIssue } from './config-error.ts';
import { formatConfigPath } from './config-path.ts';
import { findMember, type Json5Node, type Member, type ObjectNode } from './json5-node.ts';
import {
  includeLink,
  MAX_CONFIG_BYTES,
  MAX_INCLUDES,
  pathsOfInclude,
  tooLarge,
  type ConfigSources,
} from './read-sources.ts';
import { createLocator } from './source-text.ts';

/** A configuration merged from several files; every node has its place. */
export interface MergedSources {
  /** Undefined if the configuration itself is not valid JSON5. */
  node: Json5Node | undefined;
  errors: ConfigIssue[];
  warnings: ConfigIssue[];
}

const MAX_DEPTH = 10;

/**
 * Merges included files. Later files override earlier ones, and keys beside `$include` override both; objects are
 * merged, arrays concatenated. The number of includes and their characters are limited, because each include is
 * expanded: a few files that include others repeatedly could otherwise create a configuration of any size.
 */
export function mergeIncludes(sources: ConfigSources): MergedSources {
  const errors: ConfigIssue[] = [];
  const warnings: ConfigIssue[] = [];
  const reported = new Set<string>();
  const locate = createLocator();
  let includes = 0;
  let characters = 0;

  function document(file: string): Json5Node | undefined {
    const found = sources.documents.get(file);
    if (found && 'type' in found) return found;
    if (found && !reported.has(file)) errors.push(found);
    reported.add(file);
    return undefined;
  }

  function problem(node: Json5Node, { path, message }: { path: readonly string[]; message: string }): void {
    errors.push({ code: 'include', path: formatConfigPath(path), message, ...locate(node.source, node.start) });
  }

  function expand(node: Json5Node, { path, chain }: { path: readonly string[]; chain: readonly string[] }): Json5Node {
    if (node.type === 'scalar') return node;
    const expandMember = (member: Member) => ({
      ...member,
      value: expand(member.value, { path: [...path, member.key], chain }),
    });
    if (node.type === 'array') return { ...node, members: node.members.map(expandMember) };
    const own = { ...node, members: distinctMembers(node, path).map(expandMember) };
    const include = findMember(node, '$include');
    return include ? join(own, { include: include.value, path, chain }) : own;
  }

  /** Without `$include`, and without keys that are repeated later. */
  function distinctMembers(node: ObjectNode, path: readonly string[]): Member[] {
    const last = new Map(node.members.map((member) => [member.key, member]));
    for (const member of node.members) {
      if (last.get(member.key) === member || reported.has(`${node.source.file}\n${member.start}`)) continue;
      reported.add(`${node.source.file}\n${member.start}`);
      warnings.push({
        code: 'duplicate-key',
        path: formatConfigPath([...path, member.key]),
        message: 'written twice; the last one counts',
        ...locate(member.source, member.start),
      });
    }
    return [...last.values()].filter((member) => member.key !== '$include');
  }

  function join(
    own: ObjectNode,
    { include, path, chain }: { include: Json5Node; path: readonly string[]; chain: readonly string[] },
  ): Json5Node {
    const count = include.type === 'array' ? include.members.length : 1;
    const paths = pathsOfInclude(include);
    if (paths.length !== count) problem(include, { path, message: '$include takes a path or a list of paths' });
    const included = paths.flatMap((name): Json5Node[] => {
      const fail = (message: string) => (problem(include, { path, message }), []);
      if (includes > MAX_INCLUDES || characters > MAX_CONFIG_BYTES) return [];
      includes += 1;
      if (includes > MAX_INCLUDES) return fail(`more than ${MAX_INCLUDES} includes in all, at "${name}"`);
      const target = sources.links.get(includeLink(own.source.file, name));
      if (!target) return fail(`cannot read "${name}"`);
      if ('problem' in target) return fail(target.problem);
      if (chain.includes(target.file)) return fail(`circular include: ${[...chain, target.file].join(' → ')}`);
      if (chain.length > MAX_DEPTH)
        return fail(`more than ${MAX_DEPTH} includes inside of each other at ${target.file}`);
      const found = document(target.file);
      if (!found) return [];
      characters += found.source.text.length;
      if (characters > MAX_CONFIG_BYTES) return fail(tooLarge(name));
      return [expand(found, { path, chain: [...chain, target.file] })];
    });
    const merged = mergeNodes(included);
    if (!merged) return own;
    if (own.members.length === 0) return merged;
    if (merged.type === 'object') return mergeNodes([merged, own]) ?? own;
    problem(include, { path, message: 'keys beside $include need an included file that holds an object' });
    return own;
  }

  const root = document(sources.root);
  return { node: root && expand(root, { path: [], chain: [sources.root] }), errors, warnings };
}

/**
 * Later nodes override earlier ones. Only adjacent nodes of the same type are merged; nodes before the last change of
 * type are dropped.
 */
function mergeNodes(nodes: readonly Json5Node[]): Json5Node | undefined {
  const last = nodes.at(-1);
  if (!last || last.type === 'scalar') return last;
  const joined = nodes.slice(nodes.findLastIndex(({ type }) => type !== last.type) + 1);
  if (joined.length === 1) return last;
  if (last.type === 'array') {
    const arrays = joined.filter((node) => node.type === 'array');
    const items = arrays.flatMap(({ members }) => members);
    const members = items.map((member, index) => ({ ...member, key: String(index) }));
    return { ...last, members, parts: arrays.flatMap((node) => node.parts ?? [node]) };
  }
  const objects = joined.filter((node) => node.type === 'object');
  return { ...last, members: mergeMembers(objects), parts: objects.flatMap((node) => node.parts ?? [node]) };
}

/** Each key once, at its first place. */
function mergeMembers(objects: readonly ObjectNode[]): Member[] {
  const byKey = new Map<string, Member[]>();
  for (const member of objects.flatMap(({ members }) => members)) {
    const known = byKey.get(member.key);
    if (known) known.push(member);
    else byKey.set(member.key, [member]);
  }
  return [...byKey.values()].flatMap((written) => {
    const last = written.at(-1);
    const value = mergeNodes(written.map((member) => member.value));
    return last && value ? [{ ...last, value }] : [];
  });
}
