import type { RequestLoad } from '@openclaw/runtime/internal';

/** A value of each provider: the sum of that of its endpoints, each of which has a load of its own. */
export function sumByProvider(
  loads: readonly RequestLoad[],
  value: (load: RequestLoad) => number,
): readonly { readonly provider: string; readonly sum: number }[] {
  return Array.from(
    Map.groupBy(loads, ({ provider }) => provider),
    ([provider, own]) => ({ provider, sum: own.reduce((sum, load) => sum + value(load), 0) }),
  );
}
