import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { LoadedConfig } from '@openclaw/config';
import { createBatch, createInFlightList } from '@openclaw/request-batch';
import type { Runtime } from '@openclaw/runtime/internal';
import { createRoutes } from './app.ts';
import { createClientLimiter } from './clients/client-limiter.ts';
import { createClientUsages } from './clients/client-usage.ts';
import { createUsageCounters } from './clients/usage-counters.ts';
import type { UsageCounters } from './clients/usage-counters.ts';
import { openCluster } from './cluster/open-cluster.ts';
import { shareUsageCounters } from './cluster/share-usage-counters.ts';
import { createConfigReloader } from './config-reload/create-config-reloader.ts';
import { disablePretenuring } from './disable-pretenuring.ts';
import type { GatewayContext, GatewayLogger } from './gateway-context.ts';
import { planGatewaySettings } from './gateway-settings.ts';
import type { GatewayOverrides, GatewaySettings } from './gateway-settings.ts';
import { answerClientErrors } from './http/answer-client-errors.ts';
import { closeServer, FORCE_CLOSE_MS, stopped } from './http/close-server.ts';
import { createBodyMemory } from './http/create-body-memory.ts';
import { createRequestHandler } from './http/create-request-handler.ts';
import { createSurfaceFinder } from './http/create-surface-finder.ts';
import { boundConnections, readDescriptorLimit } from './http/bound-connections.ts';
import { limitConnections } from './http/limit-connections.ts';
import { listen } from './http/listen.ts';
import { parseRequestTarget } from './http/parse-request-target.ts';
import type { Route } from './http/route.ts';
import { createGatewayMetrics } from './observe/gateway-metrics.ts';
import { logRequest } from './observe/log-request.ts';
import { loadTelemetry } from './observe/telemetry/load-telemetry.ts';
import { createRequestJournal } from './observe/request-journal.ts';
import type { RequestSnapshot } from './observe/request-trace.ts';
import { createAuthorizer } from './security/create-authorizer.ts';
import { createHostCheck } from './security/create-host-check.ts';

/** A running gateway. */
export interface Gateway {
  /** Where it answers: `http://127.0.0.1:18789`. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Whether clients need a token. */
  readonly requiresToken: boolean;
  /** Accepts no new requests, waits for running ones within the limit, and closes. A second call waits for the first. */
  drain(options?: { readonly timeoutMs?: number | undefined }): Promise<void>;
  /** Cancels running requests and closes. Their clients receive the reason if they read it at once. */
  close(): Promise<void>;
}

export interface StartGatewayOptions extends GatewayOverrides {
  /** Answers the requests. Its configuration is the gateway's, too. The caller closes it. */
  readonly runtime: Runtime;
  /** @default none */
  readonly logger?: GatewayLogger | undefined;
  /** Reads the configuration again. When given, its files are watched and changes are applied. */
  readonly loadConfig?: (() => Promise<LoadedConfig>) | undefined;
  /** Of the program, for telemetry. */
  readonly version?: string | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
  /** Milliseconds, for durations; must never jump, as the time of day does. @default performance.now */
  readonly monotonicNow?: (() => number) | undefined;
  readonly generateId?: (() => string) | undefined;
  /** What the clients of `gateway.auth.tokens` have used; with a cluster, while its store does not answer. @default in memory */
  readonly usageCounters?: UsageCounters | undefined;
  /** @default every endpoint of the gateway */
  readonly routes?: readonly Route[] | undefined;
}

/**
 * Starts the OpenAI-compatible endpoint in front of a runtime.
 * @throws {GatewayError} `invalid-settings`, `token-required`, `address-in-use`, `address-not-available`
 */
