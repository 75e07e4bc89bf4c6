import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';

const COMMAND = resolve(import.meta.dirname, '../apps/cli/src/main.ts');

/** A gateway in a process of its own, which stops when it is disposed. */
export interface ExampleGateway extends AsyncDisposable {
  /** The address that clients of OpenAI's API need. */
  readonly baseUrl: string;
}

/** Starts `openclaw gateway run` in front of an Ollama, with a home directory of its own. */
export async function startExampleGateway({ ollama }: { readonly ollama: string }): Promise<ExampleGateway> {
  const home = mkdtempSync(join(tmpdir(), 'openclaw-example-'));
  const config = { agents: { defaults: { model: 'ollama/gpt-oss:20b' } }, logging: { consoleLevel: 'silent' } };
  writeFileSync(join(home, 'openclaw.json'), JSON.stringify(config));
  const child = spawn(process.execPath, ['--conditions=@openclaw/source', COMMAND, 'gateway', 'run', '--port', '0'], {
    env: { PATH: process.env['PATH'], HOME: home, OPENCLAW_STATE_DIR: home, OLLAMA_HOST: ollama },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  return {
    baseUrl: await readAddress(child.stdout),
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM');
      await exited;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

/** Reads on after the address: a gateway whose output is closed ends. */
function readAddress(output: Readable): Promise<string> {
  let printed = '';
  return new Promise((resolve, reject) => {
    output.on('data', (piece) => {
      printed += String(piece);
      const address = /http:\/\/\S+\/v1/.exec(printed)?.[0];
      if (address !== undefined) resolve(address);
    });
    output.on('end', () => reject(new Error(`The gateway ended without an address: ${printed}`)));
  });
}
