import { dirname } from 'node:path';
import { resolveConfigPaths } from '@openclaw/config';
import { CliError } from '../cli-error.ts';
import type { Host } from '../host.ts';
import { resolveProgram } from './resolve-program.ts';
import type { ServiceDefinition } from './service-definition.ts';
import type { Service } from './open-service.ts';

/** What is written for a service. */
export interface ServicePlan {
  readonly definition: ServiceDefinition;
  /** For the file with the variables. */
  readonly variables: Readonly<Record<string, string>>;
  /** Whether a path contains a version, so that an upgrade of Node may remove it. */
  readonly hasVersion: boolean;
}

/** Variables of this program that a service needs, too, if they are set. */
const FORWARDED = [
  'OPENCLAW_GATEWAY_TOKEN',
  'OPENCLAW_GATEWAY_PASSWORD',
  'OPENCLAW_GATEWAY_PORT',
  'OPENCLAW_HOME',
  'OLLAMA_API_KEY',
  'OLLAMA_HOST',
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'].flatMap((name) => [name, name.toLowerCase()]),
];

/** Node reads these before the file with the variables. */
const READ_EARLY = ['NODE_EXTRA_CA_CERTS', 'NODE_USE_SYSTEM_CA'];

const SYSTEM_PATH = ['/usr/local/bin', '/opt/homebrew/bin', '/usr/bin', '/bin'];

/**
 * Plans the service: the command, its environment, and the variables.
 * @throws {CliError} `failed` if this program runs from a temporary directory; `usage` for a name that is not set
 */
export function planService(
  host: Host,
  { service, names }: { readonly service: Service; readonly names: readonly string[] },
): ServicePlan {
  const { env } = host;
  const { node, nodeOptions, script, hasVersion } = resolveProgram(host.process, { path: env['PATH'] });
  const options = service.profile === undefined ? [] : ['--profile', service.profile];
  const missing = names.find((name) => env[name] === undefined);
  if (missing !== undefined) throw new CliError('usage', `--env ${missing}: this variable is not set.`);
  const early = Object.fromEntries(READ_EARLY.flatMap((name) => setVariable(name, env)));
  return {
    definition: {
      name: service.name,
      command: [node, ...nodeOptions, `--env-file-if-exists=${service.envFile}`, script, ...options, 'gateway', 'run'],
      environment: { PATH: [...new Set([dirname(node), ...SYSTEM_PATH])].join(':'), ...early },
      workingDirectory: service.home,
      logFile: service.logFile,
    },
    variables: {
      ...Object.fromEntries([...FORWARDED, ...names].flatMap((name) => setVariable(name, env))),
      ...absolutePaths(host),
    },
    hasVersion,
  };
}

function setVariable(name: string, env: Host['env']): [string, string][] {
  const value = env[name];
  return value === undefined || value === '' ? [] : [[name, value]];
}

/** The service has another working directory. */
function absolutePaths(host: Host): Record<string, string> {
  const { config, isNamed, stateDir } = resolveConfigPaths(host);
  return {
    ...(isNamed && { OPENCLAW_CONFIG_PATH: config }),
    ...(setVariable('OPENCLAW_STATE_DIR', host.env).length > 0 && { OPENCLAW_STATE_DIR: stateDir }),
  };
}
