import { join } from 'node:path';
import { resolveConfigPaths } from '@openclaw/config';
import { CliError } from '../cli-error.ts';
import type { Host } from '../host.ts';
import { createLaunchd } from './launchd.ts';
import type { ServiceManager } from './service-manager.ts';
import { createSystemd } from './systemd.ts';

/** The service of a profile, and its files. */
export interface Service {
  readonly name: string;
  readonly manager: ServiceManager;
  /** Variables of the service, tokens included. */
  readonly envFile: string;
  readonly logFile: string;
  readonly home: string;
  readonly profile: string | undefined;
}

/**
 * The service of the selected profile.
 * @throws {CliError} `failed` on a system without a supported manager
 */
export function openService(host: Host): Service {
  const { home, stateDir, profile } = resolveConfigPaths(host);
  // The original OpenClaw has `openclaw-gateway`.
  const name = ['openclaw-local', ...(profile === undefined ? [] : [profile])].join('-');
  const logFile = join(stateDir, 'logs/gateway.log');
  const manager = createManager(host, { name, home, logFile, profile });
  return { name, manager, envFile: join(stateDir, 'service.env'), logFile, home, profile };
}

interface ManagerOptions {
  readonly name: string;
  readonly home: string;
  readonly logFile: string;
  readonly profile: string | undefined;
}

function createManager(host: Host, options: ManagerOptions): ServiceManager {
  const { platform } = host.process;
  if (platform === 'linux') return createSystemd(host, options);
  if (platform === 'darwin') return createLaunchd(host, options);
  if (platform !== 'win32')
    throw new CliError('failed', `There is no service for ${platform}, only for systemd and launchd.`, {
      nextCommands: ['openclaw gateway run'],
    });
  const profile = options.profile === undefined ? '' : ` --profile ${options.profile}`;
  throw new CliError(
    'failed',
    'Windows has a task scheduler in place of user services. This task starts the gateway when you log on:',
    {
      nextCommands: [
        String.raw`schtasks /Create /TN ${options.name} /SC ONLOGON /TR "cmd /c start /min openclaw${profile} gateway run"`,
        `schtasks /Run /TN ${options.name}`,
        `schtasks /Delete /TN ${options.name}`,
      ],
    },
  );
}
