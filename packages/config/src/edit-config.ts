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
import { SECRET_MASK } from './redact-config.ts';
import { findSecretSpans } from './secret-spans.ts';
import { maskSpans } from './source-text.ts';
import { writeFileAtomically } from './write-file-atomically.ts';

/**
 * One change to the configuration. The `text` of a `set-text` is user input: it is parsed as JSON5 if that is valid for
 * the schema, and used as a string otherwise.
 */
export type ConfigEdit = ConfigChange | { type: 'set-text'; path: string; text: string };

export interface EditOptions extends ConfigLocation {
  /** Validates the change without writing it. @default false */
  dryRun?: boolean | undefined;
}

/** The change of one file; with `dryRun`, the change that was not written. */
export interface EditedFile {
  file: string;
  /** Lines with `-`, `+` or a space in front; secrets are masked. */
  diff: readonly string[];
  /** The backup of the previous version, if one was written. */
  backup: string | undefined;
}

export interface ConfigEditResult {
  /** Absolute path of the configuration. */
  path: string;
  /** Empty if every value was set already. */
  changed: readonly EditedFile[];
  /** Warnings about the new configuration, including unusable providers. */
  warnings: readonly ConfigIssue[];
}

/**
 * Changes the configuration atomically. All other bytes stay: comments, order, quotes, `${VAR}`. A key is changed in
 * the included file that contains it. The result is validated before anything is written. Existing problems do not
 * prevent an edit, new ones do.
 *
 * @throws ConfigError `invalid` if the result would be invalid; `bad-path`, `bad-value`, `path-not-found`,
 * `ambiguous-owner`; `read-only`, `locked`
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

/** Removes the value at a path; see `editConfig`. */
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
  const before = inspectSources(sources, { env });
  const planned = edits.reduce((current, edit) => planEdit(current, { edit, before, env }), sources);
  const after = await inspectWithShell(planned, { env, processEnv });
  const problems = newProblems(before, after);
  if (problems.length > 0) {
    throw new ConfigError('invalid', {
      message: ['Nothing was written, because the result would be invalid:', ...problems.map(formatConfigIssue)].join(
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
  if (newProblems(before, inspectSources(asValue, { env })).length === 0) return asValue;
  const fallback = asString();
  return newProblems(before, inspectSources(fallback, { env })).length === 0 ? fallback : asValue;
}

/** Parses user input as JSON5; undefined if it is not valid. */
function readTyped(text: string): JsonValue | undefined {
  try {
    return toJson(parseJson5({ file: 'value', text }));
  } catch (error) {
    if (error instanceof ConfigError) return undefined;
    throw error;
  }
}

/** The new issues. A provider with a missing variable is not one, because the environment may change. */
function newProblems(before: Inspection, after: Inspection): ConfigIssue[] {
  const all = ({ checked }: Inspection) => [
    ...checked.errors,
    ...checked.warnings.filter(isNewlyRefused),
    ...checked.disabledProviders.flatMap(({ issues }) => issues.filter(({ code }) => code !== 'missing-variable')),
  ];
  const known = new Set(all(before).map(({ path, message }) => `${path}\n${message}`));
  return all(after).filter(({ path, message }) => !known.has(`${path}\n${message}`));
}

/** What a file may have, and an edit may not add: unknown keys, and settings without their variable. */
function isNewlyRefused({ code, path }: ConfigIssue): boolean {
  return code === 'unknown-key' || (code === 'missing-variable' && !/^(?:models\.providers|env)\b/.test(path));
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
    return { text, shown: maskSpans(text, { spans, mask: () => SECRET_MASK }) };
  };
  return diffLines(shown(textOf(sources, file), before), shown(textOf(planned, file), after));
}

function refuseReadOnly(env: Environment): void {
  const name = ['OPENCLAW_CONFIG_READONLY', 'OPENCLAW_NIX_MODE'].find((variable) => env[variable] === '1');
  if (name === undefined) return;
  const message =
    name === 'OPENCLAW_NIX_MODE'
      ? 'The configuration is managed by Nix (OPENCLAW_NIX_MODE=1); change it there.'
      : 'The configuration is read-only (OPENCLAW_CONFIG_READONLY=1).';
  throw new ConfigError('read-only', { message });
}
