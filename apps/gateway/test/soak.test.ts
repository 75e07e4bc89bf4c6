import { expect, test } from 'vitest';
import { soak } from './soak.ts';

// The whole of it: node --conditions=@openclaw/source apps/gateway/test/soak.ts (10,000 requests, 1,000 streams).
test.skipIf(process.platform !== 'linux')(
  'many failing requests and leaving clients leave nothing behind',
  async () => {
    const report = await soak({ requests: 600, leavers: 60 });
    expect(report).toMatchObject({ unclear: 0, leftUpstream: 0, exitCode: 0 });
    expect(report.outcomes['done']).toBeGreaterThan(100);
    expect(report.sockets.after).toBeLessThanOrEqual(report.sockets.warm + 20);
    expect(report.memoryMiB.after).toBeLessThan(report.memoryMiB.warm + 60);
  },
  60_000,
);
