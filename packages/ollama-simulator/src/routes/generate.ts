import { answerWithModel } from '../answer-with-model.ts';
import { createChatCompletionEncoder } from '../chat-completion-encoder.ts';
import { checkChatRequest, checkModelCanChat } from '../chat-request-rules.ts';
import { findModel } from '../find-model.ts';
import { isJsonObject, type JsonObject } from '../json-value.ts';
import { parseBody } from '../parse-body.ts';
import { RequestFailure } from '../request-failure.ts';
import { compatibleRunSettings } from '../run-settings.ts';
import type { Route } from '../server-context.ts';
import { createTextCompletionEncoder } from '../text-completion-encoder.ts';

/** `POST /v1/chat/completions`. */
export const chatCompletions: Route = async (exchange, { context, request }) => {
  const body = checkChatRequest(request.rawBody, context);
  const model = findModel(request.model, { ...context, seeker: 'generate' });
  await answerWithModel(exchange, {
    context,
    request,
    model,
    thinking: checkModelCanChat(body, { model, release: context.release }),
    settings: compatibleRunSettings(body, { ...context, model }),
    createEncoder: () =>
      createChatCompletionEncoder({
        release: context.release,
        id: `chatcmpl-${context.nextReplyNumber()}`,
        model: request.model,
        created: context.created,
        includeUsage: wantsUsage(body),
      }),
  });
};

/** `POST /v1/completions`. */
export const textCompletions: Route = async (exchange, { context, request }) => {
  const body = parseBody(request.rawBody, {
    emptyMessage: 'EOF',
    struct: 'openai.CompletionRequest',
    foundBy: 'middleware',
    fields: {
      model: { type: 'string', goType: 'string' },
      prompt: { type: 'string', goType: 'string' },
      stream: { type: 'bool', goType: 'bool' },
    },
  });
  const model = findModel(request.model, { ...context, seeker: 'generate' });
  if (!model.capabilities.includes('completion')) {
    throw new RequestFailure(400, `"${request.model}" does not support generate`);
  }
  await answerWithModel(exchange, {
    context,
    request,
    model,
    thinking:
      context.release.has('thinks-by-default') && model.capabilities.includes('thinking') ? 'parsed' : 'in-text',
    settings: compatibleRunSettings(body, { ...context, model }),
    createEncoder: () =>
      createTextCompletionEncoder({
        release: context.release,
        id: `cmpl-${context.nextReplyNumber()}`,
        model: request.model,
        created: context.created,
        includeUsage: wantsUsage(body),
      }),
  });
};

function wantsUsage(body: JsonObject): boolean {
  return isJsonObject(body['stream_options']) && body['stream_options']['include_usage'] === true;
}
