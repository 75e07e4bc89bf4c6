import type { CatalogModel } from './catalog-model.ts';
import type { ModelCatalog } from './model-catalog.ts';
import { ModelSelectionError } from './model-selection-error.ts';
import type { LeftOutCandidate, LeftOutCode } from './plan.ts';
import type { RequestNeeds } from './plan-input.ts';

/** The maximum number of suitable models in an error. */
const MAX_CANDIDATES = 5;

interface NoCandidate {
  readonly leftOut: readonly LeftOutCandidate[];
  readonly errors: readonly ModelSelectionError[];
  readonly catalog: ModelCatalog;
  readonly needs: RequestNeeds;
}

/** The error of a request without a candidate: the reasons, and suitable models. */
export function noCandidateError({ leftOut, errors, catalog, needs }: NoCandidate): ModelSelectionError {
  const [first, ...others] = leftOut;
  const candidates = catalog.models
    .filter((model) => isSuitable(model, needs))
    .map(({ ref }) => ref)
    .slice(0, MAX_CANDIDATES);
  if (first === undefined) {
    const message = `No model is configured. ${describeCandidates(candidates)}`;
    return new ModelSelectionError('no-model-configured', message, { candidates });
  }
  const [onlyError] = errors;
  if (onlyError !== undefined && others.length === 0) return onlyError;
  const reasons = [...new Set(leftOut.map(({ reason }) => reason.text))].join(' ');
  return new ModelSelectionError(codeOf(leftOut), `${reasons} ${describeCandidates(candidates)}`, {
    wanted: first.name,
    candidates,
    leftOut,
    ...(onlyError === undefined ? {} : { cause: onlyError }),
  });
}

type NoCandidateCode = 'no-image-model' | 'no-tool-model' | 'no-usable-model';

const CODE: Record<LeftOutCode, NoCandidateCode> = {
  'no-images': 'no-image-model',
  'no-tools': 'no-tool-model',
  unknown: 'no-usable-model',
};

/** A missing capability is more specific than an unknown name, and images are rarer than tools. */
function codeOf(leftOut: readonly LeftOutCandidate[]): NoCandidateCode {
  const codes = new Set(leftOut.map(({ reason }) => reason.code));
  if (codes.has('no-images')) return CODE['no-images'];
  return codes.has('no-tools') ? CODE['no-tools'] : CODE.unknown;
}

function isSuitable(model: CatalogModel, { tools = false, images = false }: RequestNeeds): boolean {
  return (!tools || model.tools === true) && (!images || model.input.includes('image'));
}

function describeCandidates(candidates: readonly string[]): string {
  return candidates.length === 0 ? 'No known model is suitable.' : `Suitable models: ${candidates.join(', ')}.`;
}
