import { spawn } from 'node:child_process';
import type { ChildProcess, StdioOptions } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

const COMMAND = `'${process.execPath}' --conditions=@openclaw/source '${join(import.meta.dirname, '../src/main.ts')}' --port 0`;

export interface SpawnedGateway {
  readonly child: ChildProcess;
  readonly folder: string;
  /** Resolves to the exit code, or the name of the signal that ended the process. */
  readonly exited: Promise<number | string>;
}

/** An empty folder for the length of a test. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'openclaw-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return folder;
}

/** Starts the gateway from source as a process of its own, in a process group of its own. No model server is needed. */
export function spawnGateway({
  folder = makeFolder(),
  logging = {},
  config = {},
  script = (command) => `exec ${command}`,
  stdio = 'ignore',
}: {
  readonly folder?: string;
  readonly logging?: object;
  /** Further sections of the configuration. */
  readonly config?: object;
  /** What the shell does; its working directory is the folder. */
  readonly script?: (command: string) => string;
  readonly stdio?: StdioOptions;
} = {}): SpawnedGateway {
  const providers = { up: { baseUrl: 'http://127.0.0.1:1/v1', apiKey: 'unused', models: [{ id: 'm' }] } };
  writeFileSync(
    join(folder, 'openclaw.json'),
    JSON.stringify({ models: { providers }, logging: { prompts: true, ...logging }, ...config }),
  );
  const child = spawn('/bin/bash', ['-c', script(COMMAND)], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      OPENCLAW_STATE_DIR: folder,
      OLLAMA_HOST: 'http://127.0.0.1:1',
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
    },
    stdio,
    detached: true,
  });
  onTestFinished(() => {
    try {
      process.kill(-(child.pid ?? 0), 'SIGKILL');
    } catch {
      // The whole group has ended.
    }
  });
  const exited = once(child, 'exit').then(([code, signal]: unknown[]) => (code ?? signal) as number | string);
  return { child, folder, exited };
}

/** Calls `read` until it returns something. Its deadline is for broken code alone. */
export async function waitFor<Value>(read: () => Value | undefined | Promise<Value | undefined>): Promise<Value> {
  const deadline = performance.now() + 45_000;
  for (;;) {
    const value = await read();
    if (value !== undefined) return value;
    if (performance.now() > deadline) throw new Error(`Waited too long for ${read.toString()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The address in a log of JSON lines, once it is there. */
export function findUrl(log: string): string | undefined {
  return /"url":"([^"]+)"/.exec(log)?.[1];
}

/** The text of a file, empty while it does not exist. */
export function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
