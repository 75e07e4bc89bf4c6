import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The part of esbuild's metafile that says which files are in the bundle. */
export interface BundleContents {
  readonly outputs: Readonly<
    Record<string, { readonly inputs: Readonly<Record<string, { readonly bytesInOutput: number }>> }>
  >;
}

/** The used part of esbuild's plugin interface. */
interface PluginBuild {
  readonly initialOptions: { metafile?: boolean | undefined };
  onEnd(callback: (result: { metafile?: BundleContents | undefined }) => void): void;
}

/** Writes the licences of everything that a bundle contains into a file beside it. */
export function thirdPartyNotices(file: string): { name: string; setup(build: PluginBuild): void } {
  return {
    name: 'third-party-notices',
    setup(build) {
      build.initialOptions.metafile = true;
      build.onEnd(({ metafile }) => {
        // There is none if the build failed.
        if (metafile === undefined) return;
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, renderNotices(findBundledPackages(metafile)));
      });
    },
  };
}

/** The folders of the packages of other authors of which a bundle contains code. */
export function findBundledPackages({ outputs }: BundleContents): readonly string[] {
  const files = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  const folders = files.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  return [...new Set(folders)].map((folder) => resolve(folder));
}

/**
 * The notices of packages, in the order of their names.
 * @throws when a package says neither its licence nor its author, as its notice must then be written by hand
 */
export function renderNotices(folders: readonly string[]): string {
  const notices = folders.map(readNotice).toSorted((a, b) => a.title.localeCompare(b.title));
  const introduction = `This program contains code of ${notices.length} other packages. Their licences:`;
  return [introduction, ...notices.map(({ title, text }) => `${'-'.repeat(80)}\n${title}\n\n${text}`), ''].join('\n\n');
}

function readNotice(folder: string): { readonly title: string; readonly text: string } {
  const manifest: PackageManifest = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|copying|notice)\b/i.test(file));
  const texts = files.toSorted().map((file) => readFileSync(`${folder}/${file}`, 'utf8').trim());
  return {
    title: `${manifest.name} ${manifest.version} (${manifest.license})`,
    text: (files.length > 0 ? texts.join('\n\n') : composeNotice(manifest)).replaceAll('\r\n', '\n'),
  };
}

interface PackageManifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string;
}

/** Some packages name MIT as their licence and do not contain its text. */
function composeNotice({ name, license, author }: PackageManifest): string {
  if (license !== 'MIT' || author === undefined) {
    throw new Error(`${name} has no licence file. Find its text, and let scripts/third-party-notices.ts write it.`);
  }
  // Ours is MIT, too. A build runs in the folder of the app.
  const ours = readFileSync('LICENSE', 'utf8').trim();
  return ours.replace(/^Copyright .*$/m, `Copyright (c) ${author}`);
}
