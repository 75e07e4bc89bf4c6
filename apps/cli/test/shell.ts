import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const APP = resolve(import.meta.dirname, '..');

/** The command, built for this test run, in a directory without other packages. */
export interface BuiltCommand {
  readonly bin: string;
  remove(): void;
}

/** Builds the command as it is published, from the current sources. */
export function buildCommand(): BuiltCommand {
  const folder = mkdtempSync(join(tmpdir(), 'openclaw-built-'));
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(APP, '../../node_modules/tsup/dist/cli-default.js'), '--out-dir', join(folder, 'dist'), '--silent'],
    { cwd: APP, encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`The command could not be built: ${stdout}${stderr}`);
  cpSync(join(APP, 'bin'), join(folder, 'bin'), { recursive: true });
  cpSync(join(APP, 'package.json'), join(folder, 'package.json'));
  return { bin: join(folder, 'bin/openclaw.cjs'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A shell with a separate home directory, `openclaw` on its path, and an `ollama` and a systemd that do nothing. */
export interface TestShell {
  readonly home: string;
  run(script: string): Promise<{ code: number; output: string }>;
  remove(): void;
}

/** Opens a shell without the environment variables of this machine. */
export function openShell({ bin, env = {} }: { bin: string; env?: Record<string, string> }): TestShell {
  const home = mkdtempSync(join(tmpdir(), 'openclaw-shell-'));
  const path = join(home, 'bin');
  mkdirSync(path);
  const command = (name: string, script: string): void => {
    writeFileSync(join(path, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(path, name), 0o755);
  };
  command('openclaw', `exec "${process.execPath}" "${bin}" "$@"`);
  command('ollama', 'exit 0');
  // The service managers of a machine on which everything runs.
  command('systemctl', String.raw`printf 'ActiveState=active\nSubState=running\nMainPID=1\n'`);
  command('journalctl', 'exit 0');
  const environment = {
    PATH: `${path}:/usr/bin:/bin`,
    HOME: home,
    NODE_COMPILE_CACHE: join(bin, '../../cache'),
    ...env,
  };
  return {
    home,
    async run(script) {
      const child = spawn('/bin/bash', ['-c', `exec 2>&1; set -o pipefail; ${script}`], {
        cwd: home,
        env: environment,
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      let output = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
      const [code] = await once(child, 'close');
      return { code: Number(code), output };
    },
    remove: () => rmSync(home, { recursive: true, force: true, maxRetries: 5 }),
  };
}
