import type { Plan, Target } from '@openclaw/model-selection';
import type { Endpoints } from '../balancing/create-endpoints.ts';
import type { ExplainedContext, ExplainedEndpoint, Explanation } from '../runtime.ts';
import type { Session } from '../session.ts';
import { explainContext } from './ask-ollama.ts';
import type { OllamaFacts } from './ask-ollama.ts';

export interface ExplainPlanOptions extends OllamaFacts {
  readonly session: Session;
  readonly promptTokens: number;
  readonly endpoints: Pick<Endpoints, 'explain' | 'refresh'>;
}

/** Adds the planned context to the candidates of Ollama servers, and the choice between endpoints. */
export async function explainPlan(
  plan: Plan,
  { session, endpoints, ...options }: ExplainPlanOptions,
): Promise<Explanation> {
  const contexts = new Map<string, ExplainedContext>();
  await Promise.all(
    plan.candidates.map(async ({ model }) => {
      const { setup, ...settings } = session.setupOf(model);
      if (setup?.server !== 'ollama') return;
      const { plan: planned, window } = await explainContext({ ...settings, setup, model }, options);
      contexts.set(model.ref, { window: Number.isFinite(window) ? window : undefined, plan: planned });
    }),
  );
  const targets = plan.candidates.flatMap((candidate) => candidate.targets ?? []);
  await endpoints.refresh(targets.flatMap((target) => session.setupOf(target).setup ?? []));
  const choices = plan.candidates.flatMap(({ model, targets = [] }) =>
    targets.length === 0 ? [] : [[model.ref, explainEndpoints(targets, { session, endpoints })] as const],
  );
  return { ...plan, contexts, endpoints: new Map(choices) };
}

function explainEndpoints(
  targets: readonly Target[],
  { session, endpoints }: Pick<ExplainPlanOptions, 'session' | 'endpoints'>,
): readonly ExplainedEndpoint[] {
  const { choice, states } = endpoints.explain(targets, { session });
  return targets.flatMap(({ endpoint, endpointName: name }) => {
    const state = states.find((one) => one.endpoint === endpoint);
    if (state === undefined) return [];
    const { weight, circuit, outstanding, queued, residency, loaded } = state;
    const isLoaded = residency === 'unknown' && loaded === undefined ? undefined : loaded !== undefined;
    const chosen = choice?.endpoint === endpoint ? { chosen: choice.reason } : {};
    return [{ name, url: endpoint, weight, circuit, outstanding, queued, loaded: isLoaded, ...chosen }];
  });
}
