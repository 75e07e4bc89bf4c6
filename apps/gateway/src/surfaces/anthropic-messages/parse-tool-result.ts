import { readString } from '@openclaw/openai-wire';
import type { ToolContentPart } from '@openclaw/provider';
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
import type { ToolChanges } from './tool-changes.ts';

export interface ToolResult {
  readonly toolCallId: string;
  readonly parts: readonly ToolContentPart[];
}

export interface ParseToolResultOptions {
  readonly toolChanges: ToolChanges;
  /** Collects the kinds of blocks that no local model can read. */
  readonly leftOut: string[];
}

/**
 * The result of a tool: text and images. A document that no local model can read becomes a note to the model, as an
 * error would end a conversation in which a tool happened to return one.
 * @throws {ProviderError} `invalid-request`
 */
export function parseToolResult({ block, param }: Block, options: ParseToolResultOptions): ToolResult {
  const toolCallId = readString(
    block['tool_use_id'],
    `${param}.tool_use_id`,
    'the id of the tool_use that this answers',
  );
  const blocks = parseBlocks(block['content'] ?? '', `${param}.content`);
  const parts = blocks.flatMap((inner) => parseResultBlock(inner, options));
  return { toolCallId, parts: block['is_error'] === true ? asError(parts) : parts };
}

function parseResultBlock(block: Block, { toolChanges, leftOut }: ParseToolResultOptions): readonly ToolContentPart[] {
  switch (block.type) {
    case 'text':
      return parseTextBlock(block);
    case 'image':
      return [parseImageBlock(block)];
    case 'document':
      return parseDocumentBlock(block) ?? [{ type: 'text', text: UNREADABLE_DOCUMENT }];
    case 'search_result':
      return parseSearchResultBlock(block);
    case 'tool_reference': {
      const name = readReferencedTool(block);
      toolChanges.add(name);
      return [{ type: 'text', text: `The tool ${name} is available now.` }];
    }
    default:
      leftOut.push(nameBlock(block));
      return [];
  }
}

const UNREADABLE_DOCUMENT =
  '[Here was a document, such as a PDF, that this model cannot read. Use another tool to get its text.]';

/** The chat contract has no flag for it. */
function asError(parts: readonly ToolContentPart[]): readonly ToolContentPart[] {
  const [first, ...rest] = parts;
  return first?.type === 'text'
    ? [{ ...first, text: `Error: ${first.text}` }, ...rest]
    : [{ type: 'text', text: 'Error' }, ...parts];
}
