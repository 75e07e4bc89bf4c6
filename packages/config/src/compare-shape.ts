import type * as v from 'valibot';
import type { ConfigPath } from './config-path.ts';
import type { Finding } from './finding.ts';
import type { Json5Node, Member } from './json5-node.ts';
import { nearest } from './nearest.ts';
import { configSchema } from './schema/config-schema.ts';
import { childSchema, knownKeys, notesOf, refusesLists } from './schema/schema-shape.ts';

/**
 * Finds values that the schema does not allow: all unknown keys, and lists in place of objects (which valibot accepts).
 * Also finds known keys that this product does not use.
 */
export function compareShape(root: Json5Node): { misplaced: Finding[]; unused: Finding[] } {
  const misplaced: Finding[] = [];
  const unused: Finding[] = [];

  function visit(node: Json5Node, { schema, parent }: { schema: v.GenericSchema; parent: ConfigPath }): void {
    if (node.type === 'scalar') return;
    if (node.type === 'array' && refusesLists(schema)) {
      const message = 'expected an object, got a list';
      misplaced.push({ code: 'invalid-value', path: parent, message, source: node.source, offset: node.start });
      return;
    }
    const written = new Set(node.members.map(({ key }) => key));
    for (const member of node.members) {
      const child = childSchema(schema, member.key);
      const path = [...parent, member.key];
      if (child === undefined) {
        const keys = knownKeys(schema);
        if (keys) misplaced.push(unknownKey(member, { path, written, keys }));
      } else if (notesOf(child).unused) {
        unused.push({ code: 'unused-key', path, message: 'not used by this product', ...keyPlace(member) });
      } else visit(member.value, { schema: child, parent: path });
    }
  }

  visit(root, { schema: configSchema, parent: [] });
  return { misplaced, unused };
}

/** Whether a path is inside of an unused section, which is not validated. */
export function isUnusedPath(path: ConfigPath): boolean {
  let schema: v.GenericSchema | undefined = configSchema;
  for (const key of path) {
    schema = childSchema(schema, key);
    if (schema === undefined) return false;
    if (notesOf(schema).unused) return true;
  }
  return false;
}

function unknownKey(
  member: Member,
  { path, written, keys }: { path: ConfigPath; written: ReadonlySet<string>; keys: readonly string[] },
): Finding {
  const free = keys.filter((key) => !written.has(key));
  const suggestion = nearest(member.key, free) ?? nearest(member.key, keys);
  const finding: Finding = { code: 'unknown-key', path, message: 'unknown key', ...keyPlace(member) };
  return suggestion === undefined ? finding : { ...finding, suggestion };
}

function keyPlace({ source, start }: Member): Pick<Finding, 'source' | 'offset'> {
  return { source, offset: start };
}
