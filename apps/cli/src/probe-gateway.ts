/** The health of a gateway, or why it did not respond. */
export interface GatewayProbe {
  readonly url: string;
  readonly running: boolean;
  /** HTTP status of `/healthz`. */
  readonly status?: number;
  readonly latencyMs?: number;
  readonly reason?: string;
}

interface ProbeOptions {
  readonly timeoutMs: number;
  readonly now: () => number;
}

/** Asks `/healthz`, which needs no token. */
export async function probeGateway(url: string, { timeoutMs, now }: ProbeOptions): Promise<GatewayProbe> {
  const startedAt = now();
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(timeoutMs) });
    await response.body?.cancel();
    const { ok, status } = response;
    const running = ok && response.headers.has('x-openclaw-gateway');
    const reason = ok && !running ? 'another program answers at this address' : undefined;
    return { url, running, status, latencyMs: now() - startedAt, ...(reason !== undefined && { reason }) };
  } catch (error) {
    return { url, running: false, reason: describeSilence(error, { timeoutMs }) };
  }
}

function describeSilence(error: unknown, { timeoutMs }: { timeoutMs: number }): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return `no response within ${timeoutMs} ms`;
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  return code === 'ECONNREFUSED' ? 'connection refused' : cause instanceof Error ? cause.message : error.message;
}
