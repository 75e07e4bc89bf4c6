import { realpath } from 'node:fs/promises';
import { ConfigError, formatConfigIssue, type ConfigIssue } from './config-error.ts';
import { resolveConfigPaths, type ConfigLocation } from './config-paths.ts';
import { diffLines } from './diff-lines.ts';
import { readEnvironment, type Environment } from './environment.ts';
import { withFileLock } from './file-lock.ts';
import type { JsonValue } from './json-value.ts';
import { toJson } from './json5-node.ts';
import { inspectSources, type Inspection } from './inspect-sources.ts';
import { inspectWithShell } from './inspect-with-shell.ts';
import { parseJson5 } from './parse-json5.ts';
import { planSourcesEdit, textOf, type ConfigChange } from './plan-config-edit.ts';
import { readSources, type ConfigSources } from './read-sources.ts';
import { secretMask } from './redact-config.ts';
import { findSecretSpans } from './secret-spans.ts';
import { maskSpans } from './source-text.ts';
import { writeFileAtomically } from './write-file-atomically.ts';

/**
 * One change to the configuration. The `text` of a `set-text` is what somebody typed: JSON5 if it can be read as such and the schema
 * agrees, otherwise the string itself.
 */
export type ConfigEdit = ConfigChange | { type: 'set-text'; path: string; text: string };

export interface EditOptions extends ConfigLocation {
  /** Only say what would be written; everything is checked all the same. @default false */
  dryRun?: boolean | undefined;
}

/** What an edit did, or with `dryRun` would have done, to one file. */
export interface EditedFile {
  file: string;
  /** Lines with `-`, `+` or a space in front; secrets are masked. */
  diff: readonly string[];
  /** The former version, if there was one and it was written. */
  backup: string | undefined;
}

export interface ConfigEditResult {
  /** Absolute path of the configuration. */
  path: string;
  /** Empty when every value was there already. */
  changed: readonly EditedFile[];
  /** What the new configuration is warned about, a provider that cannot be used included. */
  warnings: readonly ConfigIssue[];
}

/**
 * Makes changes to the configuration, all of them or none. Every byte that need not change stays: comments, order, quotes, `${VAR}`. A key is
 * changed in the included file that owns it. The result is held against the schema before anything is written; problems that were
 * there before do not stand in the way of an edit, new ones do.
 *
 * @throws ConfigError `invalid` when the result would be wrong; `bad-path`, `bad-value`, `path-not-found`, `ambiguous-owner`;
 *   `read-only`, `locked`
 */
export async function editConfig(edits: readonly ConfigEdit[], options: EditOptions = {}): Promise<ConfigEditResult> {
  const { env = process.env, cwd = process.cwd(), dryRun = false } = options;
  const paths = resolveConfigPaths(options);
  const edit = async () => {
    const sources = await readSources(paths.config, { env });
    const { env: variables } = await readEnvironment(env, { cwd, stateDir: paths.stateDir });
    return await applyEdits(edits, { sources, env: variables, processEnv: env, dryRun });
  };
  if (dryRun) return await edit();
  refuseReadOnly(env);
  return await withFileLock(`${await realpath(paths.config).catch(() => paths.config)}.lock`, edit);
}

/** Sets the value at a path; see `editConfig`. */
export async function setConfigValue(
  path: string,
  { value, text, ...options }: EditOptions & ({ value: JsonValue; text?: never } | { text: string; value?: never }),
): Promise<ConfigEditResult> {
  return await editConfig(
    [text === undefined ? { type: 'set', path, value } : { type: 'set-text', path, text }],
    options,
  );
}

/** Takes the value at a path away; see `editConfig`. */
export async function unsetConfigValue(path: string, options: EditOptions = {}): Promise<ConfigEditResult> {
  return await editConfig([{ type: 'unset', path }], options);
}

