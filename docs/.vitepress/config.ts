import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { defineConfig } from 'vitepress';
import { repositoryPage } from '../../scripts/expected-manifest.ts';
import { createSidebar } from './create-sidebar.ts';

const DOCS = resolve(import.meta.dirname, '..');
const ROOT = resolve(DOCS, '..');
const FOLDER = process.env['DOCS_FOLDER'];
const REPOSITORY = repositoryPage(JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')));

/** The documentation as a static site. A dead link fails the build. Its pages load nothing from other hosts. */
export default defineConfig({
  title: 'OpenClaw for local models',
  description: 'Libraries, a command and a gateway that make local models dependable',
  // GitHub serves the site of a repository below the repository's name.
  base: FOLDER === undefined ? '/' : `/${FOLDER}/`,
  lang: 'en',
  themeConfig: {
    nav: [
      { text: 'Decisions', link: '/decisions/' },
      { text: 'Repository', link: REPOSITORY },
    ],
    sidebar: createSidebar(DOCS),
    outline: [2, 3],
    search: { provider: 'local' },
  },
  markdown: {
    anchor: { slugify: toAnchor },
    config(markdown) {
      markdown.core.ruler.push('repository-links', ({ tokens, env }) => {
        const links = tokens.flatMap(({ children }) => children ?? []).filter(({ type }) => type === 'link_open');
        for (const link of links) link.attrSet('href', resolveLink(link.attrGet('href') ?? '', env.path));
      });
    },
  },
});

/** The anchor of a heading as GitHub makes it, so that links work in both places. */
function toAnchor(heading: string): string {
  return heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{Letter}\p{Number}\s_-]/gu, '')
    .replaceAll(/\s/g, '-');
}

/** A link to a file outside the documentation leads to the repository. */
function resolveLink(href: string, page: string): string {
  const [path = '', fragment] = href.split('#');
  if (path === '' || /^[a-z]+:/.test(path) || path.startsWith('/')) return href;
  const target = resolve(dirname(page), path);
  if (!relative(DOCS, target).startsWith('..')) return href;
  if (!existsSync(target)) throw new Error(`${relative(ROOT, page)} links to ${path}, which does not exist.`);
  const anchor = fragment === undefined ? '' : `#${fragment}`;
  return `${REPOSITORY}/blob/main/${relative(ROOT, target)}${anchor}`;
}
