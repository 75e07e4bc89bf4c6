import { isProviderError } from '@openclaw/provider';
import type { Runtime } from '@openclaw/runtime/internal';
import type { Connection } from './client-setup.ts';

export interface DescribeConnectionOptions {
  /** Of the gateway, without a path. */
  readonly url: string;
  readonly hasToken: boolean;
  /** A name to ask for. @default 'openclaw' */
  readonly model?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Stands for the token wherever the set-up is only shown. */
export const TOKEN_PLACEHOLDER = 'YOUR_GATEWAY_TOKEN';

/** Assumed for a model that cannot be found now. */
const ASSUMED_WINDOW = 32_768;

/** What clients need to know of a gateway, with the window of the model that they will ask. */
export async function describeConnection(
  runtime: Pick<Runtime, 'findModel'>,
  { url, hasToken, model = 'openclaw', signal }: DescribeConnectionOptions,
): Promise<Connection> {
  const key = hasToken ? TOKEN_PLACEHOLDER : 'unused';
  return { url, key, model, contextWindow: await findWindow() };

  async function findWindow(): Promise<number> {
    try {
      return (await runtime.findModel(model, { signal })).contextWindow;
    } catch (error) {
      if (isProviderError(error) && signal?.aborted !== true) return ASSUMED_WINDOW;
      throw error;
    }
  }
}
