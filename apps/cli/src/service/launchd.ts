import { join } from 'node:path';
import { CliError } from '../cli-error.ts';
import type { Host } from '../host.ts';
import { renderLaunchdPlist } from './render-launchd-plist.ts';
import { runProgram, type ProgramResult } from './run-program.ts';
import type { ServiceManager } from './service-manager.ts';

interface LaunchdOptions {
  readonly name: string;
  readonly home: string;
  readonly logFile: string;
}

/** launchd of macOS, in the domain of the logged-in user. */
export function createLaunchd(host: Host, { name, home, logFile }: LaunchdOptions): ServiceManager {
  const label = `ai.${name}`;
  const domain = `gui/${host.process.userId ?? 0}`;
  const path = join(home, 'Library/LaunchAgents', `${label}.plist`);
  const launchctl = (...args: string[]): Promise<ProgramResult> => runProgram(['launchctl', ...args], host);

  async function must(...args: string[]): Promise<void> {
    const { code, stderr } = await launchctl(...args);
    if (code === 0) return;
    throw new CliError('failed', `launchctl ${args.join(' ')} failed: ${stderr.trim()}`, {
      nextCommands: ['openclaw service logs'],
    });
  }

  return {
    path,
    render: (definition) => renderLaunchdPlist(label, definition),
    async check() {
      const { code, stderr } = await launchctl('print', domain);
      if (code === 0) return;
      const reason = code === undefined ? 'there is no launchctl' : stderr.trim().split('\n')[0];
      throw new CliError(
        'failed',
        `launchd has no session of this user (${reason}). Log in on the screen, then try again.`,
        {
          fields: { code: 'no-service-manager' },
        },
      );
    },
    async start({ changed }) {
      const { code } = await launchctl('print', `${domain}/${label}`);
      // An agent that is loaded keeps the file that it was loaded with.
      if (code === 0 && changed) await must('bootout', `${domain}/${label}`);
      await must('enable', `${domain}/${label}`);
      if (code !== 0 || changed) await must('bootstrap', domain, path);
      else await must('kickstart', `${domain}/${label}`);
    },
    async stop() {
      const { code } = await launchctl('print', `${domain}/${label}`);
      if (code === 0) await must('bootout', `${domain}/${label}`);
    },
    forget: () => Promise.resolve(),
    async state() {
      const { code, stdout } = await launchctl('print', `${domain}/${label}`);
      const state = /^\s*state = (.+)$/m.exec(stdout)?.[1] ?? 'unknown';
      const pid = /^\s*pid = (\d+)$/m.exec(stdout)?.[1];
      return {
        running: code === 0 && state === 'running',
        description: code === 0 ? state : 'not loaded',
        pid: pid === undefined ? undefined : Number(pid),
      };
    },
    log: { type: 'file', path: logFile },
    notes: [],
  };
}
