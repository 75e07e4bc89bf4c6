import { hasRedisServer, startRedisServer } from '@openclaw/test-support';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startStack } from './start-stack.ts';

vi.setConfig({ testTimeout: 60_000 });

test.skipIf(!hasRedisServer())('the tokens of a client count for all gateways of a cluster', async () => {
  const redis = await startRedisServer();
  onTestFinished(() => redis.close());
  const tokens = { ci: { token: 'ci-token', tokensPerDay: 1 } };
  const config = {
    gateway: { auth: { token: 'owner-token', tokens }, cluster: { url: redis.url, timeoutMs: 45_000 } },
  };
  const [one, other] = [await startStack({ config }), await startStack({ config })];
  const headers = { authorization: 'Bearer ci-token' };
  expect((await one.chat({ model: 'ollama/qwen3:8b' }, { headers })).status).toBe(200);
  await vi.waitFor(
    async () => {
      const response = await fetch(`${other.gateway.url}/status`, { headers: { authorization: 'Bearer owner-token' } });
      const { clients } = (await response.json()) as { clients: { name: string; day?: { used: number } }[] };
      expect(clients.find(({ name }) => name === 'ci')?.day?.used).toBeGreaterThan(0);
    },
    { timeout: 45_000 },
  );
  expect((await other.chat({ model: 'ollama/qwen3:8b' }, { headers })).status).toBe(429);
});
