import { embedTexts } from '../embed-text.ts';
import { findModel } from '../find-model.ts';
import { encodeGoJson } from '../go-json.ts';
import { isTexts } from '../json-value.ts';
import { parseBody } from '../parse-body.ts';
import { RequestFailure } from '../request-failure.ts';
import { compatibleRunSettings } from '../run-settings.ts';
import type { Route } from '../server-context.ts';
import { type CompleteModel, fullName } from '../simulated-model.ts';
import { withSlot } from '../with-slot.ts';

const JSON_HEADERS = { 'content-type': 'application/json' };

/** `GET /v1/models`; `data` is null when there are none, as Go encodes an empty list. */
export const listModels: Route = (exchange, { context: { models } }) => {
  const list = models.list();
  return exchange.send(200, {
    body: `${encodeGoJson({ object: 'list', data: list.length === 0 ? null : list.map(encodeModel) })}\n`,
    headers: JSON_HEADERS,
  });
};

/** `GET /v1/models/{id}`; an id with a slash never gets here. */
export const retrieveModel: Route = async (exchange, { context, request }) => {
  const name = decodeURIComponent(request.path.slice('/v1/models/'.length));
  const model = findModel(name, { ...context, seeker: 'show' });
  await exchange.send(200, { body: `${encodeGoJson({ ...encodeModel(model), id: name })}\n`, headers: JSON_HEADERS });
};

/** `POST /v1/embeddings`. */
export const embeddings: Route = async (exchange, { context, request }) => {
  const { release } = context;
  const body = parseBody(request.rawBody, {
    emptyMessage: 'EOF',
    struct: 'openai.EmbedRequest',
    foundBy: 'middleware',
    fields: { model: { type: 'string', goType: 'string' } },
  });
  const input = typeof body['input'] === 'string' ? [body['input']] : body['input'];
  if (!isTexts(input) || input.length === 0) {
    throw new RequestFailure(400, 'invalid input', { foundBy: 'middleware' });
  }
  const model = findModel(request.model, { ...context, seeker: 'embed' });
  const dimensions = release.has('sets-embedding-dimensions') ? Number(body['dimensions'] ?? 0) : 0;
  const asBase64 = body['encoding_format'] === 'base64' && release.has('encodes-embeddings-as-base64');
  const tokens = Math.max(1, Math.ceil(input.join('').length / model.charactersPerToken));
  await withSlot(
    () => {
      const vectors = embedTexts(input, { model, dimensions });
      const answer = {
        object: 'list',
        data: vectors.map((vector, index) => ({
          object: 'embedding',
          embedding: asBase64 ? Buffer.from(vector.buffer).toString('base64') : [...vector],
          index,
        })),
        model: request.model,
        usage: { prompt_tokens: tokens, total_tokens: tokens },
      };
      return exchange.send(200, { body: `${encodeGoJson(answer)}\n`, headers: JSON_HEADERS });
    },
    { model, exchange, context, settings: compatibleRunSettings({}, { ...context, model }) },
  );
};

function encodeModel(model: CompleteModel): { id: string; object: string; created: number; owned_by: string } {
  return {
    id: model.name,
    object: 'model',
    created: Math.floor(Date.parse(model.modifiedAt) / 1000),
    owned_by: fullName(model.name).split('/').at(-2) ?? 'library',
  };
}
