import type { GatewayAddress } from '../clients/send-chat.ts';

/** The state that the gateway reports. */
export interface GatewayView {
  /** Requests that it says are running, by `/status` and by `/metrics`. */
  readonly inFlight: number;
  /** Running and queued requests of all providers. */
  readonly running: number;
  /** When the configuration in force was loaded, in milliseconds since 1970. */
  readonly loadedAt: number;
  /** Log lines that it dropped; absent when it does not count them. */
  readonly droppedLogLines: number | undefined;
}

const LIMIT_MS = 15_000;

/** Reads `/status` and `/metrics`; `undefined` when the gateway does not answer in time. */
export async function readGateway({ port, token }: GatewayAddress): Promise<GatewayView | undefined> {
  const read = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      headers: { authorization: `Bearer ${token}`, connection: 'close' },
      signal: AbortSignal.timeout(LIMIT_MS),
    });
    return response.text();
  };
  try {
    const [status, metrics] = await Promise.all([read('/status'), read('/metrics')]);
    const view: StatusView = JSON.parse(status);
    const dropped = sumOf(metrics, /^openclaw_log\w*dropped\w*(?:\{.*\})? (\d+)$/gm);
    return {
      inFlight: Math.max(view.inFlight.length, sumOf(metrics, /^openclaw_requests_in_flight (\d+)$/gm) ?? 0),
      running: view.loads.reduce((sum, load) => sum + load.running + load.queued, 0),
      loadedAt: view.config.loadedAt,
      droppedLogLines: dropped,
    };
  } catch {
    return undefined;
  }
}

interface StatusView {
  readonly inFlight: readonly unknown[];
  readonly loads: readonly { readonly running: number; readonly queued: number }[];
  readonly config: { readonly loadedAt: number };
}

function sumOf(metrics: string, line: RegExp): number | undefined {
  const values = Array.from(metrics.matchAll(line), ([, value]) => Number(value));
  return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0);
}
