import { findModel } from '../find-model.ts';
import { encodeGoJson } from '../go-json.ts';
import { isJsonObject, type JsonObject, textOf } from '../json-value.ts';
import { parseBody } from '../parse-body.ts';
import type { Release } from '../release.ts';
import { RequestFailure } from '../request-failure.ts';
import type { Route } from '../server-context.ts';
import { type CompleteModel, fullName, remoteOf } from '../simulated-model.ts';

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
  if (name !== '' && !/^\w[\w./:@-]*$/.test(name)) {
    const unqualified = release.has('says-unqualified-name');
    throw new RequestFailure(500, unqualified ? `unqualified name: ${fullName(name)}` : 'invalid model path');
  }
  const model = findModel(name, { models, release, seeker: 'show' });
  await exchange.send(200, {
    body: encodeGoJson(encodeShownModel(model, { release, order: request.number })),
    headers: JSON_HEADERS,
  });
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

function encodeShownModel(model: CompleteModel, { release, order }: { release: Release; order: number }): JsonObject {
  const tensors = model.tensors ?? tensorsOfOneBlock(model.embeddingLength);
  const texts = Object.entries({
    license: model.license,
    modelfile: model.modelfile,
    parameters: inAnyOrder(model.parameters ?? '', order),
    template: model.template,
    system: model.system,
  }).filter(([, text]) => text !== undefined && text !== '');
  return {
    ...Object.fromEntries(texts),
    details: { ...detailsOf(model), parent_model: model.parentModel },
    ...remoteOf(model, release),
    model_info: modelInfoOf(model),
    ...(isJsonObject(model.projectorInfo) ? { projector_info: model.projectorInfo } : {}),
    ...(release.has('shows-tensors') && model.remoteHost === undefined ? { tensors } : {}),
    ...(release.has('shows-capabilities') ? { capabilities: capabilitiesOf(model, release) } : {}),
    modified_at: model.modifiedAt,
  };
}

/** Go prints parameters in an order that is random for each call; here the lines move on with each request. */
function inAnyOrder(parameters: string, order: number): string {
  const lines = parameters.split('\n');
  const first = order % lines.length;
  return [...lines.slice(first), ...lines.slice(0, first)].join('\n');
}

/** The metadata of the model's file; long lists are null. */
function modelInfoOf(model: CompleteModel): JsonObject {
  const { family, capabilities, embeddingLength } = model;
  return {
    'general.architecture': family,
    'general.file_type': 15,
    'general.parameter_count': parameterCount(model.parameterSize),
    [`${family}.attention.head_count`]: 32,
    [`${family}.attention.head_count_kv`]: 8,
    [`${family}.attention.layer_norm_rms_epsilon`]: 0.000_001,
    [`${family}.block_count`]: 1,
    [`${family}.context_length`]: model.contextLength,
    [`${family}.embedding_length`]: embeddingLength,
    [`${family}.feed_forward_length`]: 4 * embeddingLength,
    ...(capabilities.includes('embedding') ? { [`${family}.pooling_type`]: 1 } : {}),
    [`${family}.rope.dimension_count`]: 128,
    ...(capabilities.includes('vision') ? { [`${family}.vision.block_count`]: 27 } : {}),
    [`${family}.vocab_size`]: 151_936,
    'tokenizer.ggml.add_bos_token': false,
    'tokenizer.ggml.add_space_prefix': false,
    'tokenizer.ggml.bos_token_id': 1,
    'tokenizer.ggml.eos_token_id': 2,
    'tokenizer.ggml.model': 'llama',
    'tokenizer.ggml.scores': null,
    'tokenizer.ggml.token_type': null,
    'tokenizer.ggml.tokens': null,
    'tokenizer.ggml.unknown_token_id': 0,
    ...model.modelInfo,
  };
}

function tensorsOfOneBlock(width: number): JsonObject[] {
  const block = [
    'attn_norm',
    'attn_q',
    'attn_k',
    'attn_v',
    'attn_output',
    'ffn_norm',
    'ffn_gate',
    'ffn_up',
    'ffn_down',
  ];
  const names = ['token_embd', ...block.map((name) => `blk.0.${name}`), 'output_norm', 'output'];
  return names.map((name) => ({
    name: `${name}.weight`,
    type: name.endsWith('norm') ? 'F32' : 'Q4_K',
    shape: name.endsWith('norm') ? [width] : [width, width],
  }));
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
