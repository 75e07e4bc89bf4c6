import { realpath, stat } from 'node:fs/promises';
import { delimiter, dirname, isAbsolute, relative, resolve } from 'node:path';
import { ConfigError, type ConfigIssue } from './config-error.ts';
import { explainSystemError } from './explain-system-error.ts';
import type { Json5Node } from './json5-node.ts';
import { isBlankJson5, parseJson5 } from './parse-json5.ts';
import { readRegularFile } from './read-regular-file.ts';

/** The configuration file and its includes, read but not merged. */
export interface ConfigSources {
  /** The configuration file. */
  root: string;
  exists: boolean;
  /** The content of each file, or why it is not valid JSON5. The root is first. */
  documents: ReadonlyMap<string, Json5Node | ConfigIssue>;
  /** The target of each `$include`, or why it has none; by `includeLink`. */
  links: ReadonlyMap<string, IncludeTarget>;
}

export type IncludeTarget = { file: string } | { problem: string };

/** Maximum size of the configuration with its includes. */
export const MAX_CONFIG_BYTES = 8 * 1024 * 1024;

/** Maximum number of includes; a file counts as often as it is included. */
export const MAX_INCLUDES = 1000;

const MAX_PATH_LENGTH = 4096;

/**
 * Reads the configuration and its includes. Problems with includes are returned as data, so that all are reported
 * together.
 *
 * @throws ConfigError `unreadable` if the configuration exists and cannot be read
 */
export async function readSources(
  root: string,
  { env }: { env: Readonly<Record<string, string | undefined>> },
): Promise<ConfigSources> {
  const text = await readRoot(root);
  const documents = new Map<string, Json5Node | ConfigIssue>();
  const links = new Map<string, IncludeTarget>();
  const roots = await includeRoots(root, env);
  let remainingBytes = MAX_CONFIG_BYTES - Buffer.byteLength(text ?? '');

  async function add(file: string, content: string): Promise<void> {
    const document = parseDocument(file, content);
    documents.set(file, document);
    if (!('type' in document)) return;
    for (const path of includePaths(document)) {
      const link = includeLink(file, path);
      // Merging counts the includes too, and reports the excess.
      if (links.has(link) || links.size > MAX_INCLUDES) continue;
      const { text: included, ...target } = await readInclude(path, { from: file, roots, maxBytes: remainingBytes });
      links.set(link, target);
      if ('problem' in target || included === undefined || documents.has(target.file)) continue;
      remainingBytes -= Buffer.byteLength(included);
      await add(target.file, included);
    }
  }

  await add(root, text ?? '');
  const broken = documents.get(root);
  if (broken && !('type' in broken)) documents.set(root, await withBackup(broken));
  return { root, exists: text !== undefined, documents, links };
}

/** Names the backup of a broken file, if there is one. */
async function withBackup(issue: ConfigIssue): Promise<ConfigIssue> {
  const backup = `${issue.file}.bak`;
  const exists = await stat(backup).then(
    (stats) => stats.isFile(),
    () => false,
  );
  return exists ? { ...issue, message: `${issue.message}. Its backup is ${backup}` } : issue;
}

/** The key of an include in `ConfigSources.links`. */
export function includeLink(from: string, path: string): string {
  return `${from}\n${path}`;
}

/** Parses one file, or returns the reason why it is invalid. An empty file is an empty object. */
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

/** The paths of an `$include`: a string, or a list of strings; empty for other values. */
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
  const reading = await readRegularFile(root, { maxBytes: MAX_CONFIG_BYTES });
  if (reading.type === 'text') return reading.text;
  if (reading.type === 'missing') return undefined;
  throw new ConfigError('unreadable', { message: `Cannot read ${root}: ${reading.why}.` });
}

/**
 * The allowed directories of includes: that of the configuration, and OPENCLAW_INCLUDE_ROOTS. Links are resolved before
 * the comparison.
 */
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
  { from, roots, maxBytes }: { from: string; roots: readonly string[]; maxBytes: number },
): Promise<IncludeTarget & { text?: string }> {
  if (path.length >= MAX_PATH_LENGTH) return { problem: `the path is longer than ${MAX_PATH_LENGTH} characters` };
  const named = resolve(dirname(from), path);
  const fail = (why: string) => ({ problem: `cannot read "${path}" (${named}): ${why}` });
  try {
    const file = await realpath(named);
    if (!roots.some((root) => isInside(file, root))) {
      return {
        problem: `"${path}" leads to ${file}, outside of the configuration's directory; allow it with OPENCLAW_INCLUDE_ROOTS`,
      };
    }
    const reading = await readRegularFile(file, { maxBytes });
    if (reading.type === 'text') return { file, text: reading.text };
    if (reading.type === 'missing') return fail('there is no such file');
    return reading.code === 'too-large' ? { problem: tooLarge(path) } : fail(reading.why);
  } catch (error) {
    return fail(explainSystemError(error));
  }
}

function isInside(file: string, directory: string): boolean {
  const path = relative(directory, file);
  return path !== '' && !path.startsWith('..') && !isAbsolute(path);
}

/** The problem of the include that exceeds the maximum size. */
export function tooLarge(path: string): string {
  return `with "${path}" the configuration and its includes are larger than ${MAX_CONFIG_BYTES} bytes`;
}
