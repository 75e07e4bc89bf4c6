import { homedir, userInfo } from 'node:os';
import { isAbsolute, join, resolve } from 'node:path';
import { ConfigError } from './config-error.ts';

/** What decides where the configuration is. */
export interface ConfigLocation {
  /** @default process.env */
  env?: Readonly<Record<string, string | undefined>> | undefined;
  /** The directory that relative paths and `./.env` start from. @default process.cwd() */
  cwd?: string | undefined;
  /** `--profile`; wins over OPENCLAW_PROFILE. `dev` also moves the gateway to port 19001. */
  profile?: string | undefined;
}

/** Where everything is; nothing of it need exist. */
export interface ConfigPaths {
  /** The configuration file. */
  config: string;
  stateDir: string;
  home: string;
  profile: string | undefined;
}

/**
 * Where the configuration is. OPENCLAW_CONFIG_PATH wins over OPENCLAW_STATE_DIR, that over the profile, that over `~/.openclaw`; home is
 * OPENCLAW_HOME, HOME, USERPROFILE, or what the system says. Empty values and the words `undefined` and `null`, which shells and
 * containers leave behind, count as unset.
 *
 * @throws ConfigError `bad-path` for a profile whose name is no file name
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
  return { config, stateDir, home, profile: name };
}

/** `~` and `~/…` from the home directory; everything else as it is. */
export function expandHome(path: string, home: string): string {
  return path === '~' || /^~[/\\]/.test(path) ? join(home, path.slice(1)) : path;
}

/** The path as people write it, for messages. */
export function shortenHome(path: string, home: string): string {
  return isAbsolute(home) && (path === home || path.startsWith(`${home}/`)) ? `~${path.slice(home.length)}` : path;
}

/** Node takes HOME for the answer even when it is set to nothing, and the current directory must not become a home. */
function systemHome(): string {
  return homedir() || userInfo().homedir;
}

function meaningful(value: string | undefined): string | undefined {
  const trimmed = value?.trim();
  return trimmed === undefined || ['', 'undefined', 'null'].includes(trimmed) ? undefined : trimmed;
}

function checkedProfile(name: string | undefined): string | undefined {
  // `default` is what people call having no profile.
  if (name === undefined || name === 'default') return undefined;
  if (/^[a-z0-9][\w-]{0,63}$/i.test(name)) return name;
  throw new ConfigError('bad-path', {
    message: `"${name}" cannot be the name of a profile; use letters, digits, "-" and "_".`,
  });
}
