import { failArgument } from '@openclaw/provider';

/**
 * Checks the models of `createModelCatalog`, for callers in plain JavaScript.
 * @throws {TypeError} naming what came, and what is expected
 */
export function checkModels(models: unknown): void {
  const caller = 'createModelCatalog';
  const one = 'of `createCatalogModel(…)`';
  if (!Array.isArray(models))
    failArgument(caller, { path: 'models', value: models, expected: `an array of models ${one}` });
  const wrong = models.findIndex((model) => typeof fieldOf(model, 'ref') !== 'string');
  if (wrong !== -1)
    failArgument(caller, { path: `models[${wrong}]`, value: models[wrong], expected: `a model ${one}` });
}

/**
 * Checks the catalog of `planCandidates`, for callers in plain JavaScript.
 * @throws {TypeError} naming what came, and what is expected
 */
export function checkPlanInput(input: unknown): void {
  const catalog = fieldOf(input, 'catalog');
  if (typeof fieldOf(catalog, 'resolve') === 'function') return;
  failArgument('planCandidates', {
    path: 'input.catalog',
    value: catalog,
    expected: 'a catalog of `createModelCatalog(models)`',
  });
}

/**
 * Checks the selection of `streamWithFallback`, for callers in plain JavaScript.
 * @throws {TypeError} naming what came, and what is expected
 */
export function checkSelection(selection: unknown): void {
  if (typeof selection === 'function') return;
  const caller = 'streamWithFallback';
  const [plan, ask] = [fieldOf(selection, 'plan'), fieldOf(selection, 'ask')];
  if (!Array.isArray(fieldOf(plan, 'candidates')))
    failArgument(caller, { path: 'selection.plan', value: plan, expected: 'a plan of `planCandidates(…)`' });
  if (typeof ask !== 'function') {
    const expected =
      'a function that asks a model, such as (model, { signal }) => provider.stream(request, { signal })';
    failArgument(caller, { path: 'selection.ask', value: ask, expected });
  }
}

function fieldOf(value: unknown, field: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return field in value ? Reflect.get(value, field) : undefined;
}
