import { globSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** The fields of a package.json that scripts read. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly keywords?: readonly string[];
  readonly files?: readonly string[];
  readonly scripts?: Readonly<Record<string, string>>;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly publishConfig?: Readonly<Record<string, unknown>>;
}

/** A package that is published, or an app that is. */
export interface PublicPackage {
  /** Relative to the root of the repository. */
  readonly folder: string;
  readonly manifest: Manifest;
}

/** Finds every package that is published: no list needs a new one. */
export function findPublicPackages(): readonly PublicPackage[] {
  return globSync(['packages/*/package.json', 'apps/*/package.json'])
    .map((file) => ({ folder: dirname(file).replaceAll('\\', '/'), manifest: readManifest(file) }))
    .filter(({ manifest }) => manifest.private !== true)
    .toSorted((a, b) => a.folder.localeCompare(b.folder));
}

export function readManifest(file: string): Manifest {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** The names under which the modules of a package are imported. Other entries are files, or not published. */
export function moduleNames({ name, exports = {} }: Manifest): readonly string[] {
  return Object.entries(exports)
    .filter(([, target]) => typeof target === 'object')
    .map(([entry]) => `${name}${entry.slice(1)}`);
}
