import { isJsonObject, type JsonObject } from './json-value.ts';
import { checkImages, GO_FIELDS, hasTools, parseNativeBody, refuseField } from './native-request-rules.ts';
import type { Release } from './release.ts';
import { RequestFailure } from './request-failure.ts';
import { type CompleteModel, fullName } from './simulated-model.ts';
import { checkTools } from './tool-schema-rules.ts';

/** Rejects requests like the JSON decoder of a release's `/api/chat`, before the model is looked up. */
export function checkNativeChatRequest(rawBody: string, { release }: { release: Release }): JsonObject {
  const body = parseNativeBody(rawBody, {
    struct: 'api.ChatRequest',
    fields: {
      messages: { type: 'array', goType: '[]api.Message' },
      tools: { type: 'array', goType: 'api.Tools' },
    },
    release,
  });
  checkTools(body['tools'], { release, foundBy: 'handler' });
  for (const message of Array.isArray(body['messages']) ? body['messages'] : []) checkMessage(message, release);
  return body;
}

/** Rejects what the model is not capable of. */
export function checkNativeChatModel(
  body: JsonObject,
  { model, asked }: { model: CompleteModel; asked: string },
): void {
  if (!model.capabilities.includes('completion')) throw new RequestFailure(400, `"${asked}" does not support chat`);
  if (hasTools(body) && !model.capabilities.includes('tools')) {
    throw new RequestFailure(400, `${fullName(model.name)} does not support tools`);
  }
}

function checkMessage(message: unknown, release: Release): void {
  if (!isJsonObject(message)) {
    return refuseField(message, { field: 'ChatRequest.messages', goType: 'api.Message' });
  }
  for (const name of ['role', 'content', 'thinking', 'tool_name', 'tool_call_id']) {
    const value = message[name];
    if (value !== undefined && value !== null && typeof value !== 'string') {
      refuseField(value, { field: `ChatRequest.messages.${name}`, goType: GO_FIELDS.string.goType });
    }
  }
  checkImages(message['images'], { field: 'ChatRequest.messages.images' });
  for (const call of Array.isArray(message['tool_calls']) ? message['tool_calls'] : []) checkCall(call, release);
}

function checkCall(call: unknown, release: Release): void {
  const described = isJsonObject(call) && isJsonObject(call['function']) ? call['function'] : {};
  const { arguments: given } = described;
  if (given === undefined || given === null || isJsonObject(given)) return;
  if (release.has('keeps-argument-order')) {
    throw new RequestFailure(400, `Value looks like object, but can't find closing '}' symbol`);
  }
  refuseField(given, {
    field: 'ChatRequest.messages.tool_calls.function.arguments',
    goType: 'api.ToolCallFunctionArguments',
  });
}
