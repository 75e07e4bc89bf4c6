import type { Environment } from './environment.ts';
import type { Json5Node, ObjectNode } from './json5-node.ts';
import { setProperty, type JsonObject, type JsonValue } from './json-value.ts';
import { referenceKey, secretReferenceOf, type ReadSecret } from './secrets/secret-reference.ts';

/** A referenced variable that is not set, or a secret that cannot be read. */
export interface MissingVariable {
  name: string;
  /** Why the secret cannot be read; absent for a variable. */
  problem?: string;
  path: readonly string[];
  node: Json5Node;
}

const REFERENCE = /\$?\$\{([A-Z_][A-Z0-9_]*)\}/g;

/**
 * Substitutes `${NAME}` in all strings, and references to secrets; `$${NAME}` becomes a literal `${NAME}`. References to
 * missing variables stay.
 */
export function substituteVariables(
  root: Json5Node,
  { env, readSecret }: { env: Environment; readSecret: ReadSecret },
): { value: JsonValue; missing: MissingVariable[] } {
  const missing: MissingVariable[] = [];

  function substitute(node: Json5Node, path: readonly string[]): JsonValue {
    if (node.type === 'array') return node.members.map(({ key, value }) => substitute(value, [...path, key]));
    if (node.type === 'object') {
      const name = environmentReference(node);
      if (name !== undefined) return lookUp(`\${${name}}`, { name, path, node });
      const secret = secretAt(node, path);
      if (secret !== undefined) return secret;
      const object: JsonObject = {};
      for (const { key, value } of node.members) setProperty(object, { key, value: substitute(value, [...path, key]) });
      return object;
    }
    if (typeof node.value !== 'string') return node.value;
    return node.value.replaceAll(REFERENCE, (written, name: string) => {
      if (written.startsWith('$$')) return written.slice(1);
      return lookUp(written, { name, path, node });
    });
  }

  /** `undefined` if the node is no reference that was read. */
  function secretAt(node: Json5Node, path: readonly string[]): string | undefined {
    const reference = secretReferenceOf(node);
    const result = reference && readSecret(reference);
    if (reference === undefined || result === undefined) return undefined;
    if ('value' in result) return result.value;
    const name = referenceKey(reference);
    missing.push({ name, problem: result.problem, path, node });
    return name;
  }

  function lookUp(written: string, variable: MissingVariable): string {
    const value = env[variable.name];
    if (value !== undefined && value !== '') return value;
    missing.push(variable);
    return written;
  }

  return { value: substitute(root, []), missing };
}

/** `{ source: "env", id: "NAME" }`, the form of `${NAME}` in later releases of the original. */
function environmentReference({ members }: ObjectNode): string | undefined {
  const text = (key: string) => {
    const value = members.findLast((member) => member.key === key)?.value;
    return value?.type === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
  };
  const isReference =
    text('source') === 'env' && members.every(({ key }) => ['source', 'provider', 'id'].includes(key));
  return isReference ? text('id') : undefined;
}

/** Whether a string is only a reference, and therefore not a secret. */
export function isVariableReference(text: string): boolean {
  return /^\$\{[A-Z_][A-Z0-9_]*\}$/.test(text);
}
