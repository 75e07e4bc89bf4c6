import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';
import type { PublicPackage } from './public-packages.ts';

/** A tarball as it would be published. */
export interface Tarball {
  readonly name: string;
  readonly folder: string;
  readonly path: string;
  /** The bytes of the tarball, and the files in it. */
  readonly bytes: number;
  readonly files: readonly string[];
  readonly hasModules: boolean;
}

const run = promisify(execFile);

/**
 * Packs packages as `pnpm publish` does, and checks each tarball with publint and attw.
 * @throws when a package was not built, or a tool finds a problem
 */
export async function packPackages(
  packages: readonly PublicPackage[],
  { into }: { readonly into: string },
): Promise<readonly Tarball[]> {
  const waiting = [...packages];
  const packed: Tarball[] = [];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) packed.push(await pack(next, into));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return packed.toSorted((a, b) => a.name.localeCompare(b.name));
}

async function pack({ folder, manifest }: PublicPackage, into: string): Promise<Tarball> {
  const { stdout } = await run('pnpm', ['pack', '--json', '--pack-destination', into], { cwd: folder });
  const { filename, files }: { filename: string; files: readonly { path: string }[] } = JSON.parse(stdout);
  const hasModules = manifest.exports !== undefined;
  try {
    await run('publint', ['run', filename, '--strict']);
    if (hasModules) await run('attw', [filename, '--profile', 'esm-only']);
  } catch (error) {
    throw new Error(`${manifest.name}: ${readOutput(error)}`, { cause: error });
  }
  const { size } = await stat(filename);
  return { name: manifest.name, folder, path: filename, bytes: size, files: files.map(({ path }) => path), hasModules };
}

function readOutput(error: unknown): string {
  return error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
}