export async function startGateway({
  runtime,
  logger = SILENT,
  loadConfig,
  version,
  now = Date.now,
  monotonicNow = () => performance.now(),
  generateId = randomUUID,
  usageCounters = createUsageCounters({ now: monotonicNow }),
  routes = createRoutes(),
  ...overrides
}: StartGatewayOptions): Promise<Gateway> {
  disablePretenuring();
  let settings = planGatewaySettings(runtime.loaded, overrides);
  const cluster = await openCluster(runtime, { logger });
  const authorizer = createAuthorizer({ settings: () => settings, now: monotonicNow });
  let checkHost = createHostCheck(settings);
  const readyAt = monotonicNow();
  let draining: Promise<void> | undefined;
  const endedRequests = createBatch((request: RequestSnapshot) => {
    metrics.count(request);
    clientUsages.count(request);
    logRequest(logger, request);
  });
  const journal = createRequestJournal({ now, monotonicNow, onEnd: endedRequests.add });
  const clientUsages = createClientUsages();
  const bodyMemory = createBodyMemory(() => settings.limits);
  const server = createServer(serverOptions(settings));
  const descriptorLimit = readDescriptorLimit();
  const connections = limitConnections(server, {
    maxConnections: () => boundConnections(settings.limits.maxConnections, descriptorLimit),
    onRefused: (reason) => metrics.countRefused(reason),
  });
  const metrics = createGatewayMetrics({ runtime, journal: () => journal, logger, connections, bodyMemory, cluster });
  const reloader = createConfigReloader({
    runtime,
    loadConfig,
    logger,
    now,
    settings: () => settings,
    overrides,
    onSettings(next) {
      settings = next;
      logger.configure?.(runtime.loaded.config.logging);
      checkHost = createHostCheck(next);
    },
  });
  const context: GatewayContext = {
    runtime,
    settings: () => settings,
    journal,
    bodyMemory,
    clientLimiter: createClientLimiter({
      counters: cluster === undefined ? usageCounters : shareUsageCounters(usageCounters, cluster),
    }),
    clientUsages: {
      ...clientUsages,
      of(name) {
        endedRequests.flush();
        return clientUsages.of(name);
      },
    },
    cluster,
    renderMetrics() {
      endedRequests.flush();
      return metrics.render();
    },
    logger,
    now,
    generateId,
    draining: () => draining !== undefined,
    startedAt: now(),
    uptimeMs: () => monotonicNow() - readyAt,
    configState: () => reloader.state(),
  };
  const telemetry = await loadTelemetry({
    loaded: runtime.loaded,
    version,
    logger,
    now,
    state: { runtime, journal },
  });
  const running = createInFlightList<AbortController>();
  const findSurface = createSurfaceFinder(routes);
  const handle = createRequestHandler({
    context,
    routes,
    findSurface,
    accessControl: () => ({ authorizer, checkHost }),
    running,
    telemetry,
  });
  server.on('request', handle);
  // What a client expects beyond `100-continue` is nothing that this server knows; its request is one all the same.
  server.on('checkExpectation', handle);
  answerClientErrors(server, { errorsOf: (request) => findSurface(parseRequestTarget(request.url).path, request) });
  const { host, port } = await listen(server, settings).catch(async (error: unknown) => {
    await cluster?.close();
    throw error;
  });
  server.on('error', (error: NodeJS.ErrnoException) => {
    metrics.countRefused('accept-failed');
    logger.warn({ code: error.code }, 'a connection could not be accepted');
  });
  reloader.start();
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  logger.info({ url, config: runtime.loaded.path, token: settings.requiresToken }, 'ready');

  async function stop(timeoutMs: number): Promise<void> {
    logger.info({ inFlight: running.size, timeoutMs }, 'stopping');
    reloader.stop();
    await closeServer(server, { running, timeoutMs });
    await cluster?.close();
    endedRequests.flush();
    await telemetry?.close();
    logger.info({}, 'stopped');
  }
  return {
    url,
    host,
    port,
    requiresToken: settings.requiresToken,
    drain({ timeoutMs = settings.shutdownTimeoutMs } = {}) {
      draining ??= stop(timeoutMs);
      return draining;
    },
    async close() {
      draining ??= stop(0);
      for (const controller of running.members()) controller.abort(stopped());
      const forceClose = setTimeout(() => server.closeAllConnections(), FORCE_CLOSE_MS);
      await draining;
      clearTimeout(forceClose);
    },
  };
}

const SILENT: GatewayLogger = { debug() {}, info() {}, warn() {}, error() {} };

/** The headers of real clients stay far below. */
const MAX_HEADER_BYTES = 32 * 1024;

function serverOptions({ limits: { headersTimeoutMs, bodyTimeoutMs } }: GatewaySettings) {
  return {
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: headersTimeoutMs,
    // Node counts from the first byte of the request to its last.
    requestTimeout: headersTimeoutMs + bodyTimeoutMs,
    // The check of `Host` refuses such requests in words.
    requireHostHeader: false,
    // Longer than the clients' own (undici: 4 s, most others below 60 s), so that no client writes into a closing connection.
    keepAliveTimeout: 65_000,
    connectionsCheckingInterval: 1_000,
  };
}
