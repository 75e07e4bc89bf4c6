import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findPublicPackages } from '../../scripts/public-packages.ts';

/** Pages that are looked up rather than read. Every other page at the top is a guide. */
const REFERENCE = new Set(['cli', 'clients', 'configuration', 'errors', 'gateway-api', 'tool-calls']);

interface SidebarItem {
  readonly text: string;
  readonly link: string;
}

interface SidebarGroup {
  readonly text: string;
  readonly collapsed?: boolean;
  readonly items: SidebarItem[];
}

/** Every page, in groups. A new page is found by its place, and named by its heading. */
export function createSidebar(docs: string): SidebarGroup[] {
  const pages = listPages(docs, '/').filter(({ link }) => link !== '/index');
  const isReference = ({ link }: SidebarItem): boolean => REFERENCE.has(basename(link));
  return [
    { text: 'Guides', items: pages.filter((page) => !isReference(page)) },
    { text: 'Providers', items: listPages(join(docs, 'providers'), '/providers/') },
    { text: 'Reference', items: pages.filter(isReference) },
    { text: 'Libraries', items: listLibraries() },
    {
      text: 'Decisions',
      collapsed: true,
      items: listPages(join(docs, 'decisions'), '/decisions/').filter(({ link }) => link !== '/decisions/index'),
    },
  ];
}

function listPages(folder: string, prefix: string): SidebarItem[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.md'))
    .toSorted()
    .map((file) => ({ text: readTitle(join(folder, file)), link: `${prefix}${basename(file, '.md')}` }));
}

function readTitle(file: string): string {
  const title = /^# (.+)$/m.exec(readFileSync(file, 'utf8'))?.[1];
  if (title === undefined) throw new Error(`${file} has no heading. Begin it with “# Title”.`);
  return title.replaceAll('`', '');
}

function listLibraries(): SidebarItem[] {
  return findLibraries().map(({ manifest, name }) => ({ text: manifest.name, link: `/packages/${name}` }));
}

/** The published packages, by the names of their pages. */
export function findLibraries(): readonly (ReturnType<typeof findPublicPackages>[number] & { name: string })[] {
  return findPublicPackages()
    .filter(({ folder }) => folder.startsWith('packages/'))
    .map((each) => ({ ...each, name: basename(each.folder) }));
}
