import type { System } from './host.ts';

/** The machine that the program really runs on. */
export function createSystem(): System {
  return {
    env: process.env,
    cwd: process.cwd(),
    get stdin() {
      return process.stdin;
    },
    stdout: process.stdout,
    stderr: process.stderr,
    now: Date.now,
    interruption: listenForInterruption,
    createRuntime: async (loaded) => (await import('@openclaw/runtime')).createRuntime({ loaded }),
  };
}

function listenForInterruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => controller.abort(signal));
  }
  return controller.signal;
}
