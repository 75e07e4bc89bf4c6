import type { Plan } from '@openclaw/model-selection';
import type { ExplainedContext, Explanation } from '../runtime.ts';
import type { Session } from '../session.ts';
import { explainContext } from './ask-ollama.ts';
import type { OllamaFacts } from './ask-ollama.ts';

export interface ExplainPlanOptions extends OllamaFacts {
  readonly session: Session;
  readonly promptTokens: number;
}

/** Adds the planned context to the candidates of Ollama servers. */
export async function explainPlan(plan: Plan, { session, ...options }: ExplainPlanOptions): Promise<Explanation> {
  const contexts = new Map<string, ExplainedContext>();
  await Promise.all(
    plan.candidates.map(async ({ model }) => {
      const { setup, ...settings } = session.setupOf(model);
      if (setup?.server !== 'ollama') return;
      const { plan: planned, window } = await explainContext({ ...settings, setup, model }, options);
      contexts.set(model.ref, { window: Number.isFinite(window) ? window : undefined, plan: planned });
    }),
  );
  return { ...plan, contexts };
}
