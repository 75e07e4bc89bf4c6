import type { ClusterStatus } from '@openclaw/cluster-store';
import { commandsForHidden, findModelProblem } from '@openclaw/runtime/internal';
import type { Exchange, GatewayContext } from '../gateway-context.ts';
import { sendReply } from '../http/send-reply.ts';

/**
 * `GET /healthz`: the process is alive and takes requests off the network. The header tells it from other servers that
 * answer there, such as the gateway of the original OpenClaw on the same port.
 */
export function health(exchange: Exchange): void {
  sendReply(exchange, { headers: ['x-openclaw-gateway', 'local-models'], body: '{"ok":true,"status":"live"}' });
}

/**
 * `GET /readyz`: whether a chat could be answered, why not, and which providers have a problem. Only the owner sees the
 * details, since they name addresses and models.
 */
export async function readiness(exchange: Exchange, context: GatewayContext): Promise<void> {
  const { runtime, cluster, draining, uptimeMs } = context;
  const { models, hidden, problems } = await runtime.inventory({ signal: exchange.signal });
  const failing = [...new Set(problems.map(({ provider }) => provider)), ...(draining() ? ['shutting-down'] : [])];
  const usable = models.some((model) => model.source !== 'assumed' && findModelProblem(model, problems) === undefined);
  const ready = usable && !draining();
  const body = JSON.stringify({
    ready,
    ...(!ready && { reason: draining() ? 'shutting-down' : (problems[0]?.code ?? 'no-models') }),
    failing,
    uptimeMs: uptimeMs(),
    // A gateway that is alone serves requests, too.
    ...(cluster && { cluster: describeCluster(cluster.status(), exchange) }),
    ...(exchange.sender.isOwner && { problems }),
    ...(exchange.sender.isOwner &&
      !usable && {
        hidden: hidden.map(({ ref, code, reason }) => ({ ref, code, reason })),
        nextCommands: commandsForHidden(hidden),
      }),
  });
  sendReply(exchange, { status: ready ? 200 : 503, body });
}

function describeCluster({ state, reason, members }: ClusterStatus, { sender }: Exchange): object {
  return sender.isOwner ? { state, reason, members } : { state };
}

/** `GET /metrics`, for Prometheus. */
export function metrics(exchange: Exchange, context: GatewayContext): void {
  sendReply(exchange, { contentType: 'text/plain; version=0.0.4; charset=utf-8', body: context.renderMetrics() });
}
