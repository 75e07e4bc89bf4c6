import type { CatalogModel } from './catalog-model.ts';

/** An alias as configured, and its reference. */
interface Alias {
  readonly alias: string;
  readonly ref: string;
}

/** Aliases, compared without case. */
export interface AliasTable {
  /** The references of an alias; more than one if it is configured twice. */
  refsOf(name: string): readonly string[];
  readonly all: readonly Alias[];
}

/** Joins the configured aliases and those of the entries. */
export function createAliasTable(
  configured: Readonly<Record<string, string>>,
  { models }: { models: readonly CatalogModel[] },
): AliasTable {
  const all = [
    ...Object.entries(configured).map(([alias, ref]) => ({ alias: alias.trim(), ref })),
    ...models.flatMap(({ aliases, ref }) => aliases.map((alias) => ({ alias: alias.trim(), ref }))),
  ];
  return {
    refsOf(name) {
      const refs = all.filter(({ alias }) => alias.toLowerCase() === name.toLowerCase()).map(({ ref }) => ref);
      return [...new Set(refs)];
    },
    all,
  };
}
