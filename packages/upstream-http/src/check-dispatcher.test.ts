import { ProviderError } from '@openclaw/provider';
import { Agent } from 'undici';
import { expect, onTestFinished, test } from 'vitest';
import { checkDispatcher } from './check-dispatcher.ts';

test('a dispatcher that cannot send requests, like that of Bun, is refused with what to do', () => {
  const stub: any = new (class {})();
  const check = () => checkDispatcher(stub, { provider: 'ollama' });

  expect(check).toThrow(ProviderError);
  expect(check).toThrow(/provider ollama has no `dispatch`.*openConnectionPool/);
});

test('a dispatcher of undici is accepted', () => {
  const agent = new Agent();
  onTestFinished(() => agent.destroy());

  expect(() => checkDispatcher(agent, { provider: 'ollama' })).not.toThrow();
});
