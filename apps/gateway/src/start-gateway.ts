import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { LoadedConfig } from '@openclaw/config';
import { createBatch } from '@openclaw/request-batch';
import type { Runtime } from '@openclaw/runtime';
import { createConfigReloader } from './config-reload/create-config-reloader.ts';
import type { GatewayContext, GatewayLogger } from './gateway-context.ts';
import { GatewayError } from './gateway-error.ts';
import { planGatewaySettings } from './gateway-settings.ts';
import type { GatewayOverrides, GatewaySettings } from './gateway-settings.ts';
import { answerClientErrors } from './http/answer-client-errors.ts';
import { createBodyMemory } from './http/create-body-memory.ts';
import { createRequestHandler } from './http/create-request-handler.ts';
import { boundConnections, readDescriptorLimit } from './http/bound-connections.ts';
import { limitConnections } from './http/limit-connections.ts';
import { listen } from './http/listen.ts';
import { createGatewayMetrics } from './observe/gateway-metrics.ts';
import { logRequest } from './observe/log-request.ts';
import { createRequestJournal } from './observe/request-journal.ts';
import type { RequestSnapshot } from './observe/request-journal.ts';
import { createAuthorizer } from './security/create-authorizer.ts';
import { createHostCheck } from './security/create-host-check.ts';

/** A running gateway. */
export interface Gateway {
  /** Where it answers: `http://127.0.0.1:18789`. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Takes no new requests, lets running ones end within the limit, and closes. A second call waits for the first. */
  drain(options?: { readonly timeoutMs?: number | undefined }): Promise<void>;
  /** Ends everything now: what runs is told why, and has a moment to say so. */
  close(): Promise<void>;
}

export interface StartGatewayOptions extends GatewayOverrides {
  /** Answers the requests. Its configuration is the gateway's, too. Whoever made it closes it. */
  readonly runtime: Runtime;
  /** @default nobody listens */
  readonly logger?: GatewayLogger | undefined;
  /** Reads the configuration anew. When given, its files are watched and a change is put in force. */
  readonly loadConfig?: (() => Promise<LoadedConfig>) | undefined;
  /** Milliseconds since 1970. */
  readonly now?: (() => number) | undefined;
  readonly generateId?: (() => string) | undefined;
}

/**
 * Starts the OpenAI-compatible endpoint in front of a runtime.
 * @throws {GatewayError} `invalid-settings`, `token-required`, `address-in-use`, `address-not-available`
 */
export async function startGateway({
  runtime,
  logger = SILENT,
  loadConfig,
  now = Date.now,
  generateId = randomUUID,
  ...overrides
}: StartGatewayOptions): Promise<Gateway> {
  let settings = planGatewaySettings(runtime.loaded, overrides);
  const authorizer = createAuthorizer({ settings: () => settings, now });
  let checkHost = createHostCheck(settings);
  let draining: Promise<void> | undefined;
  const ended = createBatch((request: RequestSnapshot) => {
    metrics.count(request);
    logRequest(logger, request);
  });
  const journal = createRequestJournal({ now, onEnd: ended.add });
  const bodyMemory = createBodyMemory(() => settings.limits);
  const server = createServer(serverOptions(settings));
  const descriptorLimit = readDescriptorLimit();
  const connections = limitConnections(server, {
    maxConnections: () => boundConnections(settings.limits.maxConnections, descriptorLimit),
    onRefused: (reason) => metrics.countRefused(reason),
  });
  const metrics = createGatewayMetrics({ runtime, journal: () => journal, logger, connections, bodyMemory });
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
    renderMetrics() {
      ended.flush();
      return metrics.render();
    },
    logger,
    now,
    generateId,
    draining: () => draining !== undefined,
    startedAt: now(),
    configState: () => reloader.state(),
  };
  const running = new Set<AbortController>();
  const handle = createRequestHandler({ context, doors: () => ({ authorizer, checkHost }), running });
  server.on('request', handle);
  // What a client expects beyond `100-continue` is nothing that this server knows; its request is one all the same.
  server.on('checkExpectation', handle);
  answerClientErrors(server);
  const { host, port } = await listen(server, settings);
  server.on('error', (error: NodeJS.ErrnoException) => {
    metrics.countRefused('accept-failed');
    logger.warn({ code: error.code }, 'a connection could not be accepted');
  });
  reloader.start();
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  logger.info({ url, config: runtime.loaded.path, token: settings.token !== undefined }, 'ready');

  async function stop(timeoutMs: number): Promise<void> {
    logger.info({ inFlight: running.size, timeoutMs }, 'stopping');
    reloader.stop();
    await closeServer(server, { running, timeoutMs });
    ended.flush();
    logger.info({}, 'stopped');
  }
  return {
    url,
    host,
    port,
    drain({ timeoutMs = settings.shutdownTimeoutMs } = {}) {
      draining ??= stop(timeoutMs);
      return draining;
    },
    async close() {
      draining ??= stop(0);
      for (const controller of running) controller.abort(stopped());
      const lastWords = setTimeout(() => server.closeAllConnections(), LAST_WORDS_MS);
      await draining;
      clearTimeout(lastWords);
    },
  };
}

const SILENT: GatewayLogger = { debug() {}, info() {}, warn() {}, error() {} };

/** How long a reply that was cut off has to say so before its connection is closed. */
const LAST_WORDS_MS = 250;

/** Headers are small in earnest; what is larger is somebody trying. */
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

function stopped(): GatewayError {
  return new GatewayError('shutting-down', 'The gateway was stopped before the answer had ended.');
}

async function closeServer(
  server: Server,
  { running, timeoutMs }: { running: ReadonlySet<AbortController>; timeoutMs: number },
): Promise<void> {
  await new Promise<void>((resolve) => {
    // A connection is kept alive after its reply, and one that never sent a request is not idle to Node.
    const sweep = setInterval(() => {
      if (running.size === 0) server.closeAllConnections();
      else server.closeIdleConnections();
    }, 20);
    const limit = setTimeout(() => {
      for (const controller of running) controller.abort(stopped());
      lastWords = setTimeout(() => server.closeAllConnections(), LAST_WORDS_MS);
    }, timeoutMs);
    let lastWords: NodeJS.Timeout | undefined;
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(limit);
      clearTimeout(lastWords);
      resolve();
    });
    server.closeIdleConnections();
  });
}
