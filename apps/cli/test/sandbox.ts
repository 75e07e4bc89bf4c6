import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createRuntime } from '@openclaw/runtime/internal';
import { onTestFinished } from 'vitest';
import { type InMemoryOptions, type Ran, runInMemory } from './in-memory-system.ts';

/** A separate home directory, and commands that run in it with the real runtime. */
export interface Sandbox {
  readonly home: string;
  readonly configFile: string;
  readonly env: Record<string, string>;
  /** Writes a file below `~/.openclaw`. */
  write(name: string, content: unknown): void;
  openclaw(argv: readonly string[], options?: InMemoryOptions): Promise<Ran>;
}

/** Creates a sandbox that is removed after the test. It does not find the Ollama that a developer's machine may run. */
export function createSandbox(env: Record<string, string> = {}): Sandbox {
  const home = mkdtempSync(join(tmpdir(), 'openclaw-test-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const ownEnv = { HOME: home, OLLAMA_HOST: 'http://127.0.0.1:1', ...env };
  return {
    home,
    configFile: join(home, '.openclaw/openclaw.json'),
    env: ownEnv,
    write(name, content) {
      const file = join(home, '.openclaw', name);
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content), { mode: 0o600 });
    },
    openclaw: (argv, options = {}) =>
      runInMemory(argv, {
        env: ownEnv,
        cwd: home,
        createRuntime: (loaded) => Promise.resolve(createRuntime({ loaded })),
        ...options,
      }),
  };
}
