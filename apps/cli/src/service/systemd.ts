import { join } from 'node:path';
import { CliError } from '../cli-error.ts';
import type { Host } from '../host.ts';
import { renderSystemdUnit } from './render-systemd-unit.ts';
import { runProgram, type ProgramResult } from './run-program.ts';
import type { ServiceManager } from './service-manager.ts';

/** The systemd of the user, which needs no root. */
export function createSystemd(
  host: Host,
  { name, home }: { readonly name: string; readonly home: string },
): ServiceManager {
  const unit = `${name}.service`;
  const configured = host.env['XDG_CONFIG_HOME'];
  const directory = join(configured?.startsWith('/') === true ? configured : join(home, '.config'), 'systemd/user');
  const systemctl = (...args: string[]): Promise<ProgramResult> => runProgram(['systemctl', '--user', ...args], host);

  async function must(...args: string[]): Promise<void> {
    const { code, stderr } = await systemctl(...args);
    if (code === 0) return;
    throw new CliError('failed', `systemctl --user ${args.join(' ')} failed: ${stderr.trim()}`, {
      nextCommands: ['openclaw service logs'],
    });
  }

  return {
    path: join(directory, unit),
    render: renderSystemdUnit,
    async check() {
      const { code, stderr } = await systemctl('show-environment');
      if (code === 0) return;
      const reason = code === undefined ? 'there is no systemctl' : stderr.trim().split('\n')[0];
      throw new CliError(
        'failed',
        `There is no systemd of this user (${reason}). That is usual in containers, and after su or sudo. In a container, run the gateway as its main process.`,
        { nextCommands: ['openclaw gateway run'], fields: { code: 'no-service-manager' } },
      );
    },
    async start({ changed }) {
      await must('daemon-reload');
      await must('enable', unit);
      await must(changed ? 'restart' : 'start', unit);
    },
    stop: () => must('disable', '--now', unit),
    forget: () => must('daemon-reload'),
    async state() {
      const { stdout } = await systemctl('show', unit, '--property=ActiveState,SubState,MainPID');
      const fields = new Map(stdout.split('\n').map((line) => [line.replace(/=.*/, ''), line.replace(/^[^=]*=/, '')]));
      const active = fields.get('ActiveState') ?? 'unknown';
      const pid = Number(fields.get('MainPID') ?? 0);
      return {
        running: active === 'active',
        description: `${active} (${fields.get('SubState') ?? 'unknown'})`,
        pid: pid > 0 ? pid : undefined,
      };
    },
    log: {
      type: 'program',
      command: ({ lines, follow }) => [
        'journalctl',
        '--user',
        `--unit=${unit}`,
        '--output=cat',
        '--quiet',
        '--no-pager',
        `--lines=${lines}`,
        ...(follow ? ['--follow'] : []),
      ],
    },
    notes: ['It stops when you log out, unless you allow it to stay: loginctl enable-linger'],
  };
}
