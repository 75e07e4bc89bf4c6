import { isDeepStrictEqual } from 'node:util';
import { ConfigError, formatConfigIssue } from '@openclaw/config';
import type { LoadedConfig } from '@openclaw/config';
import type { Runtime } from '@openclaw/runtime';
import type { ConfigState, GatewayLogger } from '../gateway-context.ts';
import { GatewayError } from '../gateway-error.ts';
import { planGatewaySettings } from '../gateway-settings.ts';
import type { GatewayOverrides, GatewaySettings } from '../gateway-settings.ts';
import { keepCredentials } from './keep-credentials.ts';
import type { KeptCredentials } from './keep-credentials.ts';
import { watchFiles } from './watch-files.ts';

/** Puts changes of the configuration files and of stored credentials in force while requests run. */
export interface ConfigReloader {
  start(): void;
  stop(): void;
  state(): ConfigState;
}

export interface ConfigReloaderOptions {
  readonly runtime: Runtime;
  readonly loadConfig: (() => Promise<LoadedConfig>) | undefined;
  readonly logger: GatewayLogger;
  readonly now: () => number;
  readonly settings: () => GatewaySettings;
  readonly overrides: GatewayOverrides;
  readonly onSettings: (settings: GatewaySettings) => void;
}

/**
 * Watches the files of the configuration, `.env` files among them, and those of auth profiles. A change that cannot be used leaves the last good one in
 * force and says which file, line and column; so does a configuration file that is gone; the address and port need a restart,
 * which is said, too.
 */
export function createConfigReloader({
  runtime,
  loadConfig,
  logger,
  now,
  settings,
  overrides,
  onSettings,
}: ConfigReloaderOptions): ConfigReloader {
  let state: ConfigState = { loadedAt: now() };
  let watched: Watched | undefined;
  let changes = Promise.resolve();

  function start(): void {
    const { mode, debounceMs } = settings().reload;
    const { path, files, environmentPaths, authProfilePaths } = runtime.loaded;
    const wanted = { debounceMs, files: [...new Set([path, ...files, ...environmentPaths])], authProfilePaths };
    // What is watched already goes on being watched: a change of a moment ago would be forgotten.
    if (mode !== 'off' && isDeepStrictEqual(watched?.wanted, wanted)) return;
    stop();
    if (loadConfig === undefined || mode === 'off') return;
    const watch = (paths: readonly string[], what: Changed) =>
      watchFiles(paths, {
        debounceMs,
        onChange() {
          changes = changes.then(() => change(loadConfig, what));
        },
      });
    const stops = [watch(wanted.files, 'configuration'), watch(authProfilePaths, 'credentials')];
    watched = { wanted, stops };
  }

  function stop(): void {
    for (const stopWatching of watched?.stops ?? []) stopWatching();
    watched = undefined;
  }

  async function change(load: () => Promise<LoadedConfig>, what: Changed): Promise<void> {
    try {
      const kept = keepCredentials(await load(), { inForce: runtime.loaded });
      const { loaded, problem } = kept;
      if (runtime.loaded.exists && !loaded.exists) throw gone(loaded.path);
      const mended = problem === undefined && state.problem !== undefined;
      if (problem !== undefined) {
        state = { ...state, problem };
        logger.error({ problem }, 'stored API keys skipped; the last good ones stay in force');
      }
      // The original, which has the same files, notes in them when it used a key.
      if (what === 'credentials' && hasSameCredentials(loaded, runtime.loaded) && !mended) return;
      if (settings().reload.mode === 'restart') {
        logger.warn({ path: loaded.path }, 'configuration changed; restart the gateway to put it in force');
        return;
      }
      apply(kept);
    } catch (error) {
      const problem = describeProblem(error);
      if (problem === undefined) logger.error({ err: error }, 'bug');
      else {
        state = { ...state, problem };
        logger.error({ problem }, 'configuration change skipped; the last good one stays in force');
      }
    }
  }

  function apply({ loaded, problem }: KeptCredentials): void {
    const before = settings();
    const wanted = planGatewaySettings(loaded, overrides);
    // The open port stays as it is, and so does the promise not to serve other machines without a token.
    const next = planGatewaySettings(loaded, { ...overrides, host: before.host, port: before.port });
    runtime.reload(loaded);
    onSettings(next);
    state = { loadedAt: now(), ...(problem !== undefined && { problem }) };
    logger.info({ path: loaded.path, warnings: loaded.warnings.map(formatConfigIssue) }, 'configuration reloaded');
    const portMoves = wanted.port !== before.port && wanted.port !== 0;
    if (wanted.host !== before.host || portMoves) {
      logger.warn({ host: wanted.host, port: wanted.port }, 'the address changed; restart the gateway to listen there');
    }
    start();
  }

  return { start, stop, state: () => state };
}

/** What a change was made to. */
type Changed = 'configuration' | 'credentials';

/** The files that are watched, and how to stop. */
interface Watched {
  readonly wanted: object;
  readonly stops: readonly (() => void)[];
}

function hasSameCredentials(one: LoadedConfig, other: LoadedConfig): boolean {
  return (
    isDeepStrictEqual(one.authProfiles, other.authProfiles) &&
    isDeepStrictEqual(unusable(one), unusable(other)) &&
    isDeepStrictEqual(one.authProfilePaths, other.authProfilePaths)
  );
}

function unusable({ warnings }: LoadedConfig): LoadedConfig['warnings'] {
  return warnings.filter(({ code }) => code === 'bad-credential');
}

/** Without the file there would be no token and no provider either, and who renames a file to edit it means neither. */
function gone(path: string): GatewayError {
  return new GatewayError(
    'invalid-settings',
    `${path} is gone. Put it back, or restart the gateway to go on without it.`,
  );
}

/** What is wrong with a configuration, for people; `undefined` for what is none of the configuration's doing. */
function describeProblem(error: unknown): string | undefined {
  if (error instanceof ConfigError) {
    return error.issues.length === 0 ? error.message : error.issues.map(formatConfigIssue).join('\n');
  }
  return error instanceof GatewayError ? error.message : undefined;
}
