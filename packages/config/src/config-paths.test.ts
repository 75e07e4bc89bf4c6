import { userInfo } from 'node:os';
import { expect, onTestFinished, test, vi } from 'vitest';
import { resolveConfigPaths, shortenHome } from './config-paths.ts';

const cwd = '/project';

test.each([
  [{ HOME: '/h' }, '/h/.openclaw/openclaw.json', '/h/.openclaw'],
  [{ HOME: '/h', OPENCLAW_HOME: '/o' }, '/o/.openclaw/openclaw.json', '/o/.openclaw'],
  [{ USERPROFILE: '/u' }, '/u/.openclaw/openclaw.json', '/u/.openclaw'],
  [{ HOME: ' ', USERPROFILE: '/u' }, '/u/.openclaw/openclaw.json', '/u/.openclaw'],
  [{ HOME: 'undefined', OPENCLAW_HOME: 'null', USERPROFILE: '/u' }, '/u/.openclaw/openclaw.json', '/u/.openclaw'],
  [{ HOME: '/h', OPENCLAW_STATE_DIR: '/s' }, '/s/openclaw.json', '/s'],
  [{ HOME: '/h', OPENCLAW_STATE_DIR: '~/s' }, '/h/s/openclaw.json', '/h/s'],
  [{ HOME: '/h', OPENCLAW_CONFIG_PATH: '~/c.json5' }, '/h/c.json5', '/h/.openclaw'],
  [{ HOME: '/h', OPENCLAW_CONFIG_PATH: 'c.json5' }, '/project/c.json5', '/h/.openclaw'],
  [{ HOME: '/h', OPENCLAW_CONFIG_PATH: '/c.json5', OPENCLAW_STATE_DIR: '/s' }, '/c.json5', '/s'],
  [{ HOME: '/h', OPENCLAW_PROFILE: 'work' }, '/h/.openclaw-work/openclaw.json', '/h/.openclaw-work'],
  [{ HOME: '/h', OPENCLAW_PROFILE: 'default' }, '/h/.openclaw/openclaw.json', '/h/.openclaw'],
  [{ HOME: '/h', OPENCLAW_PROFILE: 'work', OPENCLAW_STATE_DIR: '/s' }, '/s/openclaw.json', '/s'],
  [{ HOME: '/h', OPENCLAW_PROFILE: 'work', OPENCLAW_CONFIG_PATH: '/c.json' }, '/c.json', '/h/.openclaw-work'],
])('%j', (env, config, stateDir) => {
  expect(resolveConfigPaths({ env, cwd })).toMatchObject({ config, stateDir });
});

test('without any home in the environment it is the one of the user, never the current directory', () => {
  vi.stubEnv('HOME', '');
  onTestFinished(() => void vi.unstubAllEnvs());
  expect(resolveConfigPaths({ env: {}, cwd }).home).toBe(userInfo().homedir);
});

test('--profile wins over OPENCLAW_PROFILE', () => {
  const paths = resolveConfigPaths({ env: { HOME: '/h', OPENCLAW_PROFILE: 'work' }, cwd, profile: 'dev' });
  expect(paths).toMatchObject({ config: '/h/.openclaw-dev/openclaw.json', profile: 'dev' });
});

test('a profile cannot leave the home directory', () => {
  expect(() => resolveConfigPaths({ env: { HOME: '/h' }, cwd, profile: '../../etc' })).toThrow(
    'is not a valid profile name',
  );
});

test('messages show the home directory as ~', () => {
  expect(shortenHome('/h/.openclaw/openclaw.json', '/h')).toBe('~/.openclaw/openclaw.json');
  expect(shortenHome('/home2/x', '/home')).toBe('/home2/x');
});
