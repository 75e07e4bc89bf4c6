import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { killAtExit } from '../kill-at-exit.ts';
import { sendToChild } from '../process-messages.ts';
import type { ClientCommand, ClientReport } from './client-protocol.ts';

/** The clients, in a process of their own. */
export interface Clients {
  send(command: ClientCommand): void;
  /** Ends the load and waits until every request has ended. */
  finish(): Promise<ClientReport>;
  /** Closes the connections that the clients hold. */
  stop(): void;
}

/** Longer than the longest request. */
const FINISH_LIMIT_MS = 90_000;

export function startClients(): Clients {
  const child = fork(join(import.meta.dirname, 'main.ts'), { execArgv: ['--conditions=@openclaw/source'] });
  killAtExit(child);
  const send = (command: ClientCommand) => sendToChild(child, command);
  return {
    send,
    async finish() {
      const reported = once(child, 'message', { signal: AbortSignal.timeout(FINISH_LIMIT_MS) });
      send({ type: 'finish' });
      const [text] = await reported;
      const report: ClientReport = JSON.parse(String(text));
      return report;
    },
    stop: () => void child.kill('SIGKILL'),
  };
}
