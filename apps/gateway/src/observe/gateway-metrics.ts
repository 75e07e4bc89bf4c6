import { tryParseModelRef } from '@openclaw/model-selection';
import type { RequestLoad, Runtime } from '@openclaw/runtime/internal';
import type { GatewayLogger } from '../gateway-context.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { BodyMemory } from '../http/create-body-memory.ts';
import type { ConnectionLoad, ConnectionRefusal } from '../http/limit-connections.ts';
import { addClusterMetrics } from './cluster-metrics.ts';
import { registerEndpointMetrics } from './endpoint-metrics.ts';
import { createMetricRegistry } from './metric-registry.ts';
import type { RequestJournal } from './request-journal.ts';
import type { RequestSnapshot } from './request-trace.ts';

/** What the gateway counts. */
export interface GatewayMetrics {
  /** Counts a request that ended. */
  count(request: RequestSnapshot): void;
  /** Counts a connection that was closed without an answer. */
  countRefused(reason: ConnectionRefusal | 'accept-failed'): void;
  /** All of it, as Prometheus reads it. */
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
    help: 'Tokens said per second since the first event, of streamed answers.',
    labels: byModel,
    buckets: TOKENS_PER_SECOND,
  });
  const tokensIn = registry.counter({
    name: 'openclaw_input_tokens_total',
    help: 'Tokens read by models.',
    labels: byModel,
  });
  const tokensOut = registry.counter({
    name: 'openclaw_output_tokens_total',
    help: 'Tokens said by models.',
    labels: byModel,
  });
  const repairs = registry.counter({
    name: 'openclaw_repairs_total',
    help: 'Mistakes of models that were put right, by kind.',
    labels: ['kind', ...byModel],
  });
  const warnings = registry.counter({
    name: 'openclaw_warnings_total',
    help: 'Answers that may lack something, such as the beginning of a prompt that was cut, by kind.',
    labels: ['kind', ...byModel],
  });
  const fallbacks = registry.counter({
    name: 'openclaw_failed_attempts_total',
    help: 'Attempts that failed before another model was asked, by why.',
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
    help: 'Tokens read by models, by client.',
    labels: byClient,
  });
  const clientTokensOut = registry.counter({
    name: 'openclaw_client_output_tokens_total',
    help: 'Tokens said by models, by client.',
    labels: byClient,
  });
  registry.read(
    { name: 'openclaw_requests_in_flight', help: 'Requests that run now.', labels: ['state'], type: 'gauge' },
    () => {
      const running = journal().inFlight();
      return ['waiting', 'answering'].map((state) => ({
        labels: [state],
        value: running.filter((request) => request.state === state).length,
      }));
    },
  );
  registry.read(
    { name: 'openclaw_connections', help: 'Connections that are open now.', labels: ['state'], type: 'gauge' },
    () => {
      const { open, silent } = connections();
      return [
        { labels: ['silent'], value: silent },
        { labels: ['used'], value: open - silent },
      ];
    },
  );
  const refused = registry.counter({
    name: 'openclaw_connections_refused_total',
    help: 'Connections that were closed without an answer, by why.',
    labels: ['reason'],
  });
  registry.read(
    { name: 'openclaw_body_bytes', help: 'Bytes of request bodies in memory now.', labels: [], type: 'gauge' },
    () => [{ labels: [], value: bodyMemory.usedBytes }],
  );
  const byProvider = (name: string, help: string, type: 'gauge' | 'counter', value: (load: RequestLoad) => number) =>
    registry.read({ name, help, labels: ['provider'], type }, () =>
      Array.from(
        Map.groupBy(runtime.loads(), ({ provider }) => provider),
        ([provider, loads]) => ({ labels: [provider], value: loads.reduce((sum, load) => sum + value(load), 0) }),
      ),
    );
  byProvider('openclaw_provider_running', 'Requests that a provider works on now.', 'gauge', ({ running }) => running);
  byProvider('openclaw_queue_length', 'Requests that wait for their turn now.', 'gauge', ({ queued }) => queued);
  byProvider('openclaw_queue_admitted_total', 'Requests that got their turn.', 'counter', ({ admitted }) => admitted);
  byProvider(
    'openclaw_queue_wait_seconds_total',
    'What they waited for it.',
    'counter',
    ({ waitedMs }) => waitedMs / 1000,
  );
  registerEndpointMetrics(registry, runtime);
  registry.read(
    {
      name: 'openclaw_queue_requests',
      help: 'Requests that are queued now, by model and priority.',
      labels: ['provider', 'endpoint', 'model', 'priority'],
      type: 'gauge',
    },
    () =>
      runtime.loads().flatMap(({ provider, endpoint = '', models }) =>
        models.flatMap(({ model, queued }) =>
          Object.entries(queued).map(([priority, value]) => ({
            labels: [provider, endpoint, model, priority],
            value,
          })),
        ),
      ),
  );
  registry.read(
    {
      name: 'openclaw_queue_model_switches_total',
      help: 'Requests that started with another model than those before them, which is probably loaded for them.',
      labels: ['provider', 'endpoint'],
      type: 'counter',
    },
    () =>
      runtime
        .loads()
        .map(({ provider, endpoint = '', modelSwitches }) => ({ labels: [provider, endpoint], value: modelSwitches })),
  );
  registry.read(
    {
      name: 'openclaw_circuit_open',
      help: 'Circuits that are not closed: 1 while requests go to others first.',
      labels: ['scope', 'endpoint', 'model', 'state'],
      type: 'gauge',
    },
    () =>
      runtime
        .circuits()
        .map(({ scope, endpoint, model, state }) => ({ labels: [scope, endpoint, model ?? '', state], value: 1 })),
  );
  registry.read(
    {
      name: 'openclaw_log_lines_dropped_total',
      help: 'Log lines that were dropped because the console or the file could not be written.',
      labels: ['destination'],
      type: 'counter',
    },
    () => Array.from(logger.droppedLines?.() ?? [], ([destination, value]) => ({ labels: [destination], value })),
  );

  if (cluster !== undefined) addClusterMetrics(registry, cluster);

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
