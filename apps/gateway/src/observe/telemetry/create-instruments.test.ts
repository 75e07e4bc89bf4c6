import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import type { RequestLoad } from '@openclaw/runtime/internal';
import { expect, onTestFinished, test } from 'vitest';
import { createInstruments } from './create-instruments.ts';
import { ATTRIBUTE, METRIC } from './names.ts';

class ManualReader extends MetricReader {
  protected override async onShutdown(): Promise<void> {}
  protected override async onForceFlush(): Promise<void> {}
}

test('the requests of a provider are those of all its endpoints', async () => {
  const reader = new ManualReader();
  const provider = new MeterProvider({ readers: [reader] });
  onTestFinished(() => provider.shutdown());
  const loads = [
    { provider: 'box', endpoint: 'one', running: 2, queued: 5 },
    { provider: 'box', endpoint: 'two', running: 1, queued: 0 },
    { provider: 'laptop', running: 4, queued: 1 },
  ] as unknown as readonly RequestLoad[];
  createInstruments(provider.getMeter('test'), {
    runtime: { loads: () => loads, circuits: () => [] },
    journal: { inFlight: () => [] },
  });

  const { resourceMetrics } = await reader.collect();
  const metrics = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
  const values = (name: string) =>
    metrics
      .filter(({ descriptor }) => descriptor.name === name)
      .flatMap(({ dataPoints }) => dataPoints.map(({ attributes, value }) => [attributes[ATTRIBUTE.provider], value]));
  expect(values(METRIC.running)).toEqual([
    ['box', 3],
    ['laptop', 4],
  ]);
  expect(values(METRIC.queued)).toEqual([
    ['box', 5],
    ['laptop', 1],
  ]);
});
