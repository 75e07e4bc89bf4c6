import { join, resolve } from 'node:path';
import { readRegularFile } from './read-regular-file.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The variables of the process and its `.env` files. */
export interface EnvironmentFiles {
  env: Environment;
  /**
   * Variables of `./.env` that are ignored, because the current directory must not redirect requests or supply keys.
   */
  ignored: { file: string; names: readonly string[] } | undefined;
  /** Files that cannot be read, with the reason. */
  unreadable: readonly { file: string; why: string }[];
}

/**
 * The environment of the process, then `./.env`, then `<stateDir>/.env`; the first that defines a variable wins.
 * Missing files are ignored.
 */
export async function readEnvironment(
  env: Environment,
  { cwd, stateDir }: { cwd: string; stateDir: string },
): Promise<EnvironmentFiles> {
  const { here, own } = environmentFiles({ cwd, stateDir });
  const [ofHere, ofState] = await Promise.all([here === own ? nothing : readVariables(here), readVariables(own)]);
  const { variables: fromHere } = ofHere;
  const names = Object.keys(fromHere);
  const ignored = names.filter((name) => sensitive.test(name));
  const harmless = Object.fromEntries(Object.entries(fromHere).filter(([name]) => !sensitive.test(name)));
  return {
    env: addVariables(addVariables(env, harmless), ofState.variables),
    ignored: ignored.length > 0 ? { file: here, names: ignored } : undefined,
    unreadable: [ofHere, ofState].flatMap(({ unreadable }) => unreadable ?? []),
  };
}

/** The paths of `.env` files, whether they exist or not. */
export function environmentPaths(places: { cwd: string; stateDir: string }): string[] {
  return [...new Set(Object.values(environmentFiles(places)))];
}

function environmentFiles({ cwd, stateDir }: { cwd: string; stateDir: string }): { here: string; own: string } {
  return { here: resolve(cwd, '.env'), own: join(stateDir, '.env') };
}

/** Adds variables that the environment does not have yet. An empty variable counts as not set. */
export function addVariables(env: Environment, variables: Environment): Environment {
  const missing = Object.entries(variables).filter(([name]) => (env[name] ?? '').trim() === '');
  return missing.length === 0 ? env : { ...env, ...Object.fromEntries(missing) };
}

const sensitive =
  /^(?:OPENCLAW_|NODE_|LD_|DYLD_)|(?:_BASE_URL|_ENDPOINT|_API_HOST|_API_KEY|_API_TOKEN|_PROXY)$|^(?:OLLAMA_HOST|PATH|HOME|USERPROFILE)$/i;

interface FileVariables {
  variables: Environment;
  unreadable?: { file: string; why: string };
}

const nothing: FileVariables = { variables: {} };

/** Larger files are ignored. */
const MAX_ENVIRONMENT_BYTES = 1024 * 1024;

async function readVariables(file: string): Promise<FileVariables> {
  const reading = await readRegularFile(file, { maxBytes: MAX_ENVIRONMENT_BYTES });
  if (reading.type === 'missing') return nothing;
  if (reading.type === 'refused') return { variables: {}, unreadable: { file, why: reading.why } };
  // Loaded on demand: such files are rare, and loading this module takes a tenth of the startup time of Node.
  const { parseEnv } = await import('node:util');
  // Editors on Windows write a byte order mark, which would be part of the first name.
  return { variables: parseEnv(reading.text.replace(/^\uFEFF/, '')) };
}
