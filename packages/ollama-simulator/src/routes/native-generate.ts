import { answerWithModel } from '../answer-with-model.ts';
import { findModel } from '../find-model.ts';
import { encodeGoJson } from '../go-json.ts';
import { textOf } from '../json-value.ts';
import { parseKeepAlive } from '../keep-alive.ts';
import { createNativeGenerateEncoder } from '../native-generate-encoder.ts';
import { checkImages, formatFailureOf, GO_FIELDS, parseNativeBody } from '../native-request-rules.ts';
import { NDJSON } from '../reply-encoder.ts';
import { RequestFailure } from '../request-failure.ts';
import { nativeRunSettings } from '../run-settings.ts';
import type { Route } from '../server-context.ts';
import { fullName, remoteOf } from '../simulated-model.ts';
import { decideThinking, parseThink } from '../thinking-rules.ts';
import { withSlot } from '../with-slot.ts';

/** `POST /api/generate`. Without a prompt it loads the model, or unloads it with `keep_alive: 0`. */
export const nativeGenerate: Route = async (exchange, { context, request }) => {
  const { release, scheduler, now } = context;
  const { string, bool } = GO_FIELDS;
  const body = parseNativeBody(request.rawBody, {
    struct: 'api.GenerateRequest',
    fields: { prompt: string, suffix: string, system: string, template: string, raw: bool },
    release,
  });
  checkImages(body['images'], { field: 'GenerateRequest.images' });
  const keepAliveMs = parseKeepAlive(body['keep_alive']);
  const think = parseThink(body['think'], { release, struct: 'GenerateRequest' });
  const model = findModel(request.model, { ...context, seeker: 'native-generate' });
  const sendEmpty = (reason: 'load' | 'unload'): Promise<void> =>
    exchange.send(200, {
      body: encodeGoJson({
        model: request.model,
        created_at: new Date(now()).toISOString(),
        response: '',
        done: true,
        done_reason: reason,
      }),
      headers: { 'content-type': NDJSON.wholeType },
    });

  if (textOf(body['prompt']) === '' && keepAliveMs === 0) {
    scheduler.expire(model.name);
    return sendEmpty('unload');
  }
  const thinking = decideThinking(think, { model, asked: request.model, release });
  if (!model.capabilities.includes('completion')) {
    throw new RequestFailure(400, `"${request.model}" does not support generate`);
  }
  if (textOf(body['suffix']) !== '' && !model.capabilities.includes('insert')) {
    throw new RequestFailure(400, `${fullName(model.name)} does not support insert`);
  }
  const settings = nativeRunSettings(body, { ...context, model, keepAliveMs });
  if (textOf(body['prompt']) === '') {
    return withSlot(() => sendEmpty('load'), { model, exchange, context, settings });
  }
  await answerWithModel(exchange, {
    context,
    request,
    model,
    thinking,
    settings,
    formatFailure: formatFailureOf(body['format']),
    createEncoder: () =>
      createNativeGenerateEncoder({
        model: request.model,
        now,
        remote: remoteOf(model, release),
        raw: body['raw'] === true,
      }),
  });
};
