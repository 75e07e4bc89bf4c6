import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file system of a few hundred kilobytes, which is easily filled. */
export interface TinyDisk {
  readonly directory: string;
  /** Leaves no room. */
  fill(): void;
  free(): void;
  unmount(): void;
}

/** Mounts the file system; `undefined` where that is not allowed (it takes root and Linux). */
export function mountTinyDisk(directory: string): TinyDisk | undefined {
  mkdirSync(directory, { recursive: true });
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', directory]);
  if (mounted.status !== 0) return undefined;
  const filler = join(directory, 'filler');
  const unmount = () => {
    process.off('exit', unmount);
    spawnSync('umount', ['-l', directory]);
  };
  process.once('exit', unmount);
  return {
    directory,
    fill() {
      try {
        writeFileSync(filler, Buffer.alloc(1024 * 1024));
      } catch {
        // The disk is full, as intended.
      }
    },
    // The log itself fills the disk in time, and truncating is what log rotation does.
    free() {
      rmSync(filler, { force: true });
      writeFileSync(join(directory, 'gateway.log'), '');
    },
    unmount,
  };
}
