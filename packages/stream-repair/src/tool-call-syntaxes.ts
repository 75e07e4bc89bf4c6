import { DEEPSEEK_TOKENS, readDeepseekCall, readDeepseekCalls } from './syntaxes/deepseek-call.ts';
import { readHarmonyCall } from './syntaxes/harmony-call.ts';
import { readFencedCalls } from './syntaxes/fenced-call.ts';
import { readFunction, readFunctionWithAttribute } from './syntaxes/function-xml.ts';
import { readGemmaCalls } from './syntaxes/gemma-call.ts';
import { readRestOfCall } from './syntaxes/json-call.ts';
import { readMistralCalls } from './syntaxes/mistral-call.ts';
import { readBracketed, readPythonTag } from './syntaxes/python-call.ts';
import { readFunctioncall, readTaggedCalls } from './syntaxes/tagged-call.ts';
import { readWord } from './text-reader.ts';
import type { Parse, TextReader } from './text-reader.ts';
import type { FoundCall, ToolIndex } from './tool-index.ts';

/** How certain a form is: with a marker that only calls have, JSON or Python alone, or either in a code block. */
export type CallForm = 'marked' | 'bare' | 'fenced';

/** One way in which models write a call as text. To add a form, add a row here and a file under `syntaxes/`. */
export interface ToolCallSyntax {
  /** Its first characters. */
  readonly opening: string;
  readonly form: CallForm;
  /** A description for the repair event. */
  readonly label: string;
  /** Reads the text after the opening; `undefined` as soon as it is not a call. */
  readonly read: (reader: TextReader, tools: ToolIndex) => Parse<readonly FoundCall[] | undefined>;
}

/** The calls of a candidate. */
export interface FoundCalls {
  readonly calls: readonly FoundCall[];
  readonly form: CallForm;
  readonly label: string;
}

/** Tags that hold JSON or XML (`<tool_call>` GLM's keys and values, too) up to a closing tag of the same name. */
const TAGS = ['tool_call', 'tool_calls', 'toolcall', 'tools', 'function_call', 'function_calls'];

const SYNTAXES: readonly ToolCallSyntax[] = [
  ...TAGS.map((tag): ToolCallSyntax => ({
    opening: `<${tag}>`,
    form: 'marked',
    label: `<${tag}>`,
    read: (reader, tools) => readTaggedCalls(reader, tools, `</${tag}>`),
  })),
  { opening: '<functioncall', form: 'marked', label: '<functioncall>', read: readFunctioncall },
  { opening: '<function=', form: 'marked', label: '<function=…>', read: readFunction },
  // Other XML has such elements, too, so they are judged like JSON.
  { opening: '<function ', form: 'bare', label: '<function name=…>', read: readFunctionWithAttribute },
  { opening: '<invoke ', form: 'bare', label: '<invoke name=…>', read: readFunctionWithAttribute },
  { opening: '[TOOL_CALLS]', form: 'marked', label: '[TOOL_CALLS]', read: readMistralCalls },
  { opening: '<|python_tag|>', form: 'marked', label: '<|python_tag|>', read: readPythonTag },
  { opening: '<|python_start|>', form: 'marked', label: '<|python_start|>', read: readPythonTag },
  { opening: '<|tool_call>', form: 'marked', label: '<|tool_call>', read: readGemmaCalls },
  { opening: '<|channel|>', form: 'marked', label: '<|channel|>', read: readHarmonyCall },
  { opening: '<|start|>', form: 'marked', label: '<|start|>', read: readHarmonyCall },
  { opening: DEEPSEEK_TOKENS.callsBegin, form: 'marked', label: DEEPSEEK_TOKENS.callsBegin, read: readDeepseekCalls },
  { opening: DEEPSEEK_TOKENS.callBegin, form: 'marked', label: DEEPSEEK_TOKENS.callBegin, read: readDeepseekCall },
  { opening: '{', form: 'bare', label: 'bare JSON', read: readBareObject },
  { opening: '[', form: 'bare', label: 'a bare list', read: readBracketed },
  { opening: '```', form: 'fenced', label: 'a code block', read: readFenced },
];

/** Closing markers of all forms. They mean nothing alone. */
export const CLOSINGS: readonly string[] = [
  ...TAGS.map((tag) => `</${tag}>`),
  '</functioncall>',
  '</function>',
  '</invoke>',
  '[/TOOL_CALLS]',
  '<|python_end|>',
  '<|eom_id|>',
  '<|eot_id|>',
  '<tool_call|>',
  '<|call|>',
  '<|end|>',
  '<|im_end|>',
  '<|observation|>',
  DEEPSEEK_TOKENS.callEnd,
  DEEPSEEK_TOKENS.callsEnd,
  DEEPSEEK_TOKENS.answerEnd,
  '</s>',
];

const MARKERS = [...SYNTAXES.map(({ opening }) => opening), ...CLOSINGS];

/** The first characters of markers. Text without them has no call. */
export const MARKER_START = new RegExp(`[${[...new Set(MARKERS.map((marker) => `\\${marker[0]}`))].join('')}]`, 'g');

/** Reads calls in any form, or a `closing` marker. */
export function* readToolCalls(reader: TextReader, tools: ToolIndex): Parse<FoundCalls | 'closing' | undefined> {
  const { word } = yield* readWord(reader, MARKERS);
  if (word !== undefined && CLOSINGS.includes(word)) return 'closing';
  const syntax = SYNTAXES.find(({ opening }) => opening === word);
  if (!syntax) return undefined;
  const { form, label } = syntax;
  const calls = yield* syntax.read(reader, tools);
  return calls && { calls, form, label };
}

function* readBareObject(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  const call = yield* readRestOfCall(reader, tools);
  return typeof call === 'string' ? undefined : [call];
}

function* readFenced(reader: TextReader, tools: ToolIndex): Parse<readonly FoundCall[] | undefined> {
  return yield* readFencedCalls(reader, tools, readToolCalls);
}
