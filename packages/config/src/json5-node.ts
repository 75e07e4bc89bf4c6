import { setProperty, type JsonObject, type JsonValue } from './json-value.ts';
import type { SourceText } from './source-text.ts';

/** A value of a JSON5 text with its place, for error messages and edits. */
export type Json5Node = ScalarNode | ArrayNode | ObjectNode;

interface Place {
  source: SourceText;
  /** Offsets into `source.text`: the first character, and the one after the last. */
  start: number;
  end: number;
}

export interface ScalarNode extends Place {
  type: 'scalar';
  value: null | boolean | number | string;
}

export interface ArrayNode extends Place {
  type: 'array';
  members: Member[];
  /** The arrays that an include joined; absent if the array is written in one place. */
  parts?: ArrayNode[];
}

export interface ObjectNode extends Place {
  type: 'object';
  /** In the order of the text. A key may occur twice; the last one counts. */
  members: Member[];
  /** The objects that includes joined; absent if the object is written in one place. */
  parts?: ObjectNode[];
}

/** An item of an array or an entry of an object. */
export interface Member {
  source: SourceText;
  /** The key; for an item, its index. */
  key: string;
  /** Where the key starts; for an item, where its value starts. */
  start: number;
  value: Json5Node;
  /** Offset of the comma after it, if it has one. */
  comma: number | undefined;
}

/** The plain value of a node. */
export function toJson(node: Json5Node): JsonValue {
  if (node.type === 'scalar') return node.value;
  if (node.type === 'array') return node.members.map(({ value }) => toJson(value));
  const object: JsonObject = {};
  for (const { key, value } of node.members) setProperty(object, { key, value: toJson(value) });
  return object;
}

/** The node at a path, or undefined. */
export function findNode(root: Json5Node, path: readonly string[]): Json5Node | undefined {
  return path.reduce<Json5Node | undefined>((node, key) => node && findMember(node, key)?.value, root);
}

/** The effective member of a key: the last one. */
export function findMember(node: Json5Node, key: string): Member | undefined {
  if (node.type === 'scalar') return undefined;
  if (node.members.length <= FEW_MEMBERS) return node.members.findLast((member) => member.key === key);
  const known = indexes.get(node) ?? new Map(node.members.map((member) => [member.key, member]));
  indexes.set(node, known);
  return known.get(key);
}

/** Below this number a linear search is faster than an index. Above it, repeated searches would take quadratic time. */
const FEW_MEMBERS = 16;
const indexes = new WeakMap<ArrayNode | ObjectNode, ReadonlyMap<string, Member>>();
