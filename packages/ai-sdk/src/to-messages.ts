import { UnsupportedFunctionalityError } from '@ai-sdk/provider';
import type {
  LanguageModelV4FilePart,
  LanguageModelV4Message,
  LanguageModelV4Prompt,
  LanguageModelV4ToolResultOutput,
  LanguageModelV4ToolResultPart,
} from '@ai-sdk/provider';
import type { AssistantMessage, ChatMessage, ImagePart, TextPart, ToolContentPart } from '@openclaw/provider';

/** A prompt → messages of the contract. */
export function toMessages(prompt: LanguageModelV4Prompt): readonly ChatMessage[] {
  return prompt.flatMap(toMessage);
}

function toMessage(message: LanguageModelV4Message): readonly ChatMessage[] {
  switch (message.role) {
    case 'system':
      return [{ role: 'system', content: message.content }];
    case 'user':
      return [
        {
          role: 'user',
          content: message.content.map((part) => (part.type === 'text' ? toText(part.text) : toPart(part))),
        },
      ];
    case 'assistant':
      return [toAssistantMessage(message.content)];
    case 'tool':
      return message.content.flatMap((part) => (part.type === 'tool-result' ? [toToolMessage(part)] : []));
  }
}

function toAssistantMessage(
  content: Extract<LanguageModelV4Message, { readonly role: 'assistant' }>['content'],
): AssistantMessage {
  const join = (type: 'text' | 'reasoning') =>
    content.map((part) => (part.type === type && 'text' in part ? part.text : '')).join('');
  const reasoning = join('reasoning');
  const toolCalls = content.flatMap((part) =>
    part.type === 'tool-call' && part.providerExecuted !== true
      ? [{ id: part.toolCallId, name: part.toolName, argumentsText: toArguments(part.input) }]
      : [],
  );
  return {
    role: 'assistant',
    content: join('text'),
    ...(reasoning !== '' && { reasoning }),
    ...(toolCalls.length > 0 && { toolCalls }),
  };
}

/** The AI SDK keeps the text of arguments that are not JSON. */
function toArguments(input: unknown): string {
  return typeof input === 'string' ? input : JSON.stringify(input ?? {});
}

function toToolMessage({ toolCallId, output }: LanguageModelV4ToolResultPart): ChatMessage {
  return { role: 'tool', toolCallId, content: toToolContent(output) };
}

function toToolContent(output: LanguageModelV4ToolResultOutput): string | readonly ToolContentPart[] {
  switch (output.type) {
    case 'text':
    case 'error-text':
      return output.value;
    case 'json':
    case 'error-json':
      return JSON.stringify(output.value);
    case 'execution-denied':
      return output.reason ?? 'The user denied the call.';
    case 'content':
      return output.value.flatMap((part) => {
        if (part.type === 'custom') return [];
        return part.type === 'text' ? [toText(part.text)] : [toPart(part)];
      });
  }
}

function toText(text: string): TextPart {
  return { type: 'text', text };
}

/**
 * An image, or a text document.
 * @throws {UnsupportedFunctionalityError} for any other file
 */
function toPart({ data, mediaType }: Pick<LanguageModelV4FilePart, 'data' | 'mediaType'>): ImagePart | TextPart {
  if (data.type === 'text') return toText(data.text);
  if (!mediaType.startsWith('image') || data.type === 'reference')
    throw new UnsupportedFunctionalityError({ functionality: `files of the type ${mediaType}` });
  if (data.type === 'url') return { type: 'image', url: data.url.href };
  const base64 = typeof data.data === 'string' ? data.data : encodeBase64(data.data);
  // Servers look at the bytes, not at the type.
  const type = /^image\/[\w.+-]+$/.test(mediaType) ? mediaType : 'image/png';
  return { type: 'image', url: `data:${type};base64,${base64}` };
}

function encodeBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
