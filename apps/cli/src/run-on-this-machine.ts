import { openOutput } from './open-output.ts';
import { runCli } from './run-cli.ts';

/** Carries out a command line with the real outputs, environment and clock; resolves to the exit code. */
export function runOnThisMachine(argv: readonly string[]): Promise<number> {
  return runCli(argv, {
    env: process.env,
    cwd: process.cwd(),
    openStdin: () => process.stdin,
    stdout: openOutput(1),
    stderr: openOutput(2),
    now: Date.now,
    interruption: listenForInterruption,
    createRuntime: async (loaded) => (await import('@openclaw/runtime')).createRuntime({ loaded }),
  });
}

function listenForInterruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => controller.abort(signal));
  }
  return controller.signal;
}
