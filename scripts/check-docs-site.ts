import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Checks the built documentation: every link inside the site leads to a page and a heading, and no page loads anything
 * from another host. VitePress itself checks that linked pages exist, but not their headings.
 */
const SITE = 'docs/.vitepress/dist';
const FOLDER = process.env['DOCS_FOLDER'];
const BASE = FOLDER === undefined ? '/' : `/${FOLDER}/`;

const pages = globSync(`${SITE}/**/*.html`).map((file) => ({ file, html: readFileSync(file, 'utf8') }));
const idsOf = new Map(pages.map(({ file, html }) => [file, findAll(html, /\sid="([^"]+)"/g)]));
const problems = [
  ...pages.flatMap(({ file, html }) => [...findDeadLinks(file, html), ...findExternalRequests(file, html)]),
  ...globSync(`${SITE}/**/*.css`).flatMap((file) => findExternalRequests(file, readFileSync(file, 'utf8'))),
];
if (pages.length === 0) problems.push(`${SITE} has no pages. Run: pnpm docs:build`);

if (problems.length === 0) console.log(`documentation: ${pages.length} pages, without dead links or external requests`);
else {
  console.error(problems.join('\n'));
  process.exitCode = 1;
}

function findDeadLinks(file: string, html: string): readonly string[] {
  return findAll(html, /<a\b[^>]*?\shref="([^"]+)"/g).flatMap((href) => {
    if (/^[a-z]+:/.test(href)) return [];
    const [path = '', fragment = ''] = href.split('#');
    const target = path === '' ? file : findPage(path, dirname(file));
    const ids = idsOf.get(target);
    if (ids === undefined) return existsSync(target) ? [] : [`${file}: ${href} leads to no page`];
    return fragment === '' || ids.includes(decodeURIComponent(fragment))
      ? []
      : [`${file}: ${href} leads to no heading`];
  });
}

function findPage(path: string, folder: string): string {
  const file = path.startsWith('/') ? join(SITE, path.slice(BASE.length)) : join(folder, path);
  return path.endsWith('/') ? join(file, 'index.html') : file;
}

/** What a browser loads by itself: not the targets of links. */
function findExternalRequests(file: string, source: string): readonly string[] {
  return [
    ...findAll(source, /<(?:script|img|iframe|source|video|audio)\b[^>]*?\ssrc="((?:https?:)?\/\/[^"]+)"/g),
    ...findAll(source, /<link\b[^>]*?\shref="((?:https?:)?\/\/[^"]+)"/g),
    ...findAll(source, /(?:url\(|@import\s+)["']?((?:https?:)?\/\/[^"')]+)/g),
  ].map((url) => `${file}: loads ${url}`);
}

function findAll(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].flatMap(([, found]) => found ?? []);
}
