import { invalidField, invalidRequest, isObject, readArray, readObject, readString } from '@openclaw/openai-wire';
import type { ContentPart, JsonObject, JsonValue } from '@openclaw/provider';
import { createConversation } from './conversation.ts';
import type { Conversation } from './conversation.ts';
import { parseAssistantMessage } from './parse-assistant-message.ts';
import {
  nameBlock,
  parseBlocks,
  parseDocumentBlock,
  parseImageBlock,
  parseSearchResultBlock,
  parseTextBlock,
  readReferencedTool,
} from './parse-blocks.ts';
import type { Block } from './parse-blocks.ts';
import { parseToolResult } from './parse-tool-result.ts';
import type { ToolChanges } from './tool-changes.ts';

export interface ParseMessagesOptions {
  /** The `system` field. */
  readonly system: JsonValue | undefined;
  /** Collects what the conversation says of the tools. */
  readonly toolChanges: ToolChanges;
  /** Collects the kinds of blocks that no local model can read, for the log. */
  readonly leftOut: string[];
}

/** @throws {ProviderError} `invalid-request` */
export function parseMessages(value: JsonValue | undefined, options: ParseMessagesOptions): Conversation {
  const list = readArray(value, 'messages', 'an array of messages');
  const conversation = createConversation();
  for (const text of parseSystem(options.system, 'system')) conversation.addInstructions(text);
  for (const [index, item] of list.entries()) {
    const param = `messages[${index}]`;
    const message = readObject(item, param, 'a message');
    const add = ROLES.get(readString(message['role'], `${param}.role`));
    if (add === undefined) throw invalidField(`${param}.role`, '"user", "assistant" or "system"', message['role']);
    add(message, { ...options, conversation, param: `${param}.content` });
  }
  if (conversation.isEmpty()) {
    throw invalidRequest('`messages` must have at least one message with content.', 'messages');
  }
  return conversation;
}

interface MessageOptions extends ParseMessagesOptions {
  readonly conversation: Conversation;
  /** Where the content is. */
  readonly param: string;
}

type AddMessage = (message: JsonObject, options: MessageOptions) => void;

const ROLES: ReadonlyMap<string, AddMessage> = new Map<string, AddMessage>([
  ['user', addUserMessage],
  ['assistant', addAssistantMessage],
  ['system', addSystemMessage],
]);

/** The results of tools come first, as nothing may stand between calls and their results. */
function addUserMessage(message: JsonObject, { conversation, param, toolChanges, leftOut }: MessageOptions): void {
  const blocks = parseBlocks(message['content'], param);
  for (const block of blocks.filter(({ type }) => type === 'tool_result')) {
    const { toolCallId, parts } = parseToolResult(block, { toolChanges, leftOut });
    conversation.addToolResult(toolCallId, parts);
  }
  conversation.addUser(blocks.flatMap((block) => parseUserBlock(block, leftOut)));
}

function parseUserBlock(block: Block, leftOut: string[]): readonly ContentPart[] {
  switch (block.type) {
    case 'text':
      return parseTextBlock(block);
    case 'image':
      return [parseImageBlock(block)];
    case 'document':
      return parseDocumentBlock(block) ?? refuseDocument(block);
    case 'search_result':
      return parseSearchResultBlock(block);
    case 'tool_result':
      return [];
    default:
      leftOut.push(nameBlock(block));
      return [];
  }
}

function refuseDocument({ param }: Block): never {
  throw invalidRequest(
    `\`${param}\` is a document that local models cannot read: they read text and images. Send the text of the document, or its pages as images.`,
    param,
  );
}

function addAssistantMessage(message: JsonObject, { conversation, param, leftOut }: MessageOptions): void {
  const parsed = parseAssistantMessage(parseBlocks(message['content'], param), { leftOut });
  if (parsed !== undefined) conversation.addAssistant(parsed);
}

function addSystemMessage(message: JsonObject, { conversation, param, toolChanges }: MessageOptions): void {
  for (const text of parseSystem(message['content'], param)) conversation.addLateInstructions(text);
  if (typeof message['content'] === 'string') return;
  for (const block of parseBlocks(message['content'], param)) changeTools(block, toolChanges);
}

function changeTools(block: Block, toolChanges: ToolChanges): void {
  const { tool } = block.block;
  if (block.type === 'tool_removal') toolChanges.remove(readReferencedTool(block));
  else if (block.type !== 'tool_addition') return;
  else if (isObject(tool) && isObject(tool['definition'])) toolChanges.define(tool['definition']);
  else toolChanges.add(readReferencedTool(block));
}

/** Instructions as a string or as text blocks. */
function parseSystem(value: JsonValue | undefined, param: string): readonly string[] {
  if (value === undefined || value === null) return [];
  return parseBlocks(value, param)
    .filter(({ type }) => type === 'text')
    .flatMap(parseTextBlock)
    .map(({ text }) => withoutBilling(text))
    .filter((text) => text !== '');
}

/**
 * Claude Code writes what its maker bills by into a system block of its own. It means nothing to a local model, and in
 * many releases it changes with every request, so that no server could use its cache of the prompt.
 */
function withoutBilling(text: string): string {
  return text.replace(/^x-anthropic-billing-header:[^\n]*\n*/, '');
}
