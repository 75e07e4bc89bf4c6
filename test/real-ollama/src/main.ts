/** Finds Ollama servers and runs the suite against them: `pnpm test:real-ollama [vitest arguments]`. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { findServers } from './find-servers.ts';
import type { OllamaServer } from './ollama-server.ts';
import { ServerUnavailableError } from './server-unavailable-error.ts';

const report = (line: string): void => void process.stdout.write(`${line}\n`);
// Without a handler these end the process at once, and a build leaves its lock.
process.once('SIGINT', () => process.exit(130));
process.once('SIGTERM', () => process.exit(143));

const servers = await findServers({ env: process.env, report }).catch(skip);
if (servers !== undefined) run(servers);

function skip(error: unknown): undefined {
  if (!(error instanceof ServerUnavailableError)) throw error;
  // What was asked for by name must be there.
  const isNamed = 'REAL_OLLAMA' in process.env || 'OLLAMA_TEST_HOSTS' in process.env;
  report(`The tests against real Ollama servers ${isNamed ? 'cannot run' : 'were skipped'}. ${error.message}`);
  if (isNamed) process.exitCode = 1;
}

function run(found: readonly OllamaServer[]): void {
  report(`Testing against ${found.map(({ name }) => name).join(', ')}.`);
  const config = join(import.meta.dirname, '../vitest.config.ts');
  const child = spawn('vitest', ['run', '--config', config, ...process.argv.slice(2)], {
    stdio: 'inherit',
    env: { ...process.env, OLLAMA_SUITE_SERVERS: JSON.stringify(found) },
  });
  child.once('error', (error) => report(`Cannot start vitest: ${error.message}. Run \`pnpm test:real-ollama\`.`));
  child.once('exit', (code) => (process.exitCode = code ?? 1));
}
