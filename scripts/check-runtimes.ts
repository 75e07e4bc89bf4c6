import { spawnSync } from 'node:child_process';
import { installTools } from './install-tools.ts';

/**
 * Runs the examples and the command, as built, on Bun and Deno, and the conformance suite of the provider on Bun, which has its own sockets
 * and its own undici. Both come from npm. Where they cannot be installed the check is skipped.
 */
const RUNTIMES = ['bun@1.4.5', 'deno@2.9.6'];
const COMMAND = 'apps/cli/bin/openclaw.cjs';
const TEST_LIMIT_MS = 300_000;

const folder = installTools('runtimes', RUNTIMES);
const bun = `${folder}/node_modules/.bin/bun`;
const deno = `${folder}/node_modules/.bin/deno`;

if (folder === undefined || [bun, deno].some((each) => spawnSync(each, ['--version']).status !== 0)) {
  console.log('runtimes: SKIPPED, as Bun and Deno could not be installed here');
} else {
  runExamples('Bun', `${bun} run`);
  runExamples('Deno', `${deno} run --allow-all --node-modules-dir=manual`);
  run('the command on Bun', { command: bun, args: [COMMAND, '--version'] });
  run('the command on Deno', { command: deno, args: ['run', '--allow-all', COMMAND, '--version'] });
  run('the conformance suite on Bun', {
    command: bun,
    args: ['--bun', 'node_modules/vitest/vitest.mjs', 'run', '--pool', 'threads', 'openai-compat-provider.conformance'],
  });
}

function runExamples(runtime: string, command: string): void {
  run(`the examples on ${runtime}`, {
    command: 'vitest',
    args: ['run', '--project', 'examples'],
    env: { EXAMPLE_COMMAND: command },
  });
}

interface Run {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Record<string, string>;
}

function run(title: string, { command, args, env = {} }: Run): void {
  console.log(`── ${title}`);
  // The results of the test step must not be overwritten, which `CI` would do.
  const { CI: _, ...rest } = process.env;
  const { status } = spawnSync(command, args, { stdio: 'inherit', timeout: TEST_LIMIT_MS, env: { ...rest, ...env } });
  if (status !== 0) throw new Error(`${title}: failed`);
}
