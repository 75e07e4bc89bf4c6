import { invalidField, invalidRequest, isAbsent, readArray, readObject, readString } from '@openclaw/openai-wire';
import type { ImagePart, JsonObject, JsonValue, TextPart } from '@openclaw/provider';

/**
 * The content of a user message or of a tool's output.
 * @throws {ProviderError} `invalid-request`
 */
export function parseContent(value: JsonValue | undefined, param: string): string | readonly (TextPart | ImagePart)[] {
  if (typeof value === 'string') return value;
  const parts = readArray(value, param, 'a string or an array of content parts').map((part, index) =>
    parsePart(part, `${param}[${index}]`),
  );
  const [only] = parts;
  // One text means the same in either form, and the same prompt should reach the model's cache.
  return parts.length === 1 && only?.type === 'text' ? only.text : parts;
}

/**
 * Content that can only be text: of a system or an assistant message.
 * @throws {ProviderError} `invalid-request`
 */
export function parseText(value: JsonValue | undefined, param: string): string {
  if (isAbsent(value)) return '';
  if (typeof value === 'string') return value;
  return readArray(value, param, 'a string or an array of text parts')
    .map((item, index) => {
      const at = `${param}[${index}]`;
      const part = parsePart(item, at);
      if (part.type !== 'text') throw invalidField(at, 'a text part', item);
      return part.text;
    })
    .join('\n');
}

/** The joined `text` of parts, as reasoning items have them. */
export function readPartTexts(value: JsonValue | undefined, param: string): string {
  if (isAbsent(value)) return '';
  return readArray(value, param)
    .map((item, index) => readString(readObject(item, `${param}[${index}]`)['text'], `${param}[${index}].text`))
    .join('\n\n');
}

type PartReader = (part: JsonObject, param: string) => TextPart | ImagePart;

function parsePart(value: JsonValue, param: string): TextPart | ImagePart {
  const part = readObject(value, param, 'a content part');
  const type = readString(part['type'], `${param}.type`, 'the type of a content part');
  const read = PARTS.get(type);
  if (read === undefined) {
    throw invalidRequest(
      `\`${param}.type\` is ${JSON.stringify(type.slice(0, 60))}, which no model here can read. Send text or an image.`,
      `${param}.type`,
    );
  }
  return read(part, param);
}

const readTextPart: PartReader = ({ text }, param) => ({ type: 'text', text: readString(text, `${param}.text`) });

const PARTS: ReadonlyMap<string, PartReader> = new Map<string, PartReader>([
  ['input_text', readTextPart],
  ['output_text', readTextPart],
  ['text', readTextPart],
  ['refusal', ({ refusal }, param) => ({ type: 'text', text: readString(refusal, `${param}.refusal`), refusal: true })],
  ['input_image', readImagePart],
  ['input_file', readFilePart],
]);

function readImagePart({ image_url: url, file_id: fileId, detail }: JsonObject, param: string): ImagePart {
  if (isAbsent(url) && !isAbsent(fileId)) throw noFiles(`${param}.file_id`);
  const expected = 'a data: URL (or an http(s) URL, where the server fetches images itself)';
  const found = readString(url, `${param}.image_url`, expected);
  if (!/^(data:|https?:\/\/)/i.test(found)) throw invalidField(`${param}.image_url`, expected, url);
  return { type: 'image', url: found, ...(typeof detail === 'string' && { detail }) };
}

/** A text file becomes text with its name above. Chat models of local servers read no other files. */
function readFilePart({ file_data: data, filename }: JsonObject, param: string): TextPart {
  if (isAbsent(data)) throw noFiles(param);
  const text = decodeTextFile(readString(data, `${param}.file_data`));
  if (text === undefined) {
    throw invalidRequest(
      `\`${param}.file_data\` is no text file, and models here read only text and images. Send its text.`,
      `${param}.file_data`,
    );
  }
  return { type: 'text', text: typeof filename === 'string' ? `${filename}:\n${text}` : text };
}

function decodeTextFile(data: string): string | undefined {
  const [, type = '', encoded = ''] = /^data:([^;,]*)(?:;[^,]*)?;base64,(.*)$/s.exec(data) ?? [];
  if (!/^(text\/|application\/(json|xml|yaml|javascript))/i.test(type)) return undefined;
  return Buffer.from(encoded, 'base64').toString('utf8');
}

function noFiles(param: string): Error {
  return invalidRequest(
    `\`${param}\` refers to a file that this gateway does not have. Send the content itself: \`image_url\` or \`file_data\`.`,
    param,
  );
}
