import type { Json5Node } from '../json5-node.ts';

/** `{ source: "file" | "exec" | "store", provider, id }` in place of a secret, as in the original. */
export interface SecretReference {
  /** `store`, the original's own store, is never read. */
  readonly source: 'file' | 'exec' | 'store';
  /** The name in `secrets.providers`. Absent: the default of the source. */
  readonly provider: string | undefined;
  readonly id: string;
}

/** A secret, or why it could not be read. The problem contains no secret. */
export type SecretResult = { readonly value: string } | { readonly problem: string };

/** Results by `referenceKey`. */
export type ResolvedSecrets = ReadonlyMap<string, SecretResult>;

/** The result of a reference; `undefined` if none belongs at its place. */
export type ReadSecret = (reference: SecretReference) => SecretResult | undefined;

/** The result where no file is read and no program is started. */
export const NOT_READ: SecretResult = { problem: 'secrets of files and programs are not read here' };

/** Stands for secrets where a configuration is only checked. It is never sent. */
export const assumeSecret: ReadSecret = () => ({ value: 'not-read' });

/** The reference that a node is, if it is one. */
export function secretReferenceOf(node: Json5Node): SecretReference | undefined {
  if (node.type !== 'object' || !node.members.every(({ key }) => KEYS.has(key))) return undefined;
  const text = (key: string): string | undefined => {
    const value = node.members.findLast((member) => member.key === key)?.value;
    return value?.type === 'scalar' && typeof value.value === 'string' ? value.value : undefined;
  };
  const [source, id] = [text('source'), text('id')];
  if ((source !== 'file' && source !== 'exec' && source !== 'store') || id === undefined) return undefined;
  return { source, provider: text('provider'), id };
}

const KEYS: ReadonlySet<string> = new Set(['source', 'provider', 'id']);

/** The key of a reference in `ResolvedSecrets`; also its name for people. */
export function referenceKey({ source, provider = 'default', id }: SecretReference): string {
  return `${source}:${provider}:${id}`;
}
