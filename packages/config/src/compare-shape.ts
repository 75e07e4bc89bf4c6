import type * as v from 'valibot';
import type { ConfigPath } from './config-path.ts';
import type { Finding } from './finding.ts';
import type { Json5Node, Member } from './json5-node.ts';
import { nearest } from './nearest.ts';
import { configSchema } from './schema/config-schema.ts';
import { childSchema, isShared, knownKeys, notesOf, refusesLists } from './schema/schema-shape.ts';

/** The keys of a file, compared with the schema. */
export interface ShapeFindings {
  /** What the schema does not allow: unknown keys, and lists in place of objects (which valibot accepts). */
  misplaced: Finding[];
  /** Known keys that this product does not use. */
  unused: Finding[];
  /**
   * Unknown keys in sections that this product shares with the original OpenClaw, whose releases differ in their keys.
   * A key that is close to a known one is probably a typing mistake, and is misplaced.
   */
  foreign: Finding[];
}

export function compareShape(root: Json5Node): ShapeFindings {
  const misplaced: Finding[] = [];
  const unused: Finding[] = [];
  const foreign: Finding[] = [];

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
        if (!keys) continue;
        const finding = unknownKey(member, { path, written, keys });
        if (finding.suggestion === undefined && isShared(schema)) foreign.push(kept(finding));
        else misplaced.push(finding);
      } else if (notesOf(child).unused) {
        unused.push({ code: 'unused-key', path, message: 'not used by this product', ...keyPlace(member) });
      } else visit(member.value, { schema: child, parent: path });
    }
  }

  visit(root, { schema: configSchema, parent: [] });
  return { misplaced, unused, foreign };
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

function kept(finding: Finding): Finding {
  return { ...finding, message: 'not known here; it is kept, and not used' };
}

function keyPlace({ source, start }: Member): Pick<Finding, 'source' | 'offset'> {
  return { source, offset: start };
}
