import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { ConfigError, formatConfigIssue } from '@openclaw/config';
import type { LoadedConfig } from '@openclaw/config';
import type { Runtime } from '@openclaw/runtime/internal';
import type { ConfigState, GatewayLogger } from '../gateway-context.ts';
import { GatewayError } from '../gateway-error.ts';
import { planGatewaySettings } from '../gateway-settings.ts';
import type { GatewayOverrides, GatewaySettings } from '../gateway-settings.ts';
import { createReloadQueue } from './create-reload-queue.ts';
import type { Changed } from './create-reload-queue.ts';
import { keepCredentials } from './keep-credentials.ts';
import type { KeptCredentials } from './keep-credentials.ts';
import { filesOf, loadWhenStable } from './load-when-stable.ts';
import type { ReloadClock } from './load-when-stable.ts';
import { refuseLossOfToken, refuseUnsafeChange } from './refuse-unsafe-change.ts';
import { watchFiles } from './watch-files.ts';

/** Applies changes of the configuration files and of stored credentials while requests run. */
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
  readonly watch?: typeof watchFiles | undefined;
  readonly clock?: ReloadClock | undefined;
}

/**
 * Watches the files of the configuration, `.env` files among them, and those of auth profiles. A change that cannot be used, or that would take
 * the token away, leaves the last good configuration in force and says which file, line and column. The address and port need a restart, which is
 * said, too.
 */
export function createConfigReloader({
  runtime,
  loadConfig,
  logger,
  now,
  settings,
  overrides,
  onSettings,
  watch = watchFiles,
  clock = REAL_CLOCK,
}: ConfigReloaderOptions): ConfigReloader {
  let state: ConfigState = { loadedAt: now() };
  let watched: Watched | undefined;
  const queue = createReloadQueue({ reload: change, onFailure: report, clock });

  function start(): void {
    const { mode, debounceMs } = settings().reload;
    const { path, files, environmentPaths, authProfilePaths } = runtime.loaded;
    const wanted = { debounceMs, files: [...new Set([path, ...files, ...environmentPaths])], authProfilePaths };
    // What is watched already goes on being watched: a change of a moment ago would be forgotten.
    if (mode !== 'off' && isDeepStrictEqual(watched?.wanted, wanted)) return;
    unwatch();
    if (loadConfig === undefined || mode === 'off') return;
    const watchFor = (what: Changed, paths: readonly string[]) =>
      watch(paths, { debounceMs, onChange: () => queue.add(what) });
    watched = { wanted, stops: [watchFor('configuration', wanted.files), watchFor('credentials', authProfilePaths)] };
  }

  function unwatch(): void {
    for (const stopWatching of watched?.stops ?? []) stopWatching();
    watched = undefined;
  }

  async function change(what: Changed, { signal }: { signal: AbortSignal }): Promise<void> {
    if (loadConfig === undefined) return;
    const next = await loadWhenStable(loadConfig, { files: filesOf(runtime.loaded), clock, signal });
    // What took too long is no longer applied.
    signal.throwIfAborted();
    refuseUnsafeChange(next, { inForce: runtime.loaded });
    const kept = keepCredentials(next, { inForce: runtime.loaded });
    const { loaded, problem } = kept;
    const recovered = problem === undefined && state.problem !== undefined;
    if (problem !== undefined) {
      state = { ...state, problem };
      logger.error({ problem }, 'stored API keys skipped; the last good ones stay in force');
    }
    // The original, which has the same files, notes in them when it used a key.
    if (what === 'credentials' && hasSameCredentials(loaded, runtime.loaded) && !recovered) return;
    if (settings().reload.mode === 'restart') {
      logger.warn({ path: loaded.path }, 'configuration changed; restart the gateway to put it in force');
      return;
    }
    apply(kept);
  }

  function report(error: unknown): void {
    const problem = describeProblem(error);
    if (problem === undefined) logger.error({ err: error }, 'bug');
    else {
      state = { ...state, problem };
      logger.error({ problem }, 'configuration change skipped; the last good one stays in force');
    }
  }

  function apply({ loaded, problem }: KeptCredentials): void {
    const before = settings();
    const { diagnostics, gateway } = runtime.loaded.config;
    const wanted = planGatewaySettings(loaded, overrides);
    // The open port stays as it is, and so does the promise not to serve other machines without a token.
    const next = planGatewaySettings(loaded, { ...overrides, host: before.host, port: before.port });
    refuseLossOfToken(next, { inForce: before });
    runtime.reload(loaded);
    onSettings(next);
    state = { loadedAt: now(), ...(problem !== undefined && { problem }) };
    logger.info({ path: loaded.path, warnings: loaded.warnings.map(formatConfigIssue) }, 'configuration reloaded');
    if (!isDeepStrictEqual(loaded.config.diagnostics, diagnostics))
      logger.warn({ path: loaded.path }, 'diagnostics changed; restart the gateway to put it in force');
    const portMoves = wanted.port !== before.port && wanted.port !== 0;
    if (wanted.host !== before.host || portMoves) {
      logger.warn({ host: wanted.host, port: wanted.port }, 'the address changed; restart the gateway to listen there');
    }
    if (!isDeepStrictEqual(loaded.config.gateway.cluster, gateway.cluster)) {
      logger.warn({}, 'gateway.cluster changed; restart the gateway to put it in force');
    }
    start();
  }

  function stop(): void {
    queue.close();
    unwatch();
  }

  return { start, stop, state: () => state };
}

const REAL_CLOCK: ReloadClock = { sleep: (ms, { signal }) => sleep(ms, undefined, { signal, ref: false }) };

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

/** What is wrong with a configuration, for people; `undefined` for what is none of the configuration's doing. */
function describeProblem(error: unknown): string | undefined {
  if (error instanceof ConfigError) {
    return error.issues.length === 0 ? error.message : error.issues.map(formatConfigIssue).join('\n');
  }
  return error instanceof GatewayError ? error.message : undefined;
}
