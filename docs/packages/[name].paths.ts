import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { findLibraries } from '../.vitepress/create-sidebar.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** One page for each published package: its README, and where its declarations are. */
export default {
  paths: () =>
    findLibraries().map(({ name, folder }) => ({
      params: { name },
      content: [readFileSync(join(ROOT, folder, 'README.md'), 'utf8'), ...renderDeclarations(name)].join('\n'),
    })),
};

function renderDeclarations(name: string): readonly string[] {
  const file = `public-api/${name}.d.ts`;
  return existsSync(join(ROOT, file)) ? [`## Declarations\n\n[${file}](../../${file})\n`] : [];
}
