import { tryParseModelRef } from '@openclaw/model-selection';
import type { Runtime } from '@openclaw/runtime/internal';
import type { GatewayLogger } from '../gateway-context.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { BodyMemory } from '../http/create-body-memory.ts';
import type { ConnectionLoad, ConnectionRefusal } from '../http/limit-connections.ts';
import { registerClusterMetrics } from './cluster-metrics.ts';
import { registerEndpointMetrics } from './endpoint-metrics.ts';
import { createMetricRegistry } from './metric-registry.ts';
import { registerQueueMetrics } from './queue-metrics.ts';
import type { RequestJournal } from './request-journal.ts';
import type { RequestSnapshot } from './request-trace.ts';

/** What the gateway counts. */
export interface GatewayMetrics {
  /** Counts a request that ended. */
  count(request: RequestSnapshot): void;
  /** Counts a connection that was closed without a response. */
  countRefused(reason: ConnectionRefusal | 'accept-failed'): void;
  /** All metrics, in Prometheus' exposition format. */
  render(): string;
}

const SECONDS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];
const TOKENS_PER_SECOND = [1, 2, 5, 10, 20, 30, 50, 75, 100, 150, 250, 500];

/** Metrics of the requests that are counted, and of the runtime's state at the time of reading. */
export function createGatewayMetrics({
  runtime,
  journal,
  logger,
  connections,
  bodyMemory,
  cluster,
}: {
  readonly runtime: Pick<Runtime, 'circuits' | 'endpoints' | 'loads'>;
  readonly journal: () => Pick<RequestJournal, 'inFlight'>;
  readonly logger: Pick<GatewayLogger, 'droppedLines'>;
  readonly connections: () => ConnectionLoad;
  readonly bodyMemory: Pick<BodyMemory, 'usedBytes'>;
  readonly cluster: Pick<Cluster, 'status'> | undefined;
}): GatewayMetrics {
  const registry = createMetricRegistry();
  const byModel = ['provider', 'model'];
  const requests = registry.counter({
    name: 'openclaw_requests_total',
    help: 'Requests that ended, by endpoint and HTTP status.',
    labels: ['route', 'status', ...byModel],
  });
  const errors = registry.counter({
    name: 'openclaw_errors_total',
    help: 'Requests that failed, by code.',
    labels: ['code', ...byModel],
  });
  const duration = registry.histogram({
    name: 'openclaw_request_duration_seconds',
    help: 'From the request to the end of its reply.',
    labels: ['route', ...byModel],
    buckets: SECONDS,
  });
  const firstEvent = registry.histogram({
    name: 'openclaw_time_to_first_event_seconds',
    help: 'From the request to the first event of its answer, queue and model load included.',
    labels: byModel,
    buckets: SECONDS,
  });
  const tokensPerSecond = registry.histogram({
    name: 'openclaw_output_tokens_per_second',
    help: 'Output tokens per second since the first event, of streamed answers.',
    labels: byModel,
    buckets: TOKENS_PER_SECOND,
  });
  const tokensIn = registry.counter({
    name: 'openclaw_input_tokens_total',
    help: 'Input tokens of models.',
    labels: byModel,
  });
  const tokensOut = registry.counter({
    name: 'openclaw_output_tokens_total',
    help: 'Output tokens of models.',
    labels: byModel,
  });
  const repairs = registry.counter({
    name: 'openclaw_repairs_total',
    help: 'Mistakes of models that were repaired, by kind.',
    labels: ['kind', ...byModel],
  });
  const warnings = registry.counter({
    name: 'openclaw_warnings_total',
    help: 'Warnings with answers, such as that the prompt was truncated, by kind.',
    labels: ['kind', ...byModel],
  });
  const fallbacks = registry.counter({
    name: 'openclaw_failed_attempts_total',
    help: 'Attempts that failed before another model was asked, by outcome.',
    labels: ['outcome', ...byModel],
  });
  const byClient = ['client'];
  const clientRequests = registry.counter({
    name: 'openclaw_client_requests_total',
    help: 'Requests to models that ended, by client and HTTP status.',
    labels: [...byClient, 'status'],
  });
  const clientTokensIn = registry.counter({
    name: 'openclaw_client_input_tokens_total',
    help: 'Input tokens of models, by client.',
    labels: byClient,
  });
  const clientTokensOut = registry.counter({
    name: 'openclaw_client_output_tokens_total',
    help: 'Output tokens of models, by client.',
    labels: byClient,
  });
  registry
    .source(() => journal().inFlight())
    .read(
      { name: 'openclaw_requests_in_flight', help: 'Requests that run now.', labels: ['state'], type: 'gauge' },
      (running) =>
        ['waiting', 'answering'].map((state) => ({
          labels: [state],
          value: running.filter((request) => request.state === state).length,
        })),
    );
  registry
    .source(connections)
    .read(
      { name: 'openclaw_connections', help: 'Connections that are open now.', labels: ['state'], type: 'gauge' },
      ({ open, silent }) => [
        { labels: ['silent'], value: silent },
        { labels: ['used'], value: open - silent },
      ],
    );
  const refused = registry.counter({
    name: 'openclaw_connections_refused_total',
    help: 'Connections that were closed without a response, by reason.',
    labels: ['reason'],
  });
  registry
    .source(() => bodyMemory.usedBytes)
    .read(
      { name: 'openclaw_body_bytes', help: 'Bytes of request bodies in memory now.', labels: [], type: 'gauge' },
      (value) => [{ labels: [], value }],
    );
  registerQueueMetrics(registry, runtime);
  registerEndpointMetrics(registry, runtime);
  registry
    .source(() => runtime.circuits())
    .read(
      {
        name: 'openclaw_circuit_open',
        help: 'Circuits that are not closed: 1 while requests go to others first.',
        labels: ['scope', 'endpoint', 'model', 'state'],
        type: 'gauge',
      },
      (circuits) =>
        circuits.map(({ scope, endpoint, model = '', state }) => ({
          labels: [scope, endpoint, model, state],
          value: 1,
        })),
    );
  registry
    .source(() => logger.droppedLines?.() ?? [])
    .read(
      {
        name: 'openclaw_log_lines_dropped_total',
        help: 'Log lines that were dropped because the console or the file could not be written.',
        labels: ['destination'],
        type: 'counter',
      },
      (dropped) => Array.from(dropped, ([destination, value]) => ({ labels: [destination], value })),
    );
  if (cluster !== undefined) registerClusterMetrics(registry, cluster);

  return {
    count(request) {
      const { route, status = 0, model, usage, firstEventMs, durationMs, errorCode } = request;
      const labels = modelLabels(model);
      requests.add(1, [route, String(status), ...labels]);
      duration.observe(durationMs / 1000, [route, ...labels]);
      if (errorCode !== undefined) errors.add(1, [errorCode, ...labels]);
      if (firstEventMs !== undefined) firstEvent.observe(firstEventMs / 1000, labels);
      for (const kind of request.repairs) repairs.add(1, [kind, ...labels]);
      for (const kind of request.warnings) warnings.add(1, [kind, ...labels]);
      for (const attempt of request.attempts) {
        if (attempt.outcome !== 'ok') fallbacks.add(1, [attempt.outcome, ...modelLabels(attempt.model)]);
      }
      const { client, asksModels } = request;
      const isClients = asksModels && client !== '';
      if (isClients) clientRequests.add(1, [client, String(status)]);
      if (usage === undefined) return;
      if (isClients) {
        clientTokensIn.add(usage.inputTokens, [client]);
        clientTokensOut.add(usage.outputTokens, [client]);
      }
      tokensIn.add(usage.inputTokens, labels);
      tokensOut.add(usage.outputTokens, labels);
      const saidMs = durationMs - (firstEventMs ?? durationMs);
      if (request.stream === true && saidMs > 0) tokensPerSecond.observe(usage.outputTokens / (saidMs / 1000), labels);
    },
    countRefused: (reason) => refused.add(1, [reason]),
    render: () => registry.render(),
  };
}

/** Provider and reference; both empty without an answering model. */
function modelLabels(ref: string | undefined): readonly [string, string] {
  if (ref === undefined) return ['', ''];
  return [tryParseModelRef(ref)?.provider ?? '', ref];
}
