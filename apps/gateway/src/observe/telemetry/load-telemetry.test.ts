import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { expect, test } from 'vitest';

const SOURCE = resolve(import.meta.dirname, '../..');

/** The packages that a module loads, with all that it imports in turn, dynamic imports and types excepted. */
function packagesOf(file: string, seen: Set<string> = new Set()): Set<string> {
  const found = new Set<string>();
  if (seen.has(file) || !existsSync(file)) return found;
  seen.add(file);
  for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(
    /^(?:import|export) (?!type )[^;]*? from '([^']+)';/gm,
  )) {
    if (!name.startsWith('.')) found.add(name);
    else for (const inner of packagesOf(resolve(dirname(file), name), seen)) found.add(inner);
  }
  return found;
}

test('the SDK is loaded by a dynamic import alone, so that nothing of it is loaded without the setting', () => {
  const isSdk = (name: string) => name.startsWith('@opentelemetry/');
  const started = packagesOf(resolve(SOURCE, 'start-gateway.ts'));
  expect([...started]).toContain('@openclaw/runtime/internal');
  expect([...started].filter(isSdk)).toEqual([]);
  expect([...packagesOf(resolve(import.meta.dirname, 'create-telemetry.ts'))].some(isSdk)).toBe(true);
});
