import { setTimeout as delay } from 'node:timers/promises';

/** Calls `read` until it returns something. The deadline is for broken code alone. */
export async function waitUntil<Value>(
  what: string,
  read: () => Value | undefined | Promise<Value | undefined>,
): Promise<Value> {
  const deadline = performance.now() + 45_000;
  for (;;) {
    const value = await read();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > deadline) throw new Error(`Waited too long until ${what}.`);
    await delay(20);
  }
}
