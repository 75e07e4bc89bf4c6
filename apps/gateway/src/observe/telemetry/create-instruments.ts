import type { Attributes, Meter } from '@opentelemetry/api';
import type { Runtime } from '@openclaw/runtime/internal';
import type { RequestJournal } from '../request-journal.ts';
import type { RequestSnapshot } from '../request-trace.ts';
import { sumByProvider } from '../sum-by-provider.ts';
import type { DescribedAttempt } from './describe-request.ts';
import { ATTRIBUTE, METRIC, OPERATION_SECONDS, SECONDS, TOKENS } from './names.ts';

/** What is read whenever metrics are exported. */
export interface ObservedState {
  readonly runtime: Pick<Runtime, 'loads' | 'circuits'>;
  readonly journal: Pick<RequestJournal, 'inFlight'>;
}

/** The metrics of the gateway. */
export interface Instruments {
  /** Counts a request that ended. */
  count(request: RequestSnapshot, described: DescribedRequest): void;
}

export interface DescribedRequest {
  readonly http: Attributes;
  readonly attempts: readonly DescribedAttempt[];
}

/** Creates them. */
export function createInstruments(meter: Meter, state: ObservedState): Instruments {
  const seconds = { unit: 's', advice: { explicitBucketBoundaries: OPERATION_SECONDS } };
  const httpDuration = meter.createHistogram(METRIC.httpDuration, {
    description: 'Duration of HTTP server requests.',
    unit: 's',
    advice: { explicitBucketBoundaries: SECONDS },
  });
  const operationDuration = meter.createHistogram(METRIC.operationDuration, {
    ...seconds,
    description: 'Duration of a request to a model.',
  });
  const timeToFirstChunk = meter.createHistogram(METRIC.timeToFirstChunk, {
    ...seconds,
    description: 'Time to the first content of a stream.',
  });
  const tokenUsage = meter.createHistogram(METRIC.tokenUsage, {
    description: 'Number of input and output tokens used.',
    unit: '{token}',
    advice: { explicitBucketBoundaries: TOKENS },
  });
  const repairs = meter.createCounter(METRIC.repairs, { description: 'Mistakes of models that were repaired.' });
  const warnings = meter.createCounter(METRIC.warnings, { description: 'Answers that may lack something.' });
  observe(meter, state);
  return {
    count({ durationMs, client, repairs: repaired, warnings: warned }, { http, attempts }) {
      httpDuration.record(durationMs / 1000, http);
      for (const kind of repaired) repairs.add(1, { [ATTRIBUTE.kind]: kind });
      for (const kind of warned) warnings.add(1, { [ATTRIBUTE.kind]: kind });
      for (const { attributes, startedAt, endedAt, usage, firstChunkMs } of attempts) {
        operationDuration.record((endedAt - startedAt) / 1000, attributes);
        if (firstChunkMs !== undefined) timeToFirstChunk.record(firstChunkMs / 1000, attributes);
        if (usage === undefined) continue;
        const shared = { ...attributes, ...(client !== '' && { [ATTRIBUTE.client]: client }) };
        tokenUsage.record(usage.inputTokens, { ...shared, [ATTRIBUTE.tokenType]: 'input' });
        tokenUsage.record(usage.outputTokens, { ...shared, [ATTRIBUTE.tokenType]: 'output' });
      }
    },
  };
}

function observe(meter: Meter, { runtime, journal }: ObservedState): void {
  const gauge = (name: string, description: string) => meter.createObservableGauge(name, { description });
  gauge(METRIC.requestsInFlight, 'Requests to models that run now.').addCallback((result) => {
    const running = journal.inFlight();
    for (const state of ['waiting', 'answering'])
      result.observe(running.filter((request) => request.state === state).length, { [ATTRIBUTE.state]: state });
  });
  gauge(METRIC.running, 'Requests that a provider works on now.').addCallback((result) => {
    for (const { provider, sum } of sumByProvider(runtime.loads(), ({ running }) => running))
      result.observe(sum, { [ATTRIBUTE.provider]: provider });
  });
  gauge(METRIC.queued, 'Requests that wait for their turn now.').addCallback((result) => {
    for (const { provider, sum } of sumByProvider(runtime.loads(), ({ queued }) => queued))
      result.observe(sum, { [ATTRIBUTE.provider]: provider });
  });
  gauge(METRIC.openCircuits, 'Circuits that are not closed.').addCallback((result) => {
    result.observe(runtime.circuits().length);
  });
}
