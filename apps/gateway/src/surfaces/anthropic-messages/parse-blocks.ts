import { invalidField, invalidRequest, isObject, readArray, readObject, readString } from '@openclaw/openai-wire';
import type { ImagePart, JsonObject, JsonValue, TextPart } from '@openclaw/provider';

/** A content block as the client sent it. */
export interface Block {
  readonly type: string;
  readonly block: JsonObject;
  /** Where it is: `messages[0].content[1]`. */
  readonly param: string;
}

/**
 * Content as blocks. A string is one text block, and nothing if it is empty.
 * @throws {ProviderError} `invalid-request`
 */
export function parseBlocks(value: JsonValue | undefined, param: string): readonly Block[] {
  if (typeof value === 'string') return value === '' ? [] : [{ type: 'text', block: { text: value }, param }];
  const list = readArray(value, param, 'a string or an array of content blocks');
  return list.map((item, index) => {
    const at = `${param}[${index}]`;
    const block = readObject(item, at, 'a content block');
    return { type: readString(block['type'], `${at}.type`), block, param: at };
  });
}

/** For the log. */
export function nameBlock({ type }: Block): string {
  return `the block type ${JSON.stringify(type.slice(0, 100))}`;
}

/** Text without characters is left out: it would only add a line. */
export function parseTextBlock({ block, param }: Block): readonly TextPart[] {
  const text = readString(block['text'], `${param}.text`);
  return text === '' ? [] : [{ type: 'text', text }];
}

export function parseImageBlock({ block, param }: Block): ImagePart {
  const at = `${param}.source`;
  const source = readObject(block['source'], at);
  switch (readString(source['type'], `${at}.type`)) {
    case 'base64': {
      const mediaType = readString(source['media_type'], `${at}.media_type`);
      if (!/^image\/[\w.+-]+$/.test(mediaType)) throw invalidField(`${at}.media_type`, '"image/…"', mediaType);
      return { type: 'image', url: `data:${mediaType};base64,${readString(source['data'], `${at}.data`)}` };
    }
    case 'url': {
      const url = readString(source['url'], `${at}.url`);
      if (!/^(data:|https?:\/\/)/i.test(url)) throw invalidField(`${at}.url`, 'an http(s): or data: URL', url);
      return { type: 'image', url };
    }
    case 'file':
      throw invalidRequest(`\`${at}\` names an uploaded file. This gateway stores no files: send "base64".`, at);
    default:
      throw invalidField(`${at}.type`, '"base64" or "url"', source['type']);
  }
}

/**
 * A document as text and images.
 * @returns `undefined` for a form that a local model cannot read: a PDF, a file at Anthropic.
 */
export function parseDocumentBlock({ block, param }: Block): readonly (TextPart | ImagePart)[] | undefined {
  const at = `${param}.source`;
  const source = readObject(block['source'], at);
  const title = typeof block['title'] === 'string' ? block['title'] : '';
  const heading: TextPart[] = title === '' ? [] : [{ type: 'text', text: `Document: ${title}` }];
  switch (readString(source['type'], `${at}.type`)) {
    case 'text':
      return [...heading, { type: 'text', text: readString(source['data'], `${at}.data`) }];
    case 'content':
      return [...heading, ...parseBlocks(source['content'], `${at}.content`).flatMap(parseTextOrImage)];
    default:
      return undefined;
  }
}

/** What a search of the client found: its title, its address and its text. */
export function parseSearchResultBlock({ block, param }: Block): readonly TextPart[] {
  const { title, source, content } = block;
  const heading = [title, source].flatMap((line) => (typeof line === 'string' && line !== '' ? [line] : [])).join('\n');
  const texts = parseBlocks(content, `${param}.content`).flatMap(parseTextBlock);
  return heading === '' ? texts : [{ type: 'text', text: heading }, ...texts];
}

/** The name in `{"tool_name": …}` or in `{"tool": {"name": …}}`. */
export function readReferencedTool({ block, param }: Block): string {
  const { tool } = block;
  return isObject(tool)
    ? readString(tool['name'] ?? tool['tool_name'], `${param}.tool.name`)
    : readString(block['tool_name'], `${param}.tool_name`);
}

function parseTextOrImage(block: Block): readonly (TextPart | ImagePart)[] {
  if (block.type === 'text') return parseTextBlock(block);
  if (block.type === 'image') return [parseImageBlock(block)];
  throw invalidField(`${block.param}.type`, '"text" or "image"', block.type);
}
