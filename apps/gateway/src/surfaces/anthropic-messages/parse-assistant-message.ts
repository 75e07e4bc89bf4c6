import { readObject, readString } from '@openclaw/openai-wire';
import type { AssistantMessage, ToolCall } from '@openclaw/provider';
import { nameBlock, parseTextBlock } from './parse-blocks.ts';
import type { Block } from './parse-blocks.ts';

/**
 * What the model said earlier. Thinking blocks are its reasoning, whatever their signature.
 * @param options.leftOut Collects the kinds of blocks that no local model can read.
 * @returns `undefined` if nothing is left
 * @throws {ProviderError} `invalid-request`
 */
export function parseAssistantMessage(
  blocks: readonly Block[],
  { leftOut }: { readonly leftOut: string[] },
): AssistantMessage | undefined {
  const texts: string[] = [];
  const thoughts: string[] = [];
  const toolCalls: ToolCall[] = [];
  for (const block of blocks) {
    switch (block.type) {
      case 'text':
        texts.push(...parseTextBlock(block).map(({ text }) => text));
        break;
      case 'thinking':
        thoughts.push(readString(block.block['thinking'] ?? '', `${block.param}.thinking`));
        break;
      // Encrypted by Anthropic; no other model can read it.
      case 'redacted_thinking':
        break;
      case 'tool_use':
        toolCalls.push(parseToolUse(block));
        break;
      default:
        leftOut.push(nameBlock(block));
    }
  }
  const content = texts.join('\n');
  const reasoning = thoughts.filter((thought) => thought !== '').join('\n');
  if (content === '' && reasoning === '' && toolCalls.length === 0) return undefined;
  return {
    role: 'assistant',
    content,
    ...(reasoning !== '' && { reasoning }),
    ...(toolCalls.length > 0 && { toolCalls }),
  };
}

function parseToolUse({ block, param }: Block): ToolCall {
  return {
    id: readString(block['id'], `${param}.id`),
    name: readString(block['name'], `${param}.name`),
    argumentsText: JSON.stringify(readObject(block['input'] ?? {}, `${param}.input`)),
  };
}
