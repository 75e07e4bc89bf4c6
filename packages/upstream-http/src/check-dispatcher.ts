import { ProviderError } from '@openclaw/provider';
import type { Dispatcher } from 'undici';

/**
 * Checks that a dispatcher can send requests. Under Bun `import { Agent } from 'undici'` gives one that cannot.
 * @throws {ProviderError} `invalid-request` when it has no `dispatch`
 */
export function checkDispatcher(
  dispatcher: Pick<Dispatcher, 'dispatch'>,
  { provider }: { readonly provider: string },
): void {
  if (typeof dispatcher.dispatch === 'function') return;
  const message = `The dispatcher of provider ${provider} has no \`dispatch\`. Bun replaces the package undici with a part of it: use \`openConnectionPool()\`, or import the dispatcher from 'undici/index.js'.`;
  throw new ProviderError('invalid-request', message, { provider });
}
