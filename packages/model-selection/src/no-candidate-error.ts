import type { CatalogModel } from './catalog-model.ts';
import type { ModelCatalog } from './model-catalog.ts';
import { ModelSelectionError } from './model-selection-error.ts';
import type { LeftOutCandidate, LeftOutCode, RequestNeeds } from './plan.ts';

/** How many models that would do are named. */
const mostExamples = 5;

const nothingWouldDo =
  'No known model would do: fetch one, or declare it under models.providers.<id>.models; openclaw models list shows what there is.';

interface NoCandidate {
  readonly leftOut: readonly LeftOutCandidate[];
  readonly errors: readonly ModelSelectionError[];
  readonly catalog: ModelCatalog;
  readonly needs: RequestNeeds;
}

/** Why there is nobody to ask, and how to change that. */
export function noCandidateError({ leftOut, errors, catalog, needs }: NoCandidate): ModelSelectionError {
  const [first, ...others] = leftOut;
  const able = catalog.models.filter((model) => isAble(model, needs)).map(({ ref }) => ref);
  const candidates = able.slice(0, mostExamples);
  if (first === undefined) {
    const message =
      candidates.length === 0
        ? 'No model is configured, and none is known. Name one in agents.defaults.model; openclaw models list shows what there is.'
        : `No model is configured. ${examples(candidates, 'Choose one: openclaw models set')}`;
    return new ModelSelectionError('no-model-configured', message, { candidates });
  }
  const [onlyError] = errors;
  if (onlyError !== undefined && others.length === 0) return onlyError;
  const code = codeOf(leftOut);
  const reasons = [...new Set(leftOut.map(({ reason }) => reason.text))].join(' ');
  const advice = first.role === 'requested' ? instead(candidates) : ADVICE[code](candidates);
  return new ModelSelectionError(code, `${reasons} ${advice}`, {
    wanted: first.name,
    candidates,
    ...(onlyError === undefined ? {} : { cause: onlyError }),
  });
}

type NoCandidateCode = 'no-image-model' | 'no-tool-model' | 'no-usable-model';

const CODE: Record<LeftOutCode, NoCandidateCode> = {
  'no-images': 'no-image-model',
  'no-tools': 'no-tool-model',
  unknown: 'no-usable-model',
};

const ADVICE: Record<NoCandidateCode, (able: readonly string[]) => string> = {
  'no-image-model': (able) =>
    examples(able, 'Set a model that takes images: openclaw config set agents.defaults.imageModel.primary'),
  'no-tool-model': (able) => examples(able, 'Set a model that calls tools: openclaw models set'),
  'no-usable-model': (able) => examples(able, 'Set a model that there is: openclaw models set'),
};

/** A capability that is missing tells more than a name that is wrong, and images are rarer than tools. */
function codeOf(leftOut: readonly LeftOutCandidate[]): NoCandidateCode {
  const codes = new Set(leftOut.map(({ reason }) => reason.code));
  if (codes.has('no-images')) return CODE['no-images'];
  return codes.has('no-tools') ? CODE['no-tools'] : CODE.unknown;
}

function isAble(model: CatalogModel, { tools = false, images = false }: RequestNeeds): boolean {
  return (!tools || model.tools === true) && (!images || model.input.includes('image'));
}

function instead(able: readonly string[]): string {
  return able.length === 0 ? nothingWouldDo : `Name one of these instead, or none: ${able.join(', ')}.`;
}

function examples(able: readonly string[], command: string): string {
  const [first] = able;
  if (first === undefined) return nothingWouldDo;
  return `${command} ${first}. Models that would do: ${able.join(', ')}.`;
}
