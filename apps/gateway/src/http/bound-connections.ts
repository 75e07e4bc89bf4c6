import { readFileSync } from 'node:fs';

/** How many descriptors this process may have open; `Infinity` where the system does not say. */
export function readDescriptorLimit(path = '/proc/self/limits'): number {
  try {
    const soft = /^Max open files +(\d+)/m.exec(readFileSync(path, 'utf8'))?.[1];
    return soft === undefined ? Infinity : Number(soft);
  } catch {
    return Infinity;
  }
}

/** Half of the descriptors stay free for connections to upstreams, files and logs. */
export function boundConnections(wanted: number, descriptorLimit: number): number {
  return Math.max(1, Math.min(wanted, Math.floor(descriptorLimit / 2)));
}
