import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createFileDiscoveryCache } from '@openclaw/ollama-discovery/file-cache';
import type { DiscoveryCache } from '@openclaw/ollama-discovery';

/** The persistent cache of model details. Nothing is written before the state directory exists. */
export function discoveryCacheOf({ stateDir }: { stateDir: string }): DiscoveryCache {
  const files = createFileDiscoveryCache({ directory: join(stateDir, 'cache', 'ollama-models') });
  return {
    load: (endpoint) => files.load(endpoint),
    async save(endpoint, models) {
      const exists = await stat(stateDir).then(
        (entry) => entry.isDirectory(),
        () => false,
      );
      if (exists) await files.save(endpoint, models);
    },
  };
}
