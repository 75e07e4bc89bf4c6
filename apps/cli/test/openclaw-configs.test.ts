import { readFileSync } from 'node:fs';
import { startOllamaSimulator } from '@openclaw/ollama-simulator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createSandbox, type Sandbox } from './sandbox.ts';

/** `openclaw.json` files that other releases wrote, as people published them, without names, keys and addresses. */
const read = (name: string) => readFileSync(`${import.meta.dirname}/fixtures/openclaw-configs/${name}`, 'utf8');

const MODELS = [
  'someone/Mixed-Case-35B-A3B-mlx:instruct',
  'Reasoner-8B-Q4_K_M:latest',
  'gemma4',
  'mini',
  'big',
  'minicpm5-2b:latest',
  'llama3.1:8b',
  'deepseek-r1:7b',
  'Org/Coder-14B-AWQ',
  'someone/r1-distill-14b-awq',
  'flash',
  'qwen3-coder:30b',
  'glm-4.7-flash',
  'Qwen3.5-35B-A3B-FP8',
  'Qwen3-1.7B-CPU',
];

let simulator: Awaited<ReturnType<typeof startOllamaSimulator>>;
beforeAll(async () => {
  simulator = await startOllamaSimulator({ models: MODELS });
});
afterAll(() => simulator.close());

function load(name: string, env: Record<string, string> = {}): Sandbox {
  const sandbox = createSandbox({ OLLAMA_HOST: 'http://127.0.0.1:9', ...env });
  sandbox.write('openclaw.json', read(name).replaceAll('@PORT@', new URL(simulator.url).port));
  return sandbox;
}

interface Listed {
  readonly key: string;
  readonly contextWindow: number;
}

async function listed({ openclaw }: Sandbox): Promise<readonly Listed[]> {
  const { stdout } = await openclaw(['models', 'list', '--json']);
  return (JSON.parse(stdout) as { models: readonly Listed[] }).models;
}

/** Warnings of `config validate`, as paths. */
async function warnedOf({ openclaw }: Sandbox): Promise<readonly string[]> {
  const { stdout } = await openclaw(['config', 'validate', '--json']);
  return (JSON.parse(stdout) as { warnings: readonly { path: string }[] }).warnings.map(({ path }) => path);
}

describe('a file of another release works as it is', () => {
  test.each([
    ['c01-docker-lan-mlx.json', 'ollama/someone/Mixed-Case-35B-A3B-mlx:instruct'],
    ['c04-onboard-july.json', 'ollama/Reasoner-8B-Q4_K_M:latest'],
    ['c05-litellm-responses.json5', 'litellm/mini'],
    ['c06-lean-local.json', 'minicpm/minicpm5-2b:latest'],
    ['c09-vps-primary-unlisted.json', 'ollama/llama3.1:8b'],
    ['c10-vllm-alias-slash.json', 'vllm/Org/Coder-14B-AWQ'],
    ['c12-compose-ollama.json', 'ollama/llama3.1:8b'],
    ['c13-flat-env.json', 'acme-ai/flash'],
    ['c16-prefixed-id.json', 'ollama/glm-4.7-flash'],
    ['c19-heartbeat-model.json', 'vllm/Qwen3.5-35B-A3B-FP8'],
  ])('%s: %s answers', async (name, model) => {
    const sandbox = load(name);
    const validated = await sandbox.openclaw(['config', 'validate']);
    expect(validated).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Valid/) });
    const answer = await sandbox.openclaw(['agent', '-m', 'hi']);
    expect(answer).toMatchObject({ code: 0, stdout: expect.stringContaining('simulated reply') });
    expect((await listed(sandbox)).map(({ key }) => key)).toContain(model);
    expect(await sandbox.openclaw(['doctor'])).toMatchObject({ code: 0 });
  });

  test('with keys that are not known here, which are kept and named', async () => {
    expect(await warnedOf(load('c01-docker-lan-mlx.json'))).toEqual(
      expect.arrayContaining(['agents.defaults.mediaGenerationAutoProviderFallback', 'gateway.nodes', 'plugins']),
    );
    expect(await warnedOf(load('c06-lean-local.json'))).toContain('agents.defaults.experimental');
    expect(await warnedOf(load('c19-heartbeat-model.json'))).toContain('agents.list[0].heartbeat');
  });

  test('the name of an unset variable is not sent as a key', async () => {
    const sandbox = load('c04-onboard-july.json');
    await sandbox.openclaw(['agent', '-m', 'hi']);
    const keys = simulator.journal.entries.map(({ headers }) => headers['authorization']);
    expect(keys).not.toContain('Bearer OLLAMA_API_KEY');
  });

  test('a smaller window counts', async () => {
    expect(await listed(load('c06-lean-local.json'))).toMatchObject([{ contextWindow: 2048 }]);
  });

  test('an id that repeats its provider is one model with its configured window', async () => {
    expect(await listed(load('c16-prefixed-id.json'))).toMatchObject([
      { key: 'ollama/glm-4.7-flash', contextWindow: 32_768 },
      { key: 'ollama/gemini-3-flash-preview:cloud' },
    ]);
  });

  test('a model without a window has that of the server', async () => {
    const [model] = await listed(load('c09-vps-primary-unlisted.json'));
    expect(model).toMatchObject({ key: 'ollama/llama3.1:8b', contextWindow: 40_960 });
  });

  test.each(['Planner/Executor/General', 'Local Reasoner'])('the alias %j names its model', async (alias) => {
    const { openclaw } = load('c10-vllm-alias-slash.json');
    const explained = await openclaw(['models', 'explain', alias]);
    expect(explained).toMatchObject({ code: 0 });
    const answer = await openclaw(['agent', '-m', 'hi', '--model', alias]);
    expect(answer).toMatchObject({ code: 0, stdout: expect.stringContaining('simulated reply') });
  });

  test('a provider without its variable is named, and harms nothing else', async () => {
    const { openclaw } = load('c01-docker-lan-mlx.json');
    const { stdout } = await openclaw(['config', 'validate']);
    expect(stdout).toMatch(/^Valid, but a provider is disabled/);
    expect(stdout).toContain('the environment variable OPENAI_API_KEY is not set');
  });
});

