import { isJsonObject, type JsonObject, textOf } from './json-value.ts';
import type { Thinking } from './thinking.ts';
import { parseBody, parseJson } from './parse-body.ts';
import type { Release } from './release.ts';
import { RequestFailure } from './request-failure.ts';
import { type CompleteModel, fullName } from './simulated-model.ts';
import { checkTools } from './tool-schema-rules.ts';
import { thinkingRefusal } from './thinking-rules.ts';

/** Rejects requests like the `/v1/chat/completions` layer of a release, before the model is looked up. */
export function checkChatRequest(rawBody: string, { release }: { release: Release }): JsonObject {
  const body = parseBody(rawBody, {
    emptyMessage: 'EOF',
    struct: 'openai.ChatCompletionRequest',
    foundBy: 'middleware',
    fields: {
      model: { type: 'string', goType: 'string' },
      messages: { type: 'array', goType: '[]openai.Message' },
      stream: { type: 'bool', goType: 'bool' },
      tools: { type: 'array', goType: '[]api.Tool' },
      max_tokens: { type: 'number', goType: 'int' },
      temperature: { type: 'number', goType: 'float64' },
      top_p: { type: 'number', goType: 'float64' },
    },
  });
  checkTools(body['tools'], { release, foundBy: 'middleware' });
  const messages = Array.isArray(body['messages']) ? body['messages'] : [];
  if (messages.length === 0) refuse("[] is too short - 'messages'");
  for (const message of messages) if (isJsonObject(message)) checkMessage(message, release);
  if (release.has('thinks-by-default')) checkEffort(effortOf(body), release);
  return body;
}

/** Rejects requests like the handler of a release that knows the model, and decides how reasoning is sent. */
export function checkModelCanChat(
  body: JsonObject,
  { model, release }: { model: CompleteModel; release: Release },
): Thinking {
  const can = (capability: string): boolean => model.capabilities.includes(capability);
  const asked = textOf(body['model']);
  if (!can('completion')) throw new RequestFailure(400, `"${asked}" does not support chat`);
  if (Array.isArray(body['tools']) && body['tools'].length > 0 && !can('tools')) {
    throw new RequestFailure(400, `${fullName(model.name)} does not support tools`);
  }
  const isGptOss = model.family === 'gptoss';
  const effort = release.has('reads-reasoning-effort') || isGptOss ? effortOf(body) : undefined;
  if (effort !== undefined && effort !== 'none') {
    if (!can('thinking')) throw new RequestFailure(400, thinkingRefusal(asked, { model, release }));
    if (!isGptOss && release.has('refuses-effort-on-other-than-gpt-oss')) {
      throw new RequestFailure(400, `think value "${effort}" is not supported for this model`);
    }
  }
  if (!release.has('thinks-by-default')) {
    if (effort === 'none')
      throw new RequestFailure(400, `invalid think value: "none" (must be "high", "medium", "low", true, or false)`);
    return isGptOss && release.has('parses-harmony') ? 'parsed' : 'in-text';
  }
  if (!can('thinking')) return 'in-text';
  return effort === 'none' ? 'off' : 'parsed';
}

function checkMessage(message: JsonObject, release: Release): void {
  const { content, tool_calls: calls } = message;
  if (Array.isArray(content)) {
    for (const part of content) checkPart(part, release);
  } else if (typeof content !== 'string') {
    const hasCalls = Array.isArray(calls) && calls.length > 0;
    if (!((content === null || content === undefined) && hasCalls)) {
      refuse(`invalid message content type: ${goDynamicType(content)}`);
    }
  }
  if (!Array.isArray(calls)) return;
  for (const call of calls) {
    const described = isJsonObject(call) && isJsonObject(call['function']) ? call['function'] : {};
    const parsed = parseJson(textOf(described['arguments']));
    if (!parsed.valid || !isJsonObject(parsed.value)) refuse('invalid tool call arguments');
  }
}

function checkPart(part: unknown, release: Release): void {
  if (!isJsonObject(part)) return refuse('invalid message format');
  if (part['type'] !== 'image_url') return;
  const image = part['image_url'];
  const url = textOf(isJsonObject(image) ? image['url'] : image);
  if (/^https?:/.test(url) && release.has('names-refused-image-urls')) {
    refuse('image URLs are not currently supported, please use base64 encoded data instead');
  }
  const types = ['jpeg', 'jpg', 'png', ...(release.has('accepts-webp') ? ['webp'] : [])].map((type) => `image/${type}`);
  const accepted = [...types, ...(release.has('early-failures-have-a-status') ? [''] : [])];
  if (!accepted.some((type) => url.startsWith(`data:${type};base64,`))) refuse('invalid image input');
}

const EFFORTS = ['high', 'medium', 'low', 'none'];

function checkEffort(effort: string | undefined, release: Release): void {
  const accepted = [
    ...EFFORTS,
    ...(release.has('knows-effort-max') ? ['max'] : []),
    ...(release.has('knows-all-efforts') ? ['minimal', 'xhigh', 'ultra'] : []),
  ];
  if (effort === undefined || accepted.includes(effort)) return;
  refuse(`invalid reasoning value: '${effort}' (must be "high", "medium", "low", or "none")`);
}

function effortOf(body: JsonObject): string | undefined {
  const nested = isJsonObject(body['reasoning']) ? body['reasoning']['effort'] : undefined;
  const effort = body['reasoning_effort'] ?? nested;
  return typeof effort === 'string' && effort !== '' ? effort : undefined;
}

function goDynamicType(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (typeof value === 'number') return 'float64';
  return typeof value === 'boolean' ? 'bool' : 'map[string]interface {}';
}

function refuse(message: string): never {
  throw new RequestFailure(400, message, { foundBy: 'middleware' });
}
