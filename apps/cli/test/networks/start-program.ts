import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** The program on the path or in the directories of root; `undefined` without one. */
export function findProgram(name: string): string | undefined {
  const found = ['', '/usr/sbin/', '/usr/local/sbin/'].map((directory) => `${directory}${name}`);
  return found.find((path) => spawnSync(path, ['-v']).error === undefined);
}

/** A directory that servers can use which drop the rights of root. It is removed after the test. */
export function createOpenDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'openclaw-network-'));
  chmodSync(directory, 0o777);
  onTestFinished(() => rmSync(directory, { recursive: true, force: true, maxRetries: 5 }));
  return directory;
}

const START_MS = 20_000;

interface StartOptions {
  /** The port at which it listens when it is ready. */
  readonly port: number;
  readonly env?: NodeJS.ProcessEnv;
}

/** Starts a server and waits until it listens. It is stopped after the test. */
export async function startProgram(
  [program = '', ...args]: readonly string[],
  { port, env }: StartOptions,
): Promise<void> {
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], env });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes: Buffer) => (said += bytes.toString()));
  const ended = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGTERM');
    await ended;
  });
  const until = Date.now() + START_MS;
  while (!(await isListening(port))) {
    if (child.exitCode !== null || Date.now() > until) throw new Error(`${program} did not start: ${said}`);
    // No server of another program reports that it listens.
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function isListening(port: number): Promise<boolean> {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
