import { readFile, realpath, stat } from 'node:fs/promises';
import { delimiter, dirname, isAbsolute, relative, resolve } from 'node:path';
import { ConfigError, type ConfigIssue } from './config-error.ts';
import type { Json5Node } from './json5-node.ts';
import { isBlankJson5, parseJson5 } from './parse-json5.ts';

/** The configuration file and everything it includes, read but not yet joined. */
export interface ConfigSources {
  /** The configuration file. */
  root: string;
  exists: boolean;
  /** What each file holds, or why it cannot be read as JSON5. The root comes first. */
  documents: ReadonlyMap<string, Json5Node | ConfigIssue>;
  /** Where each `$include` leads, or why it leads nowhere; by `includeLink`. */
  links: ReadonlyMap<string, IncludeTarget>;
}

export type IncludeTarget = { file: string } | { problem: string };

/** An included file larger than this is an accident. */
const largestFile = 2 * 1024 * 1024;
const longestPath = 4096;

/**
 * Reads the configuration and its includes. Problems with includes are kept as data; the caller tells them all at once.
 *
 * @throws ConfigError `unreadable` when the configuration exists and cannot be read
 */
export async function readSources(
  root: string,
  { env }: { env: Readonly<Record<string, string | undefined>> },
): Promise<ConfigSources> {
  const text = await readRoot(root);
  const documents = new Map<string, Json5Node | ConfigIssue>();
  const links = new Map<string, IncludeTarget>();
  const roots = await includeRoots(root, env);

  async function add(file: string, content: string): Promise<void> {
    const document = parseDocument(file, content);
    documents.set(file, document);
    if (!('type' in document)) return;
    for (const path of includePaths(document)) {
      const link = includeLink(file, path);
      if (links.has(link)) continue;
      const { text: included, ...target } = await readInclude(path, { from: file, roots });
      links.set(link, target);
      if ('file' in target && included !== undefined && !documents.has(target.file)) await add(target.file, included);
    }
  }

  await add(root, text ?? '');
  return { root, exists: text !== undefined, documents, links };
}

/** Names an include in `ConfigSources.links`. */
export function includeLink(from: string, path: string): string {
  return `${from}\n${path}`;
}

/** The text of one file as a node, or the reason why it has none. An empty file is an empty object. */
export function parseDocument(file: string, text: string): Json5Node | ConfigIssue {
  const source = { file, text };
  try {
    if (!isBlankJson5(source)) return parseJson5(source);
    return { type: 'object', source, start: text.length, end: text.length, members: [] };
  } catch (error) {
    if (error instanceof ConfigError && error.issues[0]) return error.issues[0];
    throw error;
  }
}

/** The paths a `$include` names: a string, or a list of strings. Anything else has none. */
export function pathsOfInclude(value: Json5Node): string[] {
  const items = value.type === 'array' ? value.members.map((member) => member.value) : [value];
  return items.flatMap((item) => (item.type === 'scalar' && typeof item.value === 'string' ? [item.value] : []));
}

function includePaths(node: Json5Node): string[] {
  if (node.type === 'scalar') return [];
  return node.members.flatMap(({ key, value }) =>
    key === '$include' && node.type === 'object' ? pathsOfInclude(value) : includePaths(value),
  );
}

async function readRoot(root: string): Promise<string | undefined> {
  try {
    return await readFile(root, 'utf8');
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new ConfigError('unreadable', { message: `Cannot read ${root}: ${reasonOf(error)}.`, cause: error });
  }
}

/** Directories that includes may come from: that of the configuration, and OPENCLAW_INCLUDE_ROOTS. Links are followed before comparing. */
async function includeRoots(root: string, env: Readonly<Record<string, string | undefined>>): Promise<string[]> {
  const listed = (env['OPENCLAW_INCLUDE_ROOTS'] ?? '').split(delimiter).filter((path) => isAbsolute(path));
  const realRoot = await realpath(root).catch(() => root);
  const directories = await Promise.all(
    [dirname(root), ...listed].map((directory) => realpath(directory).catch(() => directory)),
  );
  return [dirname(realRoot), ...directories];
}

async function readInclude(
  path: string,
  { from, roots }: { from: string; roots: readonly string[] },
): Promise<IncludeTarget & { text?: string }> {
  if (path.length >= longestPath) return { problem: `the path is longer than ${longestPath} characters` };
  const named = resolve(dirname(from), path);
  try {
    const file = await realpath(named);
    if (!roots.some((root) => isInside(file, root))) {
      return {
        problem: `"${path}" leads to ${file}, outside of the configuration's directory; allow it with OPENCLAW_INCLUDE_ROOTS`,
      };
    }
    const { size } = await stat(file);
    if (size > largestFile) return { problem: `"${path}" is larger than ${largestFile} bytes` };
    return { file, text: await readFile(file, 'utf8') };
  } catch (error) {
    return { problem: `cannot read "${path}" (${named}): ${reasonOf(error)}` };
  }
}

function isInside(file: string, directory: string): boolean {
  const path = relative(directory, file);
  return path !== '' && !path.startsWith('..') && !isAbsolute(path);
}

function errorCode(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'a file is in the place of its directory',
  EISDIR: 'it is a directory',
  ELOOP: 'symbolic links go in a circle',
  ENOENT: 'there is no such file',
  ENOSPC: 'no space is left on the disk',
  ENOTDIR: 'a file is in the place of its directory',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
};

/** Why a file operation failed, in words. */
export function reasonOf(error: unknown): string {
  const known = reasons[String(errorCode(error))];
  return known ?? (error instanceof Error ? error.message : String(error));
}
