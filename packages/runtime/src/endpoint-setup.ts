import type { ProviderConfig } from '@openclaw/config';
import { matchesModelPattern } from './matches-model-pattern.ts';

/** The endpoint that a setup is for, if the configuration lists the endpoints of its provider. */
export interface EndpointSetup {
  /** Unique for the provider. */
  readonly name: string;
  /** Relative capacity. */
  readonly weight: number;
  /** The only models to use there, as patterns. Absent: all that the server has. */
  readonly models: readonly string[] | undefined;
  /** The key as it is written, which replaces that of the provider. */
  readonly apiKey: string | undefined;
}

/** The entry of a provider, or of one of its endpoints. */
export interface ServerEntry {
  readonly entry: ProviderConfig;
  readonly endpoint?: EndpointSetup | undefined;
}

/** One entry for each server of a provider: an endpoint has the settings of its provider and its own. */
export function serverEntries(entry: ProviderConfig): readonly ServerEntry[] {
  const { endpoints, ...shared } = entry;
  if (endpoints === undefined) return [{ entry }];
  return endpoints.map(
    ({ name, weight = 1, models, apiKey, baseUrl, headers, maxConcurrent = shared.maxConcurrent }) => ({
      entry: {
        ...shared,
        baseUrl,
        ...(headers !== undefined && { headers: { ...byName(shared.headers), ...byName(headers) } }),
        ...(maxConcurrent !== undefined && { maxConcurrent }),
      },
      endpoint: { name, weight, models, apiKey },
    }),
  );
}

/** Whether a model may be used at an endpoint. */
export function mayServe(endpoint: EndpointSetup | undefined, model: string): boolean {
  return endpoint?.models?.some((pattern) => matchesModelPattern(model, pattern)) ?? true;
}

/** Names of headers do not depend on case. */
function byName(headers: Readonly<Record<string, string>> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}
