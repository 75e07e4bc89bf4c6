import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { findPublicPackages } from './public-packages.ts';
import type { Manifest } from './public-packages.ts';

/** A program in the README of a library. */
export interface ReadmeExample {
  readonly title: string;
  /** The absolute folder of the library. */
  readonly folder: string;
  readonly code: string;
  /** The packages of other authors that it imports, with their versions: `openai@7.57.0`. */
  readonly needs: readonly string[];
}

/** The libraries that are published. */
export const LIBRARIES = findPublicPackages().filter(({ folder }) => folder.startsWith('packages/'));

/** The programs in the READMEs of all libraries. A block that is marked as a fragment is none. */
export const README_EXAMPLES: readonly ReadmeExample[] = LIBRARIES.flatMap(({ folder, manifest }) => {
  const blocks = readFileSync(`${folder}/README.md`, 'utf8').matchAll(/```[jt]s\n(.*?)```/gs);
  return [...blocks].map(([, code = ''], index) => ({
    title: `${manifest.name}, example ${index + 1}`,
    folder: resolve(folder),
    code,
    needs: findNeeds(code, manifest),
  }));
});

function findNeeds(code: string, manifest: Manifest): readonly string[] {
  const names = [...code.matchAll(/from '((?:@[^/']+\/)?[^/']+)/g)].map(([, name = '']) => name);
  const versions: Readonly<Record<string, string>> = { ...manifest.peerDependencies, ...manifest.devDependencies };
  return names
    .filter((name) => !name.startsWith('node:') && !name.startsWith('@openclaw/'))
    .map((name) => `${name}@${versions[name] ?? 'latest'}`);
}
