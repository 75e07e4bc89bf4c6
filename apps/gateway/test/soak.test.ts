import { expect, test } from 'vitest';
import { soak } from './soak.ts';

// The whole of it: node --conditions=@openclaw/source apps/gateway/test/soak.ts (10,000 requests, 1,000 streams).
test.skipIf(process.platform !== 'linux')(
  'many failing requests and leaving clients leave nothing behind',
  async () => {
    const report = await soak({ requests: 600, leavers: 150 });
    expect(report).toMatchObject({ unclear: 0, leftUpstream: 0, exitCode: 0 });
    expect(report.outcomes['done']).toBeGreaterThan(100);
    // What clients and the upstream keep open for their next request; each leaver that was kept would come on top.
    expect(report.sockets.after).toBeLessThan(110);
    expect(report.memoryMiB.after).toBeLessThan(report.memoryMiB.warm + 60);
  },
  60_000,
);
