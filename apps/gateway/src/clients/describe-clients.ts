import type { GatewayContext } from '../gateway-context.ts';
import type { ClientLoad } from './client-limiter.ts';
import { OWNER } from './client.ts';
import type { Client, ClientLimits } from './client.ts';
import type { ClientUsage } from './client-usage.ts';
import type { KnownClient } from './plan-clients.ts';

/** A client as `/status` shows it: never its token, nor the hash of it. */
export interface DescribedClient extends ClientUsage, ClientLoad {
  readonly name: string;
  readonly models?: readonly string[];
  readonly limits?: ClientLimits;
  readonly priority?: Client['priority'];
}

/** The owner and the configured clients, and what they use. None on a gateway that has only an owner. */
export async function describeClients({
  settings,
  clientLimiter,
  clientUsages,
}: GatewayContext): Promise<readonly DescribedClient[]> {
  const { clients } = settings();
  if (clients.length === 0) return [];
  const all: readonly (Client & Partial<KnownClient>)[] = [OWNER, ...clients];
  return Promise.all(
    all.map(async (client) => {
      const { name, models, limits, priority } = client;
      return {
        name,
        ...(models && { models }),
        ...(limits && { limits }),
        ...(priority && { priority }),
        ...clientUsages.of(name),
        ...(await clientLimiter.load(client)),
      };
    }),
  );
}