async function applyEdits(
  edits: readonly ConfigEdit[],
  {
    sources,
    env,
    processEnv,
    dryRun,
  }: { sources: ConfigSources; env: Environment; processEnv: Environment; dryRun: boolean },
): Promise<ConfigEditResult> {
  const before = inspectSources(sources, env);
  const planned = edits.reduce((current, edit) => planEdit(current, { edit, before, env }), sources);
  const after = await inspectWithShell(planned, { env, processEnv });
  const problems = newProblems(before, after);
  if (problems.length > 0) {
    throw new ConfigError('invalid', {
      message: ['Nothing was written, because the result would be wrong:', ...problems.map(formatConfigIssue)].join(
        '\n',
      ),
      issues: problems,
    });
  }
  const changed: EditedFile[] = [];
  for (const file of changedFiles(sources, planned)) {
    const { backup } = dryRun
      ? { backup: undefined }
      : await writeFileAtomically(file, textOf(planned, file), { backups: 5 });
    changed.push({ file, backup, diff: diffOf(file, { before, after, sources, planned }) });
  }
  const unusable = after.checked.disabledProviders.flatMap(({ issues }) => issues);
  return { path: sources.root, changed, warnings: [...after.warnings, ...unusable] };
}

function planEdit(
  sources: ConfigSources,
  { edit, before, env }: { edit: ConfigEdit; before: Inspection; env: Environment },
): ConfigSources {
  if (edit.type !== 'set-text') return planSourcesEdit(sources, [edit]);
  const { path, text } = edit;
  const asString = () => planSourcesEdit(sources, [{ type: 'set', path, value: text }]);
  const value = readTyped(text);
  if (value === undefined) return asString();
  const asValue = planSourcesEdit(sources, [{ type: 'set', path, value }]);
  if (newProblems(before, inspectSources(asValue, env)).length === 0) return asValue;
  const fallback = asString();
  return newProblems(before, inspectSources(fallback, env)).length === 0 ? fallback : asValue;
}

/** What somebody typed as a JSON5 value, or undefined when it is none. */
function readTyped(text: string): JsonValue | undefined {
  try {
    return toJson(parseJson5({ file: 'value', text }));
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

/** What is wrong now and was not before, wherever it stands. A provider that lacks a variable is a matter of the environment. */
function newProblems(before: Inspection, after: Inspection): ConfigIssue[] {
  const all = ({ checked }: Inspection) => [
    ...checked.errors,
    ...checked.disabledProviders.flatMap(({ issues }) => issues.filter(({ code }) => code !== 'missing-variable')),
  ];
  const known = new Set(all(before).map(({ path, message }) => `${path}\n${message}`));
  return all(after).filter(({ path, message }) => !known.has(`${path}\n${message}`));
}

function changedFiles(before: ConfigSources, after: ConfigSources): string[] {
  return [...after.documents.keys()].filter((file) => textOf(before, file) !== textOf(after, file));
}

function diffOf(
  file: string,
  {
    before,
    after,
    sources,
    planned,
  }: { before: Inspection; after: Inspection; sources: ConfigSources; planned: ConfigSources },
): string[] {
  const shown = (text: string, { node }: Inspection) => {
    const spans = (node && findSecretSpans(node).get(file)) ?? [];
    return { text, shown: maskSpans(text, { spans, mask: () => secretMask }) };
  };
  return diffLines(shown(textOf(sources, file), before), shown(textOf(planned, file), after));
}

function refuseReadOnly(env: Environment): void {
  const name = ['OPENCLAW_CONFIG_READONLY', 'OPENCLAW_NIX_MODE'].find((variable) => env[variable] === '1');
  if (name === undefined) return;
  const message =
    name === 'OPENCLAW_NIX_MODE'
      ? 'The configuration is managed by Nix (OPENCLAW_NIX_MODE=1); change it there.'
      : 'The configuration may only be read (OPENCLAW_CONFIG_READONLY=1).';
  throw new ConfigError('read-only', { message });
}
