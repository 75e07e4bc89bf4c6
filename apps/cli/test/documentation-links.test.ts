import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../../..');
const PAGES = globSync(['README.md', 'docs/*.md', 'docs/providers/*.md'], { cwd: ROOT }).toSorted();

const read = (page: string): string => readFileSync(join(ROOT, page), 'utf8');

/** The anchors of a page, as GitHub makes them. */
function anchorsOf(page: string): Set<string> {
  const text = read(page).replaceAll(/^```[^]*?^```/gm, '');
  return new Set(
    [...text.matchAll(/^#+ +(.+)$/gm)].map(([, title = '']) =>
      title
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

/** The links of a page to other pages, relative to the repository. */
function linksOf(page: string): { readonly file: string; readonly anchor: string }[] {
  return [...read(page).matchAll(/\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]*))?\)/g)].map(
    ([, path = '', anchor = '']) => ({
      // The site makes these pages from the README of each package.
      file: targetOf(path, page).replace(/^docs\/packages\/([\w-]+)\.md$/, 'packages/$1/README.md'),
      anchor,
    }),
  );
}

/** A path from the root of the repository is one from the root of the site, too. */
function targetOf(path: string, page: string): string {
  if (path === '') return page;
  return path.startsWith('/') ? path.slice(1) : relative(ROOT, join(ROOT, dirname(page), path));
}

test.each(PAGES)('the links of %s lead to pages and headings', (page) => {
  const broken = linksOf(page).filter(
    ({ file, anchor }) =>
      !existsSync(join(ROOT, file)) || (anchor !== '' && file.endsWith('.md') && !anchorsOf(file).has(anchor)),
  );
  expect(broken).toEqual([]);
});

test('every page for users is reached from docs/index.md or README.md', () => {
  const reached = new Set(['docs/index.md', 'README.md']);
  // A set is read in the order of insertion, also what is added meanwhile.
  for (const page of reached) for (const { file } of linksOf(page)) if (PAGES.includes(file)) reached.add(file);
  expect(PAGES.filter((page) => page.startsWith('docs/') && !reached.has(page))).toEqual([]);
});
