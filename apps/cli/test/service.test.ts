import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { ProcessInfo } from '../src/host.ts';
import { createSandbox } from './sandbox.ts';

const TOKEN = 'secret-"token"-$HOME-%h';

/** A home directory with an installed openclaw, and managers that record how they are called. */
function stage({ platform = 'linux', managers = true }: { platform?: NodeJS.Platform; managers?: boolean } = {}) {
  const sandbox = createSandbox();
  const { home } = sandbox;
  const bin = join(home, 'my bin & <tools>');
  mkdirSync(bin);
  const calls = join(home, 'calls');
  // Succeeds, except for what the file `fail-on` names.
  const script = [
    '#!/bin/sh',
    `printf '%s' "\${0##*/}" >> '${calls}'; for word in "$@"; do printf ' %s' "$word" >> '${calls}'; done; echo >> '${calls}'`,
    `case "$*" in $(cat '${home}/fail-on' 2>/dev/null || echo nothing)) echo 'No medium found' >&2; exit 1;; esac`,
    `cat '${home}/answer' 2>/dev/null || true`,
    '',
  ].join('\n');
  for (const name of managers ? ['systemctl', 'launchctl', 'journalctl'] : []) {
    writeFileSync(join(bin, name), script);
    chmodSync(join(bin, name), 0o755);
  }
  const real = join(home, 'lib/node_modules/openclaw/bin/openclaw.cjs');
  mkdirSync(join(real, '..'), { recursive: true });
  writeFileSync(real, '');
  symlinkSync(real, join(bin, 'openclaw'));
  const info: ProcessInfo = { platform, execPath: process.execPath, execArgv: [], script: real, userId: 501 };
  const env = { ...sandbox.env, PATH: `${bin}:/usr/bin:/bin`, OPENCLAW_GATEWAY_TOKEN: TOKEN };
  return {
    ...sandbox,
    bin,
    run: (argv: readonly string[], more: { env?: Record<string, string>; process?: ProcessInfo } = {}) =>
      sandbox.openclaw(argv, { process: info, ...more, env: { ...env, ...more.env } }),
    info,
    calls: () => (existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : []),
    answer: (text: string) => writeFileSync(join(home, 'answer'), text),
    failOn: (pattern: string) => writeFileSync(join(home, 'fail-on'), pattern),
    unit: join(home, '.config/systemd/user/openclaw-local.service'),
    plist: join(home, 'Library/LaunchAgents/ai.openclaw-local.plist'),
    envFile: join(home, '.openclaw/service.env'),
  };
}

