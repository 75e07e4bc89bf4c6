import { SERVICE_MARK, type ServiceDefinition } from './service-definition.ts';

/**
 * Renders a unit of a user's systemd. The restrictions need no privileges and no namespaces, so that they work in every
 * user manager, and leave the files of the user readable.
 */
export function renderSystemdUnit({ command, environment, workingDirectory }: ServiceDefinition): string {
  const [program = '', ...args] = command;
  return [
    `# ${SERVICE_MARK}. Changes are lost when it runs again.`,
    '[Unit]',
    'Description=OpenClaw gateway for local models',
    '',
    '[Service]',
    'Type=exec',
    `ExecStart=${[quote(program), ...args.map((word) => quote(word).replaceAll('$', '$$$$'))].join(' ')}`,
    `WorkingDirectory=${workingDirectory.replaceAll('%', '%%')}`,
    ...Object.entries(environment).map(([name, value]) => `Environment=${quote(`${name}=${value}`)}`),
    'Restart=on-failure',
    'RestartSec=2',
    '# The configuration is invalid: another start would fail, too.',
    'RestartPreventExitStatus=78',
    '# Running answers are finished first (gateway.shutdownTimeoutMs).',
    'TimeoutStopSec=45',
    'UMask=0077',
    'NoNewPrivileges=yes',
    'LockPersonality=yes',
    'RestrictRealtime=yes',
    'RestrictSUIDSGID=yes',
    'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK',
    'SystemCallArchitectures=native',
    '',
    '[Install]',
    'WantedBy=default.target',
    '',
  ].join('\n');
}

/** A quoted word. `%` would be a specifier. */
function quote(word: string): string {
  return `"${word
    .replaceAll('\\', '\\\\')
    .replaceAll('"', String.raw`\"`)
    .replaceAll('%', '%%')}"`;
}
