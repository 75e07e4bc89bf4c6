import type { Exchange } from './exchange.ts';
import type { Script } from './script.ts';
import type { ServerContext } from './server-context.ts';
import type { CompleteModel } from './simulated-model.ts';

/** Runs once the model is loaded and has a free slot, and always releases the slot. */
export async function withSlot(
  answer: () => Promise<void>,
  {
    model,
    exchange: { page, signal },
    context,
    reload,
  }: {
    model: CompleteModel;
    exchange: Exchange;
    context: ServerContext;
    reload?: Pick<Script, 'loadMs' | 'load'>;
  },
): Promise<void> {
  const giveBack = await context.scheduler.acquire(model, { signal, reload, onPhase: (phase) => page.note({ phase }) });
  try {
    page.note({ phase: 'replying' });
    await answer();
  } finally {
    giveBack();
  }
}
