import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { runCommand } from '../src/run-command.ts';
import { startGatewayStack } from '../src/start-gateway-stack.ts';
import { SCRIPTS, TAPE_TOOLS } from '../src/tapes.ts';
import { isOwnServer, testServer, useOllama } from '../src/use-ollama.ts';

const MODEL = 'tape-command:latest';
const ollama = await useOllama({ models: { 'tape-command': TAPE_TOOLS } });

/** Ollama's own command, which asks the gateway in place of its server. */
async function startCommand(): Promise<(...args: readonly string[]) => ReturnType<typeof runCommand>> {
  const { gateway } = await startGatewayStack(`ollama/${MODEL}`, { url: ollama.url });
  const home = await mkdtemp(join(tmpdir(), 'openclaw-command-'));
  onTestFinished(() => rm(home, { recursive: true, force: true }));
  const env = { ...process.env, HOME: home, OLLAMA_HOST: gateway.url };
  return (...args) => runCommand([testServer.binary ?? 'ollama', ...args], { env });
}

describe.runIf(isOwnServer)('the ollama command through the gateway', () => {
  test('lists the models, and the agent of the gateway', async () => {
    const run = await startCommand();
    const { stdout, stderr } = await run('list');
    expect(stdout, stderr).toMatch(/^NAME\s+ID\s+SIZE\s+MODIFIED/);
    expect(stdout).toContain(MODEL);
    expect(stdout).toContain('openclaw');
  });

  test('shows a model', async () => {
    const run = await startCommand();
    const { stdout, stderr } = await run('show', `ollama/${MODEL}`);
    expect(stdout, stderr).toMatch(/context length\s+\d+/);
    expect(stdout).toMatch(/Capabilities\s+completion/);
  });

  test('runs a model, which is then in the list of loaded ones', async () => {
    const run = await startCommand();
    const { stdout, stderr } = await run('run', `ollama/${MODEL}`, 'hello');
    expect(stdout.trim(), stderr).toBe(SCRIPTS.hello);
    expect((await run('ps')).stdout).toContain(MODEL);
  });

  test('runs the agent of the gateway', async () => {
    const run = await startCommand();
    const { stdout, stderr } = await run('run', 'openclaw', 'hello');
    expect(stdout.trim(), stderr).toBe(SCRIPTS.hello);
  });

  test('says that a model is not there', async () => {
    const run = await startCommand();
    const { code, stderr } = await run('show', 'tape-missing');
    expect(code).not.toBe(0);
    expect(stderr).toContain('There is no model "tape-missing"');
  });
});