describe('a file that cannot work says why', () => {
  test('c02-pi-cloud-only.json: a provider that is not configured', async () => {
    const { openclaw } = load('c02-pi-cloud-only.json');
    expect(await openclaw(['config', 'validate'])).toMatchObject({ code: 0 });
    const answer = await openclaw(['agent', '-m', 'hi']);
    expect(answer).toMatchObject({ code: 1, stderr: expect.stringContaining('anthropic') });
  });

  test('c08-three-providers.json: a path that the server does not have', async () => {
    const { openclaw } = load('c08-three-providers.json');
    expect(await openclaw(['config', 'validate'])).toMatchObject({ code: 0 });
    const answer = await openclaw(['agent', '-m', 'hi']);
    expect(answer).toMatchObject({ code: 1, stderr: expect.stringContaining('/api/coding/paas/v4') });
  });

  test('c17-models-as-strings.json: an invalid provider', async () => {
    const { openclaw } = load('c17-models-as-strings.json');
    const { code, stdout } = await openclaw(['config', 'validate']);
    expect({ code, stdout }).toEqual({ code: 78, stdout: expect.stringMatching(/^Valid, but a provider is disabled/) });
    expect(stdout).toContain('models.providers.ollama-cloud.models[0]');
    expect(await openclaw(['agent', '-m', 'hi'])).toMatchObject({ code: 1 });
  });

  test('c15-base-url-env.json: without its variables', async () => {
    const { openclaw } = load('c15-base-url-env.json');
    const { code, stdout } = await openclaw(['config', 'validate']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('OLLAMA_BASE_URL is not set') });
    expect(stdout).toContain('OPENCLAW_GATEWAY_TOKEN is not set');
  });

  test('c15-base-url-env.json: with its address', async () => {
    const { openclaw } = load('c15-base-url-env.json', { OLLAMA_BASE_URL: simulator.url });
    expect(await openclaw(['config', 'validate'])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Valid:/) });
    const answer = await openclaw(['agent', '-m', 'hi']);
    expect(answer).toMatchObject({ code: 0, stdout: expect.stringContaining('simulated reply') });
    expect(await openclaw(['doctor'])).toMatchObject({ code: 0 });
  });
});

describe('gateway run', () => {
  test.each([
    ['c01-docker-lan-mlx.json', 'gateway.auth.mode is "token", and no token is set'],
    ['c05-litellm-responses.json5', 'without a token'],
    ['c15-base-url-env.json', 'the environment variable OPENCLAW_GATEWAY_TOKEN is not set'],
  ])('refuses %s', async (name, why) => {
    const refused = await load(name).openclaw(['gateway', 'run', '--port', '0']);
    expect(refused).toMatchObject({ code: 78, stderr: expect.stringContaining(why) });
  });
});
