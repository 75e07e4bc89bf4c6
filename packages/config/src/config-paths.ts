import { homedir, userInfo } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { ConfigError } from './config-error.ts';

/** The inputs that decide where the configuration is. */
export interface ConfigLocation {
  /** @default process.env */
  env?: Readonly<Record<string, string | undefined>> | undefined;
  /** The directory that relative paths and `./.env` start from. @default process.cwd() */
  cwd?: string | undefined;
  /** `--profile`; overrides OPENCLAW_PROFILE. `dev` also moves the gateway to port 19001. */
  profile?: string | undefined;
}

/** The paths of all files, which need not exist. */
export interface ConfigPaths {
  /** The configuration file. */
  config: string;
  stateDir: string;
  /** Whether OPENCLAW_CONFIG_PATH names the file. */
  isNamed: boolean;
  home: string;
  profile: string | undefined;
}

/**
 * Resolves the paths of the configuration. In order of priority: OPENCLAW_CONFIG_PATH, OPENCLAW_STATE_DIR, the profile,
 * `~/.openclaw`. The home directory is OPENCLAW_HOME, HOME, USERPROFILE, or that of the system. Empty values and the
 * words `undefined` and `null`, which shells and containers leave behind, count as unset.
 *
 * @throws ConfigError `bad-path` for a profile whose name is not a valid file name
 */
export function resolveConfigPaths({
  env = process.env,
  cwd = process.cwd(),
  profile,
}: ConfigLocation = {}): ConfigPaths {
  const variable = (name: string) => meaningful(env[name]);
  const home = resolve(cwd, variable('OPENCLAW_HOME') ?? variable('HOME') ?? variable('USERPROFILE') ?? systemHome());
  const at = (path: string) => resolve(cwd, expandHome(path, home));
  const name = checkedProfile(meaningful(profile) ?? variable('OPENCLAW_PROFILE'));
  const stateVariable = variable('OPENCLAW_STATE_DIR');
  const stateDir = stateVariable
    ? at(stateVariable)
    : join(home, name === undefined ? '.openclaw' : `.openclaw-${name}`);
  const configVariable = variable('OPENCLAW_CONFIG_PATH');
  const config = configVariable ? at(configVariable) : join(stateDir, 'openclaw.json');
  return { config, isNamed: configVariable !== undefined, stateDir, home, profile: name };
}

/** Expands `~` and `~/…`; other paths are unchanged. */
export function expandHome(path: string, home: string): string {
  return path === '~' || /^~[/\\]/.test(path) ? join(home, path.slice(1)) : path;
}

/** Shortens a path with `~`, for messages. */
export function shortenHome(path: string, home: string): string {
  return isAbsolute(home) && (path === home || path.startsWith(`${home}/`)) ? `~${path.slice(home.length)}` : path;
}

/** Node's `homedir` returns HOME even if it is empty, and the current directory must not be used as home. */
function systemHome(): string {
  return homedir() || userInfo().homedir;
}

function meaningful(value: string | undefined): string | undefined {
  const trimmed = value?.trim();
  return trimmed === undefined || ['', 'undefined', 'null'].includes(trimmed) ? undefined : trimmed;
}

function checkedProfile(name: string | undefined): string | undefined {
  // `default` means no profile.
  if (name === undefined || name === 'default') return undefined;
  if (/^[a-z0-9][\w-]{0,63}$/i.test(name)) return name;
  throw new ConfigError('bad-path', {
    message: `"${name}" is not a valid profile name. Use letters, digits, "-" and "_".`,
  });
}
