import type { System } from './host.ts';
import type { openOutput } from './open-output.ts';
import { runCli } from './run-cli.ts';

/** The functions that the entry point has already loaded. */
interface Entry extends Pick<System, 'readVersion'> {
  readonly openOutput: typeof openOutput;
}

/** Runs a command line with the real outputs, environment and clock; resolves to the exit code. */
export function runOnThisMachine(argv: readonly string[], { openOutput: open, readVersion }: Entry): Promise<number> {
  return runCli(argv, {
    env: process.env,
    cwd: process.cwd(),
    process: {
      platform: process.platform,
      execPath: process.execPath,
      execArgv: process.execArgv,
      script: process.argv[1] ?? '',
      userId: process.getuid?.(),
    },
    openStdin: () => process.stdin,
    stdout: open(1),
    stderr: open(2),
    readVersion,
    now: Date.now,
    interruption: listenForInterruption,
    createRuntime: async (loaded) => (await import('@openclaw/runtime/internal')).createRuntime({ loaded }),
  });
}

function listenForInterruption(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => controller.abort(signal));
  }
  return controller.signal;
}
