import type { Manifest, PublicPackage } from './public-packages.ts';

/** The package.json of the root: where the repository is, and who wrote it. */
export interface RootManifest {
  readonly author: string;
  readonly license: string;
  /** The address of the repository, as npm writes it: `git+https://…/name.git`. */
  readonly repository: { readonly type: string; readonly url: string };
}

/** The condition under which the packages of this repository find each other's sources. It is not published. */
const SOURCE_CONDITION = '@openclaw/source';

/**
 * The manifest of a public package with everything that follows from the root's manifest and from the folder of the
 * package: where it is developed, what its tarball holds, and how it is published.
 */
export function expectedManifest(
  { folder, manifest }: PublicPackage,
  root: RootManifest,
): Manifest & Readonly<Record<string, unknown>> {
  const home = repositoryPage(root);
  return {
    ...manifest,
    homepage: `${home}/tree/main/${folder}#readme`,
    bugs: `${home}/issues`,
    license: root.license,
    author: root.author,
    repository: { ...root.repository, directory: folder },
    files: [...new Set([...(manifest.files ?? ['dist']), 'README.md', 'CHANGELOG.md', 'LICENSE'])],
    ...exportsOf(manifest),
    scripts: { ...manifest.scripts, prepublishOnly: 'node ../../scripts/guard-publish.mjs' },
  };
}

/** The page of the repository that people open in a browser. */
export function repositoryPage({ repository }: RootManifest): string {
  return repository.url.replace(/^git\+/, '').replace(/\.git$/, '');
}

/** What the manifest lacks that only a person can write. */
export function missingFields({ keywords = [] }: Manifest): readonly string[] {
  return keywords.length < 3 ? ['keywords: name at least three words that people search for'] : [];
}

function exportsOf({ exports, publishConfig }: Manifest): Pick<Manifest, 'exports' | 'publishConfig'> {
  const published = { ...publishConfig, access: 'public', provenance: true };
  // A command alone has no exports: every file of it can be read.
  if (exports === undefined) return { publishConfig: published };
  const all = { ...exports, './package.json': './package.json' };
  const entries = Object.entries(all)
    .filter(([, target]) => !isSource(target))
    .map(([entry, target]) => [entry, withoutSource(target)]);
  return { exports: all, publishConfig: { ...published, exports: Object.fromEntries(entries) } };
}

/** An entry for the apps of this repository, which bundle it. */
function isSource(target: unknown): boolean {
  return typeof target === 'string' && target.startsWith('./src/');
}

function withoutSource(target: unknown): unknown {
  if (typeof target !== 'object' || target === null) return target;
  return Object.fromEntries(Object.entries(target).filter(([condition]) => condition !== SOURCE_CONDITION));
}
