import { sendHttpReply, sendRecording } from '../answer-below-model.ts';
import { createChatCompletionEncoder } from '../chat-completion-encoder.ts';
import { checkChatRequest, checkModelCanChat } from '../chat-request-rules.ts';
import { defaultReply } from '../default-reply.ts';
import type { Exchange } from '../exchange.ts';
import { findModel } from '../find-model.ts';
import { isJsonObject, type JsonObject } from '../json-value.ts';
import { createOutputParser, type Thinking } from '../output-parser.ts';
import { parseBody } from '../parse-body.ts';
import { playScript } from '../play-script.ts';
import { RequestFailure } from '../request-failure.ts';
import { completeScript, isHttpReply, isRecording, type Reply } from '../script.ts';
import type { Route, ServerContext } from '../server-context.ts';
import type { CompleteModel } from '../simulated-model.ts';
import { messageText, type SimulatedRequest } from '../simulated-request.ts';
import { createTextCompletionEncoder } from '../text-completion-encoder.ts';
import { withSlot } from '../with-slot.ts';

/** `POST /v1/chat/completions`. */
export const chatCompletions: Route = async (exchange, { context, request }) => {
  const body = checkChatRequest(request.rawBody, context);
  const model = findModel(request.model, { ...context, seeker: 'generate' });
  const thinking = checkModelCanChat(body, { model, release: context.release });
  await answer(exchange, {
    context,
    request,
    model,
    thinking,
    createEncoder: createChatCompletionEncoder,
    idPrefix: 'chatcmpl',
  });
};

/** `POST /v1/completions`. */
export const textCompletions: Route = async (exchange, { context, request }) => {
  parseBody(request.rawBody, {
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
  await answer(exchange, {
    context,
    request,
    model,
    thinking: context.release.has('thinks-by-default') && model.capabilities.includes('thinking') ? 'off' : 'in-text',
    createEncoder: createTextCompletionEncoder,
    idPrefix: 'cmpl',
  });
};

async function answer(
  exchange: Exchange,
  {
    context,
    request,
    model,
    thinking,
    createEncoder,
    idPrefix,
  }: {
    context: ServerContext;
    request: SimulatedRequest;
    model: CompleteModel;
    thinking: Thinking;
    createEncoder: typeof createChatCompletionEncoder;
    idPrefix: 'chatcmpl' | 'cmpl';
  },
): Promise<void> {
  const { release, pauses } = context;
  const reply = (await context.takeReply(request)) ?? modelReply(model, request) ?? defaultReply(request);
  if (isHttpReply(reply)) return sendHttpReply(reply, { exchange, pauses });
  if (isRecording(reply)) {
    return withSlot(() => sendRecording(reply, { exchange, pauses }), { model, exchange, context });
  }
  const script = completeScript(reply);
  const parser = createOutputParser({
    release,
    model,
    streamed: request.streamed,
    hasTools: request.tools.length > 0,
    thinking,
    generateToolCallId: () => context.generateToolCallId(model),
  });
  const encoder = createEncoder({
    release,
    id: `${idPrefix}-${context.nextReplyNumber()}`,
    model: request.model,
    created: context.created,
    includeUsage: wantsUsage(request.body),
  });
  const stage = {
    exchange,
    pauses,
    release,
    parser,
    encoder,
    streamed: request.streamed,
    promptTokens: promptTokens(request),
  };
  await withSlot(() => playScript(script, stage), { model, exchange, context, reload: script });
}

function modelReply({ reply }: CompleteModel, request: SimulatedRequest): Reply | undefined {
  return typeof reply === 'function' ? reply(request) : reply;
}

function wantsUsage(body: JsonObject): boolean {
  return isJsonObject(body['stream_options']) && body['stream_options']['include_usage'] === true;
}

/** A token is about four characters. */
function promptTokens({ messages, lastMessage }: SimulatedRequest): number {
  const texts = messages.length > 0 ? messages.map(({ content }) => messageText(content)) : [lastMessage];
  return Math.max(1, Math.ceil(texts.join('').length / 4));
}
