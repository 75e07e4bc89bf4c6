import type { OpenClawConfigInput } from '@openclaw/config';

export interface GatewayConfigOptions {
  readonly token: string;
  /** Ports of the upstreams. */
  readonly ports: { readonly scripted: number; readonly simulator: number; readonly stale: number };
  readonly logFile: string | undefined;
}

/** Short, so that every deadline is met in a run of a minute. */
const TIMEOUTS = { connectMs: 1_000, firstEventMs: 4_000, idleMs: 4_000, totalMs: 30_000 };
const LIMITS = {
  maxConcurrent: 64,
  maxQueued: 256,
  headersTimeoutMs: 3_000,
  bodyTimeoutMs: 15_000,
  keepAliveCommentMs: 1_000,
};

export const SHUTDOWN_TIMEOUT_MS = 5_000;

/**
 * Two models with each other as fallback, one asked for streams and one for whole answers; and one behind stale
 * connections.
 */
export function gatewayConfig({ token, ports, logFile }: GatewayConfigOptions): OpenClawConfigInput {
  const provider = (port: number) => ({
    baseUrl: `http://127.0.0.1:${port}/v1`,
    apiKey: 'soak-key-0123456789',
    timeouts: TIMEOUTS,
    models: [{ id: 'chat', contextWindow: 32_000_000, maxTokens: 8_192 }],
  });
  return {
    gateway: {
      auth: { token },
      limits: LIMITS,
      reload: { debounceMs: 100 },
      shutdownTimeoutMs: SHUTDOWN_TIMEOUT_MS,
    },
    ...(logFile !== undefined && { logging: { file: logFile } }),
    models: {
      mode: 'replace',
      providers: {
        scripted: provider(ports.scripted),
        ollama: provider(ports.simulator),
        stale: provider(ports.stale),
      },
    },
    agents: {
      defaults: {
        model: { primary: 'scripted/chat', fallbacks: ['ollama/chat'] },
        models: { 'scripted/chat': { streaming: true }, 'stale/chat': { streaming: true } },
        timeoutSeconds: 40,
        retry: { maxRetries: 1 },
      },
      list: [
        { id: 'second', model: { primary: 'ollama/chat', fallbacks: ['scripted/chat'] } },
        { id: 'reused', model: { primary: 'stale/chat', fallbacks: ['ollama/chat'] } },
      ],
    },
  };
}
