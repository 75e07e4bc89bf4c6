import { embedTexts } from '../embed-text.ts';
import { findModel } from '../find-model.ts';
import { encodeGoJson } from '../go-json.ts';
import { isTexts, textOf } from '../json-value.ts';
import { parseKeepAlive } from '../keep-alive.ts';
import { GO_FIELDS } from '../native-request-rules.ts';
import { parseBody } from '../parse-body.ts';
import { NDJSON } from '../reply-encoder.ts';
import { RequestFailure } from '../request-failure.ts';
import { nativeRunSettings } from '../run-settings.ts';
import type { Route } from '../server-context.ts';
import { withSlot } from '../with-slot.ts';

const HEADERS = { 'content-type': NDJSON.wholeType };

/** `POST /api/embed`. Without input it loads the model. */
export const nativeEmbed: Route = async (exchange, { context, request }) => {
  const { release, now } = context;
  const { string, int, options } = GO_FIELDS;
  const body = parseBody(request.rawBody, {
    emptyMessage: 'missing request body',
    struct: 'api.EmbedRequest',
    foundBy: 'handler',
    fields: { model: string, options, ...(release.has('sets-embedding-dimensions') ? { dimensions: int } : {}) },
  });
  const { input: given = '' } = body;
  const input = typeof given === 'string' ? [given].filter((text) => text !== '') : given;
  if (!isTexts(input)) throw new RequestFailure(400, 'invalid input type');
  const keepAliveMs = parseKeepAlive(body['keep_alive']);
  const model = findModel(request.model, { ...context, seeker: 'embed' });
  const settings = nativeRunSettings(body, { ...context, model, keepAliveMs });
  await withSlot(
    ({ loadMs }) => {
      if (input.length === 0) return send({ model: request.model, embeddings: [] });
      const window = Math.min(settings.contextLength, model.contextLength);
      const counts = input.map((text) => Math.max(1, Math.ceil(text.length / model.charactersPerToken)));
      if (body['truncate'] === false && counts.some((count) => count > window)) {
        const message = release.has('says-the-input-length')
          ? 'the input length exceeds the context length'
          : 'input length exceeds maximum context length';
        throw new RequestFailure(400, message);
      }
      const dimensions = release.has('sets-embedding-dimensions') ? Number(body['dimensions'] ?? 0) : 0;
      return send({
        model: request.model,
        embeddings: embedTexts(input, { model, dimensions }).map((vector) => [...vector]),
        total_duration: Math.round(Math.max(now() - exchange.page.entry.receivedAt, 1) * 1e6),
        load_duration: Math.round(Math.max(loadMs, 1) * 1e6),
        prompt_eval_count: counts.reduce((sum, count) => sum + Math.min(count, window), 0),
      });
    },
    { model, exchange, context, settings },
  );

  function send(answer: object): Promise<void> {
    return exchange.send(200, { body: encodeGoJson(answer), headers: HEADERS });
  }
};

/** `POST /api/embeddings`, the older form: one text, one vector. */
export const nativeEmbeddings: Route = async (exchange, { context, request }) => {
  const { string, options } = GO_FIELDS;
  const body = parseBody(request.rawBody, {
    emptyMessage: 'missing request body',
    struct: 'api.EmbeddingRequest',
    foundBy: 'handler',
    fields: { model: string, prompt: string, options },
  });
  const keepAliveMs = parseKeepAlive(body['keep_alive']);
  const prompt = textOf(body['prompt']);
  const model = findModel(request.model, { ...context, seeker: 'embed' });
  await withSlot(
    () => {
      const [vector = []] = prompt === '' ? [] : embedTexts([prompt], { model, dimensions: 0 });
      return exchange.send(200, { body: encodeGoJson({ embedding: [...vector] }), headers: HEADERS });
    },
    { model, exchange, context, settings: nativeRunSettings(body, { ...context, model, keepAliveMs }) },
  );
};
