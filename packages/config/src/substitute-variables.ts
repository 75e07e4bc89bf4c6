import type { Environment } from './environment.ts';
import type { Json5Node } from './json5-node.ts';
import { setProperty, type JsonObject, type JsonValue } from './json-value.ts';

/** A variable that is named and not set. */
export interface MissingVariable {
  name: string;
  path: readonly string[];
  node: Json5Node;
}

const reference = /\$?\$\{([A-Z_][A-Z0-9_]*)\}/g;

/** Puts the environment in for `${NAME}` in every string; `$${NAME}` becomes a literal `${NAME}`. What is missing stays as written. */
export function substituteVariables(
  root: Json5Node,
  { env }: { env: Environment },
): { value: JsonValue; missing: MissingVariable[] } {
  const missing: MissingVariable[] = [];

  function substitute(node: Json5Node, path: readonly string[]): JsonValue {
    if (node.type === 'array') return node.members.map(({ key, value }) => substitute(value, [...path, key]));
    if (node.type === 'object') {
      const object: JsonObject = {};
      for (const { key, value } of node.members) setProperty(object, { key, value: substitute(value, [...path, key]) });
      return object;
    }
    if (typeof node.value !== 'string') return node.value;
    return node.value.replaceAll(reference, (written, name: string) => {
      if (written.startsWith('$$')) return written.slice(1);
      const value = env[name];
      if (value !== undefined && value !== '') return value;
      missing.push({ name, path, node });
      return written;
    });
  }

  return { value: substitute(root, []), missing };
}

/** Whether a string is nothing but a reference, and so no secret itself. */
export function isVariableReference(text: string): boolean {
  return /^\$\{[A-Z_][A-Z0-9_]*\}$/.test(text);
}
