import type { Exchange } from './exchange.ts';
import type { RunSettings } from './run-settings.ts';
import type { Script } from './script.ts';
import type { ServerContext } from './server-context.ts';
import type { CompleteModel } from './simulated-model.ts';

/** Runs once the model is loaded with the window of the settings and has a free slot, and releases the slot. */
export async function withSlot(
  answer: (slot: { loadMs: number; read: (prompt: string) => number }) => Promise<void>,
  {
    model,
    exchange: { page, signal },
    context,
    settings,
    script = {},
  }: {
    model: CompleteModel;
    exchange: Exchange;
    context: ServerContext;
    settings: Pick<RunSettings, 'contextLength' | 'keepAliveMs'>;
    script?: Pick<Script, 'loadMs' | 'load' | 'blocksSlot'>;
  },
): Promise<void> {
  const { contextLength, keepAliveMs } = settings;
  const { loadMs, release, read, block } = await context.scheduler.acquire(model, {
    signal,
    contextLength,
    keepAliveMs,
    reload: script,
    onPhase: (phase) => page.note({ phase }),
  });
  try {
    page.note({ phase: 'replying' });
    await answer({ loadMs, read });
  } finally {
    if (script.blocksSlot === true) block();
    else release();
  }
}
