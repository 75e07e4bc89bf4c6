import type { Plan } from '@openclaw/model-selection';
import type { Catalog } from './build-catalog.ts';
import type { ProviderSetup } from './provider-setup.ts';
import type { RuntimeNeeds } from './request-needs.ts';
import type { SelectionQuery } from './selection-names.ts';

/** What a plan depends on besides the catalog. */
export interface PlanKey {
  readonly query: SelectionQuery & { readonly allowFallbacks?: boolean | undefined };
  readonly needs?: RuntimeNeeds | undefined;
}

/** A cached plan and its inputs. */
export interface KnownPlan extends PlanKey {
  readonly plan: Plan;
  readonly catalog: Catalog;
  /** The servers whose lists are refreshed in the background when they are too old. */
  readonly refreshes: readonly ProviderSetup[];
}

/** Clients can use any name, and spell those of agents in many ways. */
const MAX_MODELS = 100;
const MAX_PLANS_PER_MODEL = 50;

/** The plans of a session. They are found by model first: a key of all fields would be put together for each request. */
export class PlanCache {
  readonly #byModel = new Map<string | undefined, KnownPlan[]>();

  find(key: PlanKey): KnownPlan | undefined {
    return this.#byModel.get(key.query.model)?.find((plan) => isSame(plan, key));
  }

  /** Replaces the plan of an equal key. */
  set(plan: KnownPlan): void {
    const { model } = plan.query;
    const others = (this.#byModel.get(model) ?? []).filter((known) => !isSame(known, plan));
    if (others.length === 0 && this.#byModel.size >= MAX_MODELS) this.#byModel.clear();
    this.#byModel.set(model, [...others.slice(1 - MAX_PLANS_PER_MODEL), plan]);
  }
}

function isSame(
  { query: a, needs: { tools, images, imagesOptional } = {} }: PlanKey,
  { query: b, needs = {} }: PlanKey,
): boolean {
  return (
    a.agent === b.agent &&
    a.allowFallbacks === b.allowFallbacks &&
    tools === needs.tools &&
    images === needs.images &&
    imagesOptional === needs.imagesOptional
  );
}
