import { constants } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createDirectory } from './create-directory.ts';
import type { CachedModel, CachedModels, DiscoveryCache } from './discovery-cache.ts';
import { fieldsOf, isFields } from './json-fields.ts';
import { parseModelDetails } from './model-details.ts';

export interface FileDiscoveryCacheOptions {
  /** Directory of the files, one per server. Created on the first write, accessible only by its owner. */
  readonly directory: string;
  /** Maximum number of servers; the one that was saved longest ago is evicted first. @default 32 */
  readonly maxEndpoints?: number | undefined;
  /** Maximum number of models per server. @default 5000 */
  readonly maxModels?: number | undefined;
}

/** Increase it if the format changes; files of other versions count as absent. */
const FORMAT_VERSION = 2;

/**
 * A cache in files. Files are replaced atomically and readable only by their owner. A file that is broken, of another
 * version or not regular counts as absent, and the next save replaces it. Of two concurrent saves, the last one wins.
 */
export function createFileDiscoveryCache({
  directory,
  maxEndpoints = 32,
  maxModels = 5000,
}: FileDiscoveryCacheOptions): DiscoveryCache {
  const fileOf = (endpoint: string): string => join(directory, `${fileNameOf(endpoint)}.json`);
  return {
    async load(endpoint) {
      try {
        return parseFile(JSON.parse(await readRegularFile(fileOf(endpoint))), endpoint);
      } catch (cause) {
        if (cause instanceof SyntaxError || fieldsOf(cause)['code'] === 'ENOENT') return new Map();
        throw cause;
      }
    },
    async save(endpoint, models) {
      const newest = [...models].sort(([, a], [, b]) => b.savedAt - a.savedAt).slice(0, maxModels);
      await createDirectory(directory);
      await replaceFile(
        fileOf(endpoint),
        JSON.stringify({ version: FORMAT_VERSION, endpoint, models: Object.fromEntries(newest) }),
      );
      await removeOldest({ directory, keep: maxEndpoints });
    },
  };
}

/**
 * Readable, and computed without `node:crypto`, which takes longer to load than a file to read. Names may collide,
 * because every file contains its endpoint.
 */
function fileNameOf(endpoint: string): string {
  return endpoint.replaceAll(/[^A-Za-z0-9.-]+/g, '_').slice(-120);
}

/**
 * Returns an empty text if the path is not a regular file: opening a FIFO would block the process and its exit, and a
 * device may be endless.
 */
async function readRegularFile(path: string): Promise<string> {
  const handle = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const status = await handle.stat();
    return status.isFile() && status.size <= MAX_FILE_BYTES ? await handle.readFile('utf8') : '';
  } finally {
    await handle.close();
  }
}

/** Far above the size of the maximum number of models. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;

function parseFile(value: unknown, endpoint: string): CachedModels {
  const { version, endpoint: owner, models } = fieldsOf(value);
  if (version !== FORMAT_VERSION || owner !== endpoint) return new Map();
  return new Map(
    Object.entries(fieldsOf(models)).flatMap(([digest, entry]): [string, CachedModel][] => {
      const details = isFields(entry) ? parseModelDetails(entry['details']) : undefined;
      const savedAt = fieldsOf(entry)['savedAt'];
      return details === undefined || typeof savedAt !== 'number' ? [] : [[digest, { details, savedAt }]];
    }),
  );
}

async function replaceFile(file: string, text: string): Promise<void> {
  const temporary = `${file}.${crypto.randomUUID()}.tmp`;
  try {
    const handle = await open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(text);
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (cause) {
    await rm(temporary, { force: true });
    throw cause;
  }
}

async function removeOldest({ directory, keep }: { directory: string; keep: number }): Promise<void> {
  const names = (await readdir(directory)).filter((name) => /\.(?:json|tmp)$/.test(name));
  if (names.length <= keep) return;
  const files = await Promise.all(
    names.map(async (name) => {
      const path = join(directory, name);
      // Another process may have removed the file: then it counts as the oldest.
      return {
        path,
        mtimeMs: await stat(path).then(
          ({ mtimeMs }) => mtimeMs,
          () => 0,
        ),
      };
    }),
  );
  const oldest = files.sort((a, b) => a.mtimeMs - b.mtimeMs).slice(0, names.length - keep);
  await Promise.all(oldest.map(({ path }) => rm(path, { force: true })));
}
