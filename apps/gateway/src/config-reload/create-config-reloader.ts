import { ConfigError, formatConfigIssue } from '@openclaw/config';
import type { LoadedConfig } from '@openclaw/config';
import type { Runtime } from '@openclaw/runtime';
import type { ConfigState, GatewayLogger } from '../gateway-context.ts';
import { GatewayError } from '../gateway-error.ts';
import { planGatewaySettings } from '../gateway-settings.ts';
import type { GatewayOverrides, GatewaySettings } from '../gateway-settings.ts';
import { watchFiles } from './watch-files.ts';

/** Puts changes of the configuration files in force while requests run. */
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
 * Watches the files of the configuration. A change that cannot be used leaves the last good one in force and says which file,
 * line and column; so does a file that is gone; the address and port need a restart, which is said, too.
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
  let stopWatching = () => {};

  function start(): void {
    stopWatching();
    const { reload } = settings();
    if (loadConfig === undefined || reload.mode === 'off') return;
    const files = [...new Set([runtime.loaded.path, ...runtime.loaded.files])];
    stopWatching = watchFiles(files, { debounceMs: reload.debounceMs, onChange: () => void change(loadConfig) });
  }

  async function change(load: () => Promise<LoadedConfig>): Promise<void> {
    try {
      const loaded = await load();
      if (runtime.loaded.exists && !loaded.exists) throw gone(loaded.path);
      if (settings().reload.mode === 'restart') {
        logger.warn({ path: loaded.path }, 'configuration changed; restart the gateway to put it in force');
        return;
      }
      apply(loaded);
    } catch (error) {
      const problem = describeProblem(error);
      if (problem === undefined) logger.error({ err: error }, 'bug');
      else {
        state = { ...state, problem };
        logger.error({ problem }, 'configuration change skipped; the last good one stays in force');
      }
    }
  }

  function apply(loaded: LoadedConfig): void {
    const before = settings();
    const wanted = planGatewaySettings(loaded, overrides);
    // The open port stays as it is, and so does the promise not to serve other machines without a token.
    const next = planGatewaySettings(loaded, { ...overrides, host: before.host, port: before.port });
    runtime.reload(loaded);
    onSettings(next);
    state = { loadedAt: now() };
    logger.info({ path: loaded.path, warnings: loaded.warnings.map(formatConfigIssue) }, 'configuration reloaded');
    const portMoves = wanted.port !== before.port && wanted.port !== 0;
    if (wanted.host !== before.host || portMoves) {
      logger.warn({ host: wanted.host, port: wanted.port }, 'the address changed; restart the gateway to listen there');
    }
    start();
  }

  return { start, stop: () => stopWatching(), state: () => state };
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