describe('with systemd', () => {
  test('install shows what it writes, writes it, and starts the service', async () => {
    const { run, unit, envFile, calls, bin } = stage();
    const { code, stdout, stderr } = await run(['service', 'install']);
    expect(code).toBe(0);
    expect(stdout).toContain('Installed and started: openclaw-local');
    const text = readFileSync(unit, 'utf8');
    for (const line of text.trim().split('\n')) expect(stderr).toContain(line);
    expect(text).toContain(` "${bin}/openclaw" "gateway" "run"\n`);
    expect(calls()).toEqual([
      'systemctl --user show-environment',
      'systemctl --user daemon-reload',
      'systemctl --user enable openclaw-local.service',
      'systemctl --user restart openclaw-local.service',
    ]);
    expect(stat(envFile)).toBe(0o600);
    expect(text + stdout + stderr).not.toContain('secret-');
  });

  test('Node reads the token from the file as it was', async () => {
    const { run, envFile } = stage();
    await run(['service', 'install']);
    const print = 'process.stdout.write(process.env.OPENCLAW_GATEWAY_TOKEN)';
    const { stdout } = spawnSync(process.execPath, [`--env-file-if-exists=${envFile}`, '-e', print], {
      encoding: 'utf8',
      env: {},
    });
    expect(stdout).toBe(TOKEN);
  });

  test('the same call again changes and restarts nothing', async () => {
    const { run, calls } = stage();
    await run(['service', 'install']);
    const before = calls().length;
    const { code, stdout } = await run(['service', 'install']);
    expect(code).toBe(0);
    expect(stdout).toContain('No change, started: openclaw-local');
    expect(calls().slice(before)).toContain('systemctl --user start openclaw-local.service');
    expect(calls().slice(before)).not.toContain('systemctl --user restart openclaw-local.service');
  });

  test('a call from a shell without the token keeps the token', async () => {
    const { run, envFile } = stage();
    await run(['service', 'install']);
    await run(['service', 'install'], { env: { OPENCLAW_GATEWAY_TOKEN: '', OLLAMA_HOST: '10.0.0.5' } });
    const text = readFileSync(envFile, 'utf8');
    expect(text).toContain('secret-');
    expect(text).toContain("OLLAMA_HOST='10.0.0.5'");
  });

  test('a variable of the shell that the configuration names is missed, until --env gives it', async () => {
    const { run, write, envFile } = stage();
    write('openclaw.json', {
      models: { providers: { box: { baseUrl: 'http://h:1/v1', apiKey: '${MY_KEY}', models: [{ id: 'm' }] } } },
    });
    const env = { MY_KEY: 'sk-my-key' };
    const without = await run(['service', 'install'], { env });
    expect(without.stderr).toContain('The service does not have this variable, which the shell has.');
    expect(without.stderr).toContain('MY_KEY');
    const given = await run(['service', 'install', '--env', 'MY_KEY'], { env });
    expect(given.stderr).not.toContain('does not have this variable');
    expect(given.stdout + given.stderr).not.toContain('sk-my-key');
    expect(readFileSync(envFile, 'utf8')).toContain("MY_KEY='sk-my-key'");
    expect(await run(['service', 'install', '--env', 'NOPE'])).toMatchObject({ code: 2 });
  });

  test.each([['--dry-run'], ['--print']])('%s writes and starts nothing', async (option) => {
    const { run, unit, envFile, calls } = stage();
    const { code, stdout, stderr } = await run(['service', 'install', option]);
    expect(code).toBe(0);
    expect(stdout + stderr).toContain('ExecStart=');
    expect(existsSync(unit) || existsSync(envFile)).toBe(false);
    expect(calls()).toEqual([]);
  });

  test.skipIf(spawnSync('systemd-analyze', ['--version']).status !== 0)(
    'systemd accepts the unit, also with unusual paths',
    async () => {
      const { run, unit, home, info } = stage();
      const odd = join(home, `50% "quoted" $HOME \\ back`);
      mkdirSync(odd);
      const script = join(odd, 'openclaw.cjs');
      writeFileSync(script, '');
      await run(['service', 'install', '--profile', 'work'], { process: { ...info, script } });
      const file = unit.replace('openclaw-local', 'openclaw-local-work');
      const { status, stderr } = spawnSync('systemd-analyze', ['verify', '--user', file], {
        encoding: 'utf8',
        env: { ...process.env, HOME: home, XDG_RUNTIME_DIR: home },
      });
      expect({
        status,
        stderr: stderr.replaceAll(/^.*(?:display-manager|dbus|Unit configuration).*$\n?/gm, ''),
      }).toEqual({
        status: 0,
        stderr: '',
      });
      expect(readFileSync(file, 'utf8')).toContain('"--profile" "work" "gateway" "run"');
      expect(readFileSync(file, 'utf8')).toContain(String.raw`50%% \"quoted\" $$HOME \\ back`);
    },
  );

  test('without a systemd of the user nothing is written, and the message says what to do', async () => {
    const { run, unit, failOn } = stage();
    failOn('--user?show-environment');
    const { code, stderr } = await run(['service', 'install']);
    expect(code).toBe(1);
    expect(stderr).toContain('There is no systemd of this user (No medium found)');
    expect(stderr).toContain('Next: openclaw gateway run');
    expect(existsSync(unit)).toBe(false);
    const none = stage({ managers: false });
    expect((await none.run(['service', 'install'], { env: { PATH: '/nowhere' } })).stderr).toContain(
      'there is no systemctl',
    );
  });

  test('status says whether it runs', async () => {
    const { run, answer } = stage();
    const before = await run(['service', 'status']);
    expect(before).toMatchObject({ code: 1 });
    expect(before.stdout).toContain('not installed');
    expect(before.stderr).toContain('Next: openclaw service install');
    await run(['service', 'install']);
    answer('ActiveState=active\nSubState=running\nMainPID=4711\n');
    const { code, stdout } = await run(['service', 'status', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ installed: true, running: true, pid: 4711 });
    answer('ActiveState=failed\nSubState=failed\nMainPID=0\n');
    expect(await run(['service'])).toMatchObject({ code: 1, stdout: expect.stringContaining('failed (failed)') });
  });

  test('logs are those of the journal, for people', async () => {
    const { run, answer, calls } = stage();
    expect((await run(['service', 'logs'])).stderr).toContain('The service is not installed');
    await run(['service', 'install']);
    answer(`${JSON.stringify({ level: 40, time: 0, msg: 'slow', model: 'm' })}\nplain text\n`);
    const { code, stdout } = await run(['service', 'logs', '--lines', '7']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\d\d:00:00 WARN slow model=m\nplain text\n$/);
    expect(calls().at(-1)).toBe(
      'journalctl --user --unit=openclaw-local.service --output=cat --quiet --no-pager --lines=7',
    );
  });

  test('uninstall stops the service and removes its files, and can be repeated', async () => {
    const { run, unit, envFile, calls } = stage();
    await run(['service', 'install']);
    const before = calls().length;
    const { code, stdout } = await run(['service', 'uninstall']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'Removed openclaw-local.\n' });
    expect(existsSync(unit) || existsSync(envFile)).toBe(false);
    expect(calls().slice(before)).toEqual([
      'systemctl --user show-environment',
      'systemctl --user disable --now openclaw-local.service',
      'systemctl --user daemon-reload',
    ]);
    expect((await run(['service', 'uninstall'])).stdout).toContain('No change: openclaw-local is not installed.');
  });

  test('a unit of another program is left alone', async () => {
    const { run, unit } = stage();
    mkdirSync(join(unit, '..'), { recursive: true });
    writeFileSync(unit, '[Service]\n');
    for (const command of ['install', 'uninstall']) {
      const { code, stderr } = await run(['service', command]);
      expect(code).toBe(1);
      expect(stderr).toContain('was not written by this command');
    }
    expect(readFileSync(unit, 'utf8')).toBe('[Service]\n');
  });
});

