import { isJsonObject, type JsonObject } from './json-value.ts';
import { type GoField, goTypeOf, parseBody } from './parse-body.ts';
import type { Release } from './release.ts';
import { RequestFailure } from './request-failure.ts';
import { type CompleteModel, fullName } from './simulated-model.ts';

/** Rejects requests like the JSON decoder of a release's `/api/chat`, before the model is looked up. */
export function checkNativeChatRequest(rawBody: string, { release }: { release: Release }): JsonObject {
  const body = parseBody(rawBody, {
    emptyMessage: 'missing request body',
    struct: 'api.ChatRequest',
    foundBy: 'handler',
    fields: {
      model: { type: 'string', goType: 'string' },
      messages: { type: 'array', goType: '[]api.Message' },
      stream: { type: 'bool', goType: 'bool' },
      tools: { type: 'array', goType: 'api.Tools' },
      options: { type: 'object', goType: 'map[string]interface {}' },
      ...newerFields(release),
    },
  });
  for (const message of Array.isArray(body['messages']) ? body['messages'] : []) checkMessage(message, release);
  checkTopLogprobs(body, release);
  return body;
}

/** Fields that older releases do not read. */
function newerFields(release: Release): Record<string, GoField> {
  const bool: GoField = { type: 'bool', goType: 'bool' };
  return {
    ...(release.has('can-refuse-long-prompts') ? { truncate: bool, shift: bool } : {}),
    ...(release.has('reports-logprobs') ? { logprobs: bool, top_logprobs: { type: 'number', goType: 'int' } } : {}),
  };
}

/** Rejects more alternatives per token than a release gives. */
function checkTopLogprobs({ top_logprobs: count }: JsonObject, release: Release): void {
  if (!release.has('reports-logprobs') || typeof count !== 'number' || (count >= 0 && count <= 20)) return;
  throw new RequestFailure(400, 'top_logprobs must be between 0 and 20');
}

/** Rejects what the model is not capable of. */
export function checkNativeChatModel(
  body: JsonObject,
  { model, asked }: { model: CompleteModel; asked: string },
): void {
  if (!model.capabilities.includes('completion')) throw new RequestFailure(400, `"${asked}" does not support chat`);
  const hasTools = Array.isArray(body['tools']) && body['tools'].length > 0;
  if (hasTools && !model.capabilities.includes('tools')) {
    throw new RequestFailure(400, `${fullName(model.name)} does not support tools`);
  }
}

function checkMessage(message: unknown, release: Release): void {
  if (!isJsonObject(message)) return refuseField(message, { field: 'messages', goType: 'api.Message' });
  for (const name of ['role', 'content', 'thinking', 'tool_name', 'tool_call_id']) {
    const value = message[name];
    if (value !== undefined && value !== null && typeof value !== 'string') {
      refuseField(value, { field: `messages.${name}`, goType: 'string' });
    }
  }
  for (const image of Array.isArray(message['images']) ? message['images'] : []) checkImage(image);
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
    field: 'messages.tool_calls.function.arguments',
    goType: 'api.ToolCallFunctionArguments',
  });
}

/** Images are base64 alone, without `data:`. */
function checkImage(image: unknown): void {
  if (typeof image !== 'string') return refuseField(image, { field: 'messages.images', goType: 'api.ImageData' });
  const valid = /^[A-Za-z0-9+/]*/.exec(image)?.[0].length ?? 0;
  const padding = /^=*$/.test(image.slice(valid)) && image.length % 4 === 0;
  if (!padding) throw new RequestFailure(400, `illegal base64 data at input byte ${Math.min(valid, image.length)}`);
}

function refuseField(value: unknown, { field, goType }: { field: string; goType: string }): never {
  const message = `json: cannot unmarshal ${goTypeOf(value)} into Go struct field ChatRequest.${field} of type ${goType}`;
  throw new RequestFailure(400, message);
}
