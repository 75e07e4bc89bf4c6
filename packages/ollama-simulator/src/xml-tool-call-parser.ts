import { overlapOf } from './overlap.ts';
import { parseJson } from './parse-body.ts';
import { RequestFailure } from './request-failure.ts';
import type { ScriptedToolCall } from './script.ts';
import type { OfferedTool } from './simulated-request.ts';
import type { ToolCallParser } from './tool-call-parser.ts';

const OPENING = '<tool_call>';
const CLOSING = '</tool_call>';

/**
 * Ollama's built-in parser for qwen3-coder: `<tool_call><function=name><parameter=key>value</parameter></function>
 * </tool_call>`. Blanks around a call are dropped.
 * @throws RequestFailure 500 if the XML is broken
 */
export function createXmlToolCallParser({ tools }: { tools: readonly OfferedTool[] }): ToolCallParser {
  let buffer = '';
  let inCall = false;
  let afterCall = false;

  function takeText(): string {
    if (afterCall) buffer = buffer.trimStart();
    const start = buffer.indexOf(OPENING);
    if (start >= 0) {
      const text = buffer.slice(0, start).trimEnd();
      buffer = buffer.slice(start + OPENING.length);
      inCall = true;
      return text;
    }
    // Blanks may be followed by a call.
    const sure = buffer.slice(0, buffer.length - overlapOf(buffer, OPENING)).trimEnd();
    buffer = buffer.slice(sure.length);
    if (sure !== '') afterCall = false;
    return sure;
  }

  return {
    add(piece) {
      buffer += piece;
      const toolCalls: ScriptedToolCall[] = [];
      let text = '';
      for (;;) {
        if (!inCall) text += takeText();
        const end = inCall ? buffer.indexOf(CLOSING) : -1;
        if (end < 0) return { text, toolCalls };
        toolCalls.push(parseCall(buffer.slice(0, end), tools));
        buffer = buffer.slice(end + CLOSING.length);
        inCall = false;
        afterCall = true;
      }
    },
    finish: () => (inCall ? '' : buffer),
  };
}

function parseCall(xml: string, tools: readonly OfferedTool[]): ScriptedToolCall {
  checkNesting(xml);
  const name = /<function=([^>]*)>/.exec(xml)?.[1] ?? '';
  const properties = tools.find((tool) => tool.name === name)?.parameters['properties'];
  const given = [...xml.matchAll(/<parameter=([^>]*)>([\s\S]*?)<\/parameter>/g)].map(([, key = '', value = '']) => [
    key,
    parseValue(value.replace(/^\n|\n$/g, ''), typeOf(properties, key)),
  ]);
  return { name, arguments: Object.fromEntries(given) };
}

/** Fails like Go's XML decoder at the first element that is closed by another one's end. */
function checkNesting(xml: string): void {
  const open: string[] = [];
  for (const tag of xml.matchAll(/<(\/?)(function|parameter)(?:=[^>]*)?>/g)) {
    const [, slash, element = ''] = tag;
    if (slash === '') {
      open.push(element);
      continue;
    }
    const expected = open.pop();
    if (expected === element) continue;
    const line = xml.slice(0, tag.index).split('\n').length;
    const problem =
      expected === undefined ? `unexpected end element </${element}>` : `element <${expected}> closed by </${element}>`;
    throw new RequestFailure(500, `XML syntax error on line ${line}: ${problem}`, { foundBy: 'runner' });
  }
}

function typeOf(properties: unknown, key: string): unknown {
  if (typeof properties !== 'object' || properties === null) return undefined;
  const property: unknown = Object.entries(properties).find(([name]) => name === key)?.[1];
  return typeof property === 'object' && property !== null && 'type' in property ? property.type : undefined;
}

function parseValue(text: string, type: unknown): unknown {
  if (type === undefined || type === 'string') return text;
  const parsed = parseJson(text);
  return parsed.valid ? parsed.value : text;
}
