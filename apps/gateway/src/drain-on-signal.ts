import type { Gateway } from './start-gateway.ts';

export interface DrainOnSignalOptions {
  /** @default process */
  readonly signals?: Pick<NodeJS.Process, 'on' | 'off'> | undefined;
}

/**
 * Waits for a signal that stops the process (SIGTERM, or Ctrl-C) and drains the gateway; a second signal ends what still
 * runs. Resolves when the gateway is closed, so that the process can exit with 0.
 */
export async function drainOnSignal(gateway: Gateway, { signals = process }: DrainOnSignalOptions = {}): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    let asked = false;
    const stop = () => {
      const done = asked ? gateway.close() : gateway.drain();
      asked = true;
      done.then(() => {
        signals.off('SIGTERM', stop);
        signals.off('SIGINT', stop);
        resolve();
      }, reject);
    };
    signals.on('SIGTERM', stop);
    signals.on('SIGINT', stop);
  });
}
