import { truncateSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '@openclaw/config';
import type { LoadedConfig } from '@openclaw/config';
import { expect, onTestFinished, test } from 'vitest';
import { scriptedRuntime } from '../../test/scripted-runtime.ts';
import { planGatewaySettings } from '../gateway-settings.ts';
import type { GatewaySettings } from '../gateway-settings.ts';
import { createConfigReloader } from './create-config-reloader.ts';
import type { Changed } from './create-reload-queue.ts';

test('a program that empties a file before it writes it anew, at any moment, puts nothing in between in force', async () => {
  for (let seed = 1; seed <= 15; seed += 1) {
    const reloading = await start();
    const random = createRandom(seed);
    const versions = ['ollama/first', ...Array.from({ length: 12 }, (_, index) => `ollama/m${'x'.repeat(index)}`)];
    const steps = versions
      .slice(1)
      .flatMap((model) => [() => truncateSync(reloading.file), () => writeFileSync(reloading.file, configOf(model))]);
    const mayStep = () => {
      if (random() < 0.4) steps.shift()?.();
    };
    reloading.onSleep = mayStep;
    reloading.aroundLoad = mayStep;
    while (steps.length > 0) {
      mayStep();
      reloading.change('configuration');
      await reloading.idle();
    }
    reloading.change('configuration');
    await reloading.idle();
    expect(reloading.models).toEqual(reloading.models.filter((model) => versions.includes(model)));
    expect(reloading.models.at(-1)).toBe(versions.at(-1));
    expect(reloading.reloader.state().problem).toBeUndefined();
  }
});

test('a file that keeps changing is reported when a minute has passed, and read when it is quiet', async () => {
  const reloading = await start();
  let writes = 0;
  reloading.onSleep = () => {
    writeFileSync(reloading.file, configOf(`ollama/m${(writes += 1)}`));
    if (writes === 20) reloading.passMinute();
  };
  reloading.change('configuration');
  await reloading.idle();
  expect(reloading.models).toEqual([]);
  expect(reloading.reloader.state().problem).toContain('took longer than 60 s');
  reloading.onSleep = undefined;
  reloading.change('configuration');
  await reloading.idle();
  expect(reloading.models).toEqual([`ollama/m${writes}`]);
  expect(reloading.reloader.state().problem).toBeUndefined();
});

test('a reading that never ends does not keep the next from running, and counts for nothing when it ends after all', async () => {
  const reloading = await start();
  const late = Promise.withResolvers<LoadedConfig>();
  const begun = Promise.withResolvers<void>();
  reloading.load = () => (begun.resolve(), late.promise);
  reloading.change('configuration');
  await begun.promise;
  reloading.passMinute();
  await reloading.idle();
  expect(reloading.reloader.state().problem).toContain('took longer than 60 s');
  reloading.load = undefined;
  await writeFile(reloading.file, configOf('ollama/next'));
  reloading.change('configuration');
  await reloading.idle();
  late.resolve(reloading.before);
  await reloading.idle();
  expect(reloading.models).toEqual(['ollama/next']);
});

test('a reading that fails for whatever reason does not keep the next from running', async () => {
  const reloading = await start();
  reloading.load = () => Promise.reject(new TypeError('a bug'));
  reloading.change('credentials');
  await reloading.idle();
  expect(reloading.logged).toEqual(['bug']);
  reloading.load = undefined;
  reloading.change('configuration');
  await reloading.idle();
  expect(reloading.models).toEqual(['ollama/first']);
});

test('many changes during a reload lead to one more', async () => {
  const reloading = await start();
  let loads = 0;
  reloading.aroundLoad = () => {
    loads += 1;
    if (loads === 1) for (let change = 0; change < 100; change += 1) reloading.change('configuration');
  };
  reloading.change('configuration');
  await reloading.idle();
  expect(reloading.models).toHaveLength(2);
});

test('a reload that runs when the gateway stops puts nothing in force and is no failure', async () => {
  const reloading = await start();
  reloading.aroundLoad = () => reloading.reloader.stop();
  reloading.change('configuration');
  await reloading.idle();
  expect(reloading.models).toEqual([]);
  expect(reloading.logged).toEqual([]);
});

test('a file that comes to be included is held to be stable before it is read', async () => {
  const reloading = await start();
  const part = join(reloading.stateDir, 'part.json5');
  writeFileSync(reloading.file, '{ agents: { $include: "./part.json5" } }');
  writeFileSync(part, '{ defaults: {} }');
  let loads = 0;
  reloading.aroundLoad = () => {
    loads += 1;
    // While it is read for the first time, it is not known to take part.
    if (loads === 2) writeFileSync(part, '{ defaults: { model: "ollama/part" } }');
  };
  reloading.change('configuration');
  await reloading.idle();
  expect(reloading.models).toEqual(['ollama/part']);
});

const configOf = (model: string) => JSON.stringify({ agents: { defaults: { model } } });

/** A reloader over a real file, with changes that the test reports and a clock that stands still. */
async function start() {
  const stateDir = await mkdtemp(join(tmpdir(), 'openclaw-reload-'));
  onTestFinished(() => rm(stateDir, { recursive: true }));
  const file = join(stateDir, 'openclaw.json');
  await writeFile(file, configOf('ollama/first'));
  const read = () => loadConfig({ env: { OPENCLAW_STATE_DIR: stateDir }, cwd: stateDir });
  const before = await read();
  const models: string[] = [];
  const logged: string[] = [];
  const runtime = scriptedRuntime(undefined, { loaded: before, reload });
  function reload(loaded: LoadedConfig) {
    Object.assign(runtime, { loaded });
    models.push(loaded.config.agents.defaults.model as string);
  }
  let settings: GatewaySettings = planGatewaySettings(before);
  const onChange: (() => void)[] = [];
  const minutes = new Set<() => void>();
  const log = (_: object, message: string) => void (message === 'bug' && logged.push(message));
  const reloader = createConfigReloader({
    runtime,
    async loadConfig() {
      controls.aroundLoad?.();
      const loaded = await (controls.load ?? read)();
      controls.aroundLoad?.();
      return loaded;
    },
    logger: { debug: log, info: log, warn: log, error: log },
    now: () => 0,
    settings: () => settings,
    overrides: {},
    onSettings: (next) => void (settings = next),
    watch(_, options) {
      onChange.push(options.onChange);
      return () => {};
    },
    clock: {
      sleep(ms, { signal }) {
        if (ms < 60_000) {
          controls.onSleep?.();
          return Promise.resolve();
        }
        return new Promise<void>((resolve, reject) => {
          minutes.add(resolve);
          signal.addEventListener('abort', () => {
            minutes.delete(resolve);
            reject(signal.reason as Error);
          });
        });
      },
    },
  });
  const controls: {
    load: (() => Promise<LoadedConfig>) | undefined;
    aroundLoad: (() => void) | undefined;
    onSleep: (() => void) | undefined;
  } = { load: undefined, aroundLoad: undefined, onSleep: undefined };
  reloader.start();
  return Object.assign(controls, {
    stateDir,
    file,
    before,
    models,
    logged,
    reloader,
    change: (what: Changed) => onChange[what === 'configuration' ? 0 : 1]?.(),
    passMinute: () => [...minutes].forEach((pass) => pass()),
    /** Until no reload runs: each waits for its minute. */
    async idle() {
      do await new Promise((resolve) => setImmediate(resolve));
      while (minutes.size > 0);
    },
  });
}

/** The same numbers for the same seed (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
