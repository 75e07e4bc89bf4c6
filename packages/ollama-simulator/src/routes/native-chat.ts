import { answerWithModel } from '../answer-with-model.ts';
import type { Exchange } from '../exchange.ts';
import { findModel } from '../find-model.ts';
import { encodeGoJson } from '../go-json.ts';
import { parseKeepAlive } from '../keep-alive.ts';
import { createNativeChatEncoder, encodeDoneReason } from '../native-chat-encoder.ts';
import { checkNativeChatModel, checkNativeChatRequest } from '../native-chat-rules.ts';
import { formatFailureOf } from '../native-request-rules.ts';
import { NDJSON } from '../reply-encoder.ts';
import { nativeRunSettings } from '../run-settings.ts';
import type { Route } from '../server-context.ts';
import { remoteOf } from '../simulated-model.ts';
import { decideThinking, parseThink } from '../thinking-rules.ts';
import { withSlot } from '../with-slot.ts';

/** `POST /api/chat`. Without messages it loads the model, or unloads it with `keep_alive: 0`. */
export const nativeChat: Route = async (exchange, { context, request }) => {
  const { release, scheduler, now } = context;
  const body = checkNativeChatRequest(request.rawBody, context);
  const keepAliveMs = parseKeepAlive(body['keep_alive']);
  const think = parseThink(body['think'], { release, struct: 'ChatRequest' });
  const unloads = request.messages.length === 0 && keepAliveMs === 0;
  const model = findModel(request.model, { ...context, seeker: unloads ? 'unload' : 'generate' });
  const sendEmpty = (reason: 'load' | 'unload'): Promise<void> =>
    sendJson(exchange, {
      model: request.model,
      created_at: new Date(now()).toISOString(),
      message: { role: 'assistant', content: '' },
      ...encodeDoneReason(reason, release),
    });

  if (unloads) {
    scheduler.expire(model.name);
    return sendEmpty('unload');
  }
  const thinking = decideThinking(think, { model, asked: request.model, release });
  checkNativeChatModel(body, { model, asked: request.model });
  const settings = nativeRunSettings(body, { ...context, model, keepAliveMs });
  if (request.messages.length === 0) {
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
      createNativeChatEncoder({ release, model: request.model, now, remote: remoteOf(model, release) }),
  });
};

function sendJson(exchange: Exchange, body: object): Promise<void> {
  return exchange.send(200, { body: encodeGoJson(body), headers: { 'content-type': NDJSON.wholeType } });
}