describe('the paths of the service', () => {
  test('a program of a package runner is refused', async () => {
    const { run, home, info } = stage();
    const script = join(home, '.cache/pnpm/dlx/abc/node_modules/openclaw/bin/openclaw.cjs');
    const { code, stderr } = await run(['service', 'install'], { process: { ...info, script } });
    expect(code).toBe(1);
    expect(stderr).toContain('runs from a temporary directory');
    expect(stderr).toContain('Next: npm install --global ./openclaw.tgz');
  });

  test('a link is preferred to where pnpm keeps a version of the package', async () => {
    const { run, home, info } = stage();
    const modules = join(home, 'pnpm/global/5/node_modules');
    const kept = join(modules, '.pnpm/openclaw@file+abc/node_modules/openclaw');
    mkdirSync(join(kept, 'bin'), { recursive: true });
    writeFileSync(join(kept, 'bin/openclaw.cjs'), '');
    symlinkSync(kept, join(modules, 'openclaw'));
    const { stdout } = await run(['service', 'install', '--print'], {
      process: { ...info, script: join(kept, 'bin/openclaw.cjs') },
    });
    expect(stdout).toContain(`"${modules}/openclaw/bin/openclaw.cjs"`);
  });

  test('a link to Node is preferred to a path with its version', async () => {
    const { run, home, info, bin } = stage();
    const execPath = join(home, 'Cellar/node/24.1.0/bin/node');
    mkdirSync(join(execPath, '..'), { recursive: true });
    writeFileSync(execPath, '');
    const process = { ...info, execPath };
    const versioned = await run(['service', 'install', '--print'], { process });
    expect(versioned.stdout).toContain(`ExecStart="${execPath}"`);
    symlinkSync(execPath, join(bin, 'node'));
    const linked = await run(['service', 'install', '--print'], { process });
    expect(linked.stdout).toContain(`ExecStart="${bin}/node"`);
  });
});

describe('with launchd', () => {
  test('install writes an agent that a parser of XML reads, and loads it', async () => {
    const { run, plist, calls, bin, failOn } = stage({ platform: 'darwin' });
    failOn('print?gui/501/ai.openclaw-local');
    const { code, stderr } = await run(['service', 'install']);
    expect({ code, stderr: stderr.includes('secret-') }).toEqual({ code: 0, stderr: false });
    const text = readFileSync(plist, 'utf8');
    expect(text).toContain(
      `<string>${bin.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}/openclaw</string>`,
    );
    expect(calls()).toEqual([
      'launchctl print gui/501',
      'launchctl print gui/501/ai.openclaw-local',
      'launchctl enable gui/501/ai.openclaw-local',
      `launchctl bootstrap gui/501 ${plist}`,
    ]);
  });

  test('an agent that is loaded is loaded again only if its file changed', async () => {
    const { run, plist, calls } = stage({ platform: 'darwin' });
    await run(['service', 'install']);
    expect(calls()).toContain('launchctl bootout gui/501/ai.openclaw-local');
    const before = calls().length;
    await run(['service', 'install']);
    expect(calls().slice(before)).toEqual([
      'launchctl print gui/501',
      'launchctl print gui/501/ai.openclaw-local',
      'launchctl enable gui/501/ai.openclaw-local',
      'launchctl kickstart gui/501/ai.openclaw-local',
    ]);
    await run(['service', 'uninstall']);
    expect(existsSync(plist)).toBe(false);
  });

  test('status and logs', async () => {
    const { run, answer, write } = stage({ platform: 'darwin' });
    await run(['service', 'install']);
    answer('gui/501/ai.openclaw-local = {\n\tstate = running\n\tpid = 812\n}\n');
    expect(await run(['service', 'status'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('Process: 812'),
    });
    write('logs/gateway.log', `${JSON.stringify({ level: 30, time: 0, msg: 'listening' })}\n`);
    expect((await run(['service', 'logs'])).stdout).toMatch(/^\d\d:00:00 listening\n$/);
  });
});

test('Windows gets the command of its task scheduler', async () => {
  const { run } = stage({ platform: 'win32' });
  const { code, stderr } = await run(['service', 'install']);
  expect(code).toBe(1);
  expect(stderr).toContain('schtasks /Create /TN openclaw-local /SC ONLOGON');
});

function stat(path: string): number {
  return statSync(path).mode & 0o777;
}
