import type { LoadedConfig } from '@openclaw/config';
import type { CreateTelemetryOptions } from './create-telemetry.ts';
import { planTelemetry } from './plan-telemetry.ts';
import type { Telemetry } from './telemetry.ts';

export interface LoadTelemetryOptions extends Omit<CreateTelemetryOptions, 'plan'> {
  readonly loaded: LoadedConfig;
}

/** Loads the SDK of OpenTelemetry if the configuration or a variable asks for it. What is wrong with them is logged. */
export async function loadTelemetry({ loaded, ...options }: LoadTelemetryOptions): Promise<Telemetry | undefined> {
  const { plan, problems } = planTelemetry(loaded);
  for (const problem of problems) options.logger.warn({ problem }, 'telemetry is not exported');
  if (plan === undefined) return undefined;
  try {
    const { createTelemetry } = await import('./create-telemetry.ts');
    return createTelemetry({ ...options, plan });
  } catch (error) {
    // Models are served without telemetry, too.
    options.logger.error({ err: error }, 'telemetry could not be started');
    return undefined;
  }
}
