import type { Json5Node } from '../json5-node.ts';
import { rootPlace, stepInto, type SchemaPlace } from '../redact-config.ts';
import { referenceKey, secretReferenceOf, type SecretReference } from './secret-reference.ts';

/**
 * Finds the references to files and programs, each once. Only settings of this product that are secrets count: no
 * program is started for other sections of the file, and none for the environment of such a program.
 */
export function findSecretReferences(root: Json5Node): readonly SecretReference[] {
  const found = new Map<string, SecretReference>();
  function visit(node: Json5Node, place: SchemaPlace): void {
    if (node.type === 'scalar') return;
    const reference = place.secret && !place.guess ? secretReferenceOf(node) : undefined;
    if (reference !== undefined) found.set(referenceKey(reference), reference);
    else for (const { key, value } of node.members) visit(value, stepInto(place, key));
  }
  if (root.type === 'object') {
    const others = root.members.filter(({ key }) => key !== 'env' && key !== 'secrets');
    for (const { key, value } of others) visit(value, stepInto(rootPlace, key));
  }
  return [...found.values()];
}
