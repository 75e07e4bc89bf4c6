import { spawnSync } from 'node:child_process';
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { OpenClawConfigInput } from '@openclaw/config';
import type { Random } from '../create-random.ts';

/** The gateway's configuration file, for good and for bad edits. */
export interface ConfigFile {
  /** Makes one edit, leaves it for a while, and puts the good configuration back. */
  edit(options: { readonly random: Random; readonly forMs: number }): Promise<void>;
  /** Writes a good configuration that differs from the one before. */
  writeChanged(): void;
}

export function createConfigFile(path: string, good: OpenClawConfigInput): ConfigFile {
  let version = 0;
  const text = () => JSON.stringify({ ...good, env: { vars: { SOAK_VERSION: String(version) } } }, undefined, 2);

  function writeChanged(): void {
    version++;
    const next = `${path}.next`;
    writeFileSync(next, text());
    renameSync(next, path);
  }

  const edits: readonly ((forMs: number) => Promise<unknown>)[] = [
    async () => writeChanged(),
    async () => writeFileSync(path, text().slice(0, 200)),
    async () => writeFileSync(path, ''),
    async () => writeFileSync(path, '// nothing\n'),
    async () => writeFileSync(path, '\u0000\u0001\u0002'),
    async () => writeFileSync(path, JSON.stringify({ ...good, gateway: { ...good.gateway, auth: undefined } })),
    async () => rmSync(path, { force: true }),
    async () => {
      rmSync(path, { force: true });
      spawnSync('mkfifo', [path]);
    },
    async (forMs) => {
      for (let waited = 0; waited < forMs; waited += 50) {
        version++;
        writeFileSync(path, text());
        await sleep(50);
      }
    },
  ];
  // Every edit once before one occurs again: a short run shall meet most of them.
  let order: typeof edits = [];

  writeChanged();
  return {
    async edit({ random, forMs }) {
      if (order.length === 0) order = random.shuffle(edits);
      const [next, ...later] = order;
      order = later;
      await next?.(forMs);
      await sleep(forMs);
      writeChanged();
    },
    writeChanged,
  };
}
