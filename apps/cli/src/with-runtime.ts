import type { LoadedConfig } from '@openclaw/config';
import type { Runtime } from '@openclaw/runtime/internal';
import type { Host } from './host.ts';
import { loadHostConfig } from './load-host-config.ts';

interface WithRuntimeOptions<Result> {
  readonly use: (runtime: Runtime) => Promise<Result>;
  /** Adjusts the configuration for this run only. */
  readonly adjust?: (loaded: LoadedConfig) => LoadedConfig;
}

/** Creates the runtime for the current configuration, and always closes it after use. */
export async function withRuntime<Result>(
  host: Host,
  { use, adjust = (loaded) => loaded }: WithRuntimeOptions<Result>,
): Promise<Result> {
  const runtime = await host.createRuntime(adjust(await loadHostConfig(host, { mustExist: true })));
  try {
    return await use(runtime);
  } finally {
    await runtime.close();
  }
}
