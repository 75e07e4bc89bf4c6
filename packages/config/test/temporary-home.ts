import { mkdtempSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

export interface TemporaryHome {
  home: string;
  /** Options for the functions under test: an environment with only HOME, and a separate working directory. */
  location: { env: Record<string, string>; cwd: string };
  path: (name: string) => string;
  read: (name: string) => string;
  write: (name: string, text: string) => void;
}

/** A home directory with files in it (`'.openclaw/openclaw.json'`), removed after the test. */
export function createTemporaryHome(
  files: Record<string, string> = {},
  env: Record<string, string> = {},
): TemporaryHome {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'openclaw-config-')));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const path = (name: string) => join(home, name);
  const write = (name: string, text: string) => {
    mkdirSync(dirname(path(name)), { recursive: true });
    writeFileSync(path(name), text);
  };
  mkdirSync(path('work'));
  for (const [name, text] of Object.entries(files)) write(name, text);
  return {
    home,
    location: { env: { HOME: home, ...env }, cwd: path('work') },
    path,
    read: (name) => readFileSync(path(name), 'utf8'),
    write,
  };
}
