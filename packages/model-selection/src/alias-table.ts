import type { CatalogModel } from './catalog-model.ts';

/** An alias as it was written, and the reference that it stands for. */
interface Alias {
  readonly alias: string;
  readonly ref: string;
}

/** Aliases, compared without case. */
export interface AliasTable {
  /** The references that an alias stands for; more than one when it was given twice. */
  refsOf(name: string): readonly string[];
  readonly all: readonly Alias[];
}

/** Joins the configured aliases with those that the entries bring themselves. */
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
