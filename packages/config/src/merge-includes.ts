import type { ConfigIssue } from './config-error.ts';
import { formatConfigPath } from './config-path.ts';
import { findMember, type ArrayNode, type Json5Node, type Member, type ObjectNode } from './json5-node.ts';
import { includeLink, pathsOfInclude, type ConfigSources } from './read-sources.ts';
import { createLocator } from './source-text.ts';

/** One configuration made of several files; every node knows where it is written. */
export interface MergedSources {
  /** Undefined when the configuration itself cannot be read as JSON5. */
  node: Json5Node | undefined;
  errors: ConfigIssue[];
  warnings: ConfigIssue[];
}

const deepest = 10;

/**
 * Puts included files in the place of `$include`. Later files win over earlier ones, keys beside `$include` over both; objects are
 * joined, arrays put end to end.
 */
export function mergeIncludes(sources: ConfigSources): MergedSources {
  const errors: ConfigIssue[] = [];
  const warnings: ConfigIssue[] = [];
  const told = new Set<string>();
  const locate = createLocator();

  function document(file: string): Json5Node | undefined {
    const found = sources.documents.get(file);
    if (found && 'type' in found) return found;
    if (found && !told.has(file)) errors.push(found);
    told.add(file);
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

  /** Without `$include`, and without keys that are written again further down. */
  function distinctMembers(node: ObjectNode, path: readonly string[]): Member[] {
    const last = new Map(node.members.map((member) => [member.key, member]));
    for (const member of node.members) {
      if (last.get(member.key) === member || told.has(`${node.source.file}\n${member.start}`)) continue;
      told.add(`${node.source.file}\n${member.start}`);
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
      const target = sources.links.get(includeLink(own.source.file, name));
      const fail = (message: string) => (problem(include, { path, message }), []);
      if (!target) return fail(`cannot read "${name}"`);
      if ('problem' in target) return fail(target.problem);
      if (chain.includes(target.file)) return fail(`circular include: ${[...chain, target.file].join(' → ')}`);
      if (chain.length > deepest) return fail(`more than ${deepest} includes inside of each other at ${target.file}`);
      const found = document(target.file);
      return found ? [expand(found, { path, chain: [...chain, target.file] })] : [];
    });
    const [first, ...others] = included;
    if (!first) return own;
    const merged = others.reduce(merge, first);
    if (own.members.length === 0) return merged;
    if (merged.type === 'object') return merge(merged, own);
    problem(include, { path, message: 'keys beside $include need an included file that holds an object' });
    return own;
  }

  const root = document(sources.root);
  return { node: root && expand(root, { path: [], chain: [sources.root] }), errors, warnings };
}

function merge(under: Json5Node, over: Json5Node): Json5Node {
  if (under.type === 'array' && over.type === 'array') {
    const members = [...under.members, ...over.members].map((member, index) => ({ ...member, key: String(index) }));
    return { ...over, members, parts: [...partsOf(under), ...partsOf(over)] };
  }
  if (under.type !== 'object' || over.type !== 'object') return over;
  const members = new Map(under.members.map((member) => [member.key, member]));
  for (const member of over.members) {
    const below = members.get(member.key);
    members.set(member.key, below ? { ...member, value: merge(below.value, member.value) } : member);
  }
  return { ...over, members: [...members.values()], parts: [...partsOf(under), ...partsOf(over)] };
}

function partsOf<Node extends ArrayNode | ObjectNode>(node: Node): Node[] | NonNullable<Node['parts']> {
  return node.parts ?? [node];
}
