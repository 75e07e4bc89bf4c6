import type { Json5Node } from './json5-node.ts';
import { isSecretValue, rootPlace, stepInto, type SchemaPlace } from './redact-config.ts';
import type { Span } from './source-text.ts';

/** Ranges of secrets in the texts of a configuration. */
export type SecretSpans = ReadonlyMap<string, readonly Span[]>;

/** Finds the secrets of a configuration in all its files. */
export function findSecretSpans(root: Json5Node): SecretSpans {
  const spans = new Map<string, Span[]>();
  function visit(node: Json5Node, place: SchemaPlace): void {
    if (node.type !== 'scalar') {
      for (const { key, value } of node.members) visit(value, stepInto(place, key));
    } else if (isSecretValue(node.value, place)) {
      const { source, start, end } = node;
      const inFile = spans.get(source.file);
      if (inFile) inFile.push({ start, end });
      else spans.set(source.file, [{ start, end }]);
    }
  }
  visit(root, rootPlace);
  return spans;
}
