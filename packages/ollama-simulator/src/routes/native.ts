import { findModel } from '../find-model.ts';
import { encodeGoJson } from '../go-json.ts';
import { isJsonObject, type JsonObject, textOf } from '../json-value.ts';
import { parseBody } from '../parse-body.ts';
import type { Release } from '../release.ts';
import { RequestFailure } from '../request-failure.ts';
import type { Route } from '../server-context.ts';
import { type CompleteModel, remoteOf } from '../simulated-model.ts';

const JSON_HEADERS = { 'content-type': 'application/json; charset=utf-8' };
/** Go's longest duration: what `keep_alive: -1` adds to the clock. */
const FOREVER_MS = 292 * 365.25 * 24 * 3600 * 1000;

/** `GET /` and `HEAD /`: identifies the server as simulated. */
export const root: Route = (exchange) =>
  exchange.send(200, {
    body: 'Ollama is running (simulated)',
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  });

/** `GET /api/version`. */
export const version: Route = (exchange, { context }) =>
  exchange.send(200, {
    body: encodeGoJson({ version: `${context.release.version}-simulated` }),
    headers: JSON_HEADERS,
  });

/** `GET /api/tags`. */
export const tags: Route = (exchange, { context: { models, release } }) =>
  exchange.send(200, {
    body: encodeGoJson({ models: models.list().map((model) => encodeListedModel(model, release)) }),
    headers: JSON_HEADERS,
  });

/** `POST /api/show`. */
export const show: Route = async (exchange, { context: { models, release }, request }) => {
  const body = parseBody(request.rawBody, {
    emptyMessage: 'missing request body',
    struct: 'api.ShowRequest',
    foundBy: 'handler',
    fields: { model: { type: 'string', goType: 'string' }, name: { type: 'string', goType: 'string' } },
  });
  const name = textOf(body['model'] ?? body['name']);
  if (name !== '' && !/^\w[\w./:@-]*$/.test(name)) throw new RequestFailure(400, 'invalid model name');
  const model = findModel(name, { models, release, seeker: 'show' });
  await exchange.send(200, { body: encodeGoJson(encodeShownModel(model, release)), headers: JSON_HEADERS });
};

/** `GET /api/ps`. */
export const ps: Route = (exchange, { context: { models, release, scheduler, now } }) => {
  const running = scheduler.running().flatMap(({ name, state, expiresAt, contextLength }) => {
    const model = models.find(name);
    if (model === undefined || !isListed(state, release)) return [];
    return [encodeRunningModel(model, { release, contextLength, expiresAt: Math.min(expiresAt, now() + FOREVER_MS) })];
  });
  return exchange.send(200, { body: encodeGoJson({ models: running }), headers: JSON_HEADERS });
};

function isListed(state: 'starting' | 'loading' | 'loaded', release: Release): boolean {
  if (state === 'starting') return !release.has('lists-models-after-runner-start');
  return state === 'loaded' || !release.has('runs-llama-server');
}

function encodeListedModel(model: CompleteModel, release: Release): JsonObject {
  const lists = release.has('runs-llama-server');
  return {
    name: model.name,
    model: model.name,
    ...remoteOf(model, release),
    modified_at: model.modifiedAt,
    size: model.size,
    digest: model.digest,
    details: {
      ...detailsOf(model),
      ...(lists && model.contextLength > 0 ? { context_length: model.contextLength } : {}),
      ...(lists && model.embeddingLength > 0 ? { embedding_length: model.embeddingLength } : {}),
    },
    ...(lists && model.capabilities.length > 0 ? { capabilities: capabilitiesOf(model, release) } : {}),
  };
}

function encodeRunningModel(
  model: CompleteModel,
  { release, expiresAt, contextLength }: { release: Release; expiresAt: number; contextLength: number },
): JsonObject {
  return {
    name: model.name,
    model: model.name,
    size: model.sizeInMemory,
    digest: model.digest,
    details: detailsOf(model),
    expires_at: new Date(expiresAt).toISOString(),
    size_vram: model.sizeInVram,
    ...(release.has('lists-context-of-running-models') ? { context_length: contextLength } : {}),
  };
}

function encodeShownModel(model: CompleteModel, release: Release): JsonObject {
  const architecture = model.family;
  const modelInfo = {
    'general.architecture': architecture,
    'general.parameter_count': parameterCount(model.parameterSize),
    [`${architecture}.context_length`]: model.contextLength,
    [`${architecture}.embedding_length`]: model.embeddingLength,
    ...(model.capabilities.includes('embedding') ? { [`${architecture}.pooling_type`]: 1 } : {}),
    ...(model.capabilities.includes('vision') ? { [`${architecture}.vision.block_count`]: 27 } : {}),
    'tokenizer.ggml.tokens': null,
    ...model.modelInfo,
  };
  const tensors = [{ name: 'output.weight', type: 'Q6_K', shape: [model.embeddingLength, 151_936] }];
  const texts = Object.entries({
    license: model.license,
    modelfile: model.modelfile,
    parameters: model.parameters,
    template: model.template,
    system: model.system,
  }).filter(([, text]) => text !== undefined && text !== '');
  return {
    ...Object.fromEntries(texts),
    details: detailsOf(model),
    ...remoteOf(model, release),
    model_info: modelInfo,
    ...(isJsonObject(model.projectorInfo) ? { projector_info: model.projectorInfo } : {}),
    ...(release.has('shows-tensors') && model.remoteHost === undefined ? { tensors } : {}),
    ...(release.has('shows-capabilities') ? { capabilities: capabilitiesOf(model, release) } : {}),
    modified_at: model.modifiedAt,
  };
}

function detailsOf(model: CompleteModel): JsonObject {
  return {
    parent_model: '',
    format: model.format,
    family: model.family,
    families: model.families,
    parameter_size: model.parameterSize,
    quantization_level: model.quantization,
  };
}

/** A release without thinking does not report the capability. */
function capabilitiesOf(model: CompleteModel, release: Release): readonly string[] {
  return model.capabilities.filter((capability) => capability !== 'thinking' || release.has('knows-thinking'));
}

function parameterCount(size: string): number {
  const factor: Readonly<Record<string, number>> = { K: 1e3, M: 1e6, B: 1e9, T: 1e12 };
  return Math.round(Number.parseFloat(size) * (factor[size.at(-1) ?? ''] ?? 1)) || 0;
}
