import type { ModelCatalog } from './model-catalog.ts';
import type { CandidateRole } from './plan.ts';
import type { PlanInput } from './plan-input.ts';
import { tryResolve } from './try-resolve.ts';

/** A preferred name and its role. */
export interface WantedName {
  readonly name: string;
  readonly role: CandidateRole;
  /** The role, for messages. */
  readonly text: string;
}

/** The names of all possible candidates in the order of preference. */
export function preferenceOrder(input: PlanInput): WantedName[] {
  const { catalog, primary, fallbacks = [], requested, allowFallbacks = false, imageModel = {}, needs = {} } = input;
  const first = wantOne(primary, { role: 'primary', text: 'the primary model' });
  const rest = wantEach(fallbacks, { role: 'fallback', text: 'fallback' });
  const named = wantOne(requested, { role: 'requested', text: 'named in the request' });
  if (named.length > 0 && !allowFallbacks) return named;
  const order = named.length > 0 ? [...named, ...rest, ...first] : [...first, ...rest];
  if (needs.images !== true) return order;
  const images = [
    ...wantOne(imageModel.primary, { role: 'image-primary', text: 'the image model' }),
    ...wantEach(imageModel.fallbacks ?? [], { role: 'image-fallback', text: 'image fallback' }),
  ];
  return acceptsImages(order[0], catalog) ? [...order, ...images] : [...images, ...order];
}

function wantOne(name: string | undefined, as: Omit<WantedName, 'name'>): WantedName[] {
  return name === undefined ? [] : [{ name, ...as }];
}

function wantEach(names: readonly string[], { role, text }: Omit<WantedName, 'name'>): WantedName[] {
  return names.map((name, index) => ({ name, role, text: `${text} ${index + 1} of ${names.length}` }));
}

function acceptsImages(wanted: WantedName | undefined, catalog: ModelCatalog): boolean {
  if (wanted === undefined) return false;
  const resolved = tryResolve(wanted.name, { catalog });
  return 'model' in resolved && resolved.model.input.includes('image');
}
