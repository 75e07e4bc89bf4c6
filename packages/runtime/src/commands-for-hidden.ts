import type { HiddenCatalogModel } from './runtime.ts';

/** Pulls a model that can call tools. */
const PULL = 'openclaw models pull gpt-oss:20b';

/** The commands to run if every model is hidden: one that uses a model without tools, and one that gets a model with them. */
export function commandsForHidden(hidden: readonly Pick<HiddenCatalogModel, 'ref' | 'code'>[]): readonly string[] {
  if (hidden.length === 0) return [];
  const withoutTools = hidden.find(({ code }) => code === 'no-tools');
  return withoutTools === undefined ? [PULL] : [PULL, `openclaw models set ${withoutTools.ref}`];
}
