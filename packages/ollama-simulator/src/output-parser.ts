import { encodeGoJson } from './go-json.ts';
import type { JsonObject } from './json-value.ts';
import type { Release } from './release.ts';
import type { Say, ScriptedToolCall } from './script.ts';
import { type CompleteModel, parserName } from './simulated-model.ts';
import type { OfferedTool } from './simulated-request.ts';
import type { TokenLogprob } from './token-logprobs.ts';
import { createTextInterpreter } from './text-interpreter.ts';
import type { Thinking } from './thinking.ts';

/** A tool call with all its wire fields. */
export interface WireToolCall {
  id: string;
  index: number;
  name: string;
  argumentsText: string;
}

/** Output that is sent immediately. */
export interface Batch {
  reasoning?: string;
  text?: string;
  toolCalls?: readonly WireToolCall[];
  logprobs?: readonly TokenLogprob[];
}

/** How a release sends the output of its model. */
export interface OutputParser {
  accept(say: Say): Batch[];
  /** Output that is sent with the end of the answer. */
  finish(): Batch;
}

/** The inputs of that decision. */
export interface OutputParserOptions {
  release: Release;
  model: Pick<CompleteModel, 'toolParser' | 'family' | 'name' | 'modelfile' | 'template'>;
  streamed: boolean;
  tools: readonly OfferedTool[];
  thinking: Thinking;
  /** Leaves text as it is, even if it looks like thoughts or a call. */
  verbatim: boolean;
  generateToolCallId: () => string;
}

/**
 * The server's step between tokens and wire: the place of thinking, the numbering of calls, buffering. It is the same
 * for streamed and whole replies, except where a release treats them differently.
 */
export function createOutputParser(options: OutputParserOptions): OutputParser {
  const { release, model, streamed, tools, thinking } = options;
  const interpreter = createTextInterpreter(options);
  const dropsTextAroundCalls = tools.length > 0 && release.has('buffers-when-tools-are-given');
  const buffers = dropsTextAroundCalls;
  const holdsCalls =
    (model.toolParser === 'harmony' && release.has('parses-harmony')) ||
    (model.toolParser === 'template' && release.has('runs-llama-server'));
  const numbersCalls = numbersToolCalls(release, { model, streamed });
  const tags = createThinkTags();
  let calls = 0;
  let bufferedText = '';
  let heldCalls: WireToolCall[] = [];

  const toWireCall = (call: ScriptedToolCall): WireToolCall => {
    const index = call.index ?? (numbersCalls ? calls : 0);
    calls += 1;
    return {
      id: call.id ?? options.generateToolCallId(),
      index,
      name: call.name,
      argumentsText:
        typeof call.arguments === 'string'
          ? call.arguments
          : encodeArguments(call.arguments ?? {}, { model, release, position: calls }),
    };
  };

  const acceptParsed = (say: Say): Batch[] => {
    const batches: Batch[] =
      thinking === 'in-text' ? tags.accept(say).map((text) => ({ text })) : [spoken(say, thinking === 'parsed')];
    const newCalls = [...(say.toolCall === undefined ? [] : [say.toolCall]), ...(say.toolCalls ?? [])].map(toWireCall);
    if (buffers) {
      bufferedText += batches.map(({ text = '' }) => text).join('');
      return newCalls.length > 0 ? [{ toolCalls: newCalls }] : [];
    }
    const said = batches.filter(({ reasoning, text }) => reasoning !== undefined || text !== undefined);
    if (newCalls.length === 0) return said;
    if (holdsCalls) {
      heldCalls = [...heldCalls, ...newCalls];
      return said;
    }
    const last = said.pop();
    return [...said, { ...last, toolCalls: newCalls }];
  };

  return {
    accept: (say) => interpreter.accept(say).flatMap(acceptParsed),
    finish() {
      const text = interpreter.finish();
      if (buffers) return calls > 0 ? {} : { text: bufferedText + text };
      return { ...(text === '' ? {} : { text }), ...(heldCalls.length > 0 ? { toolCalls: heldCalls } : {}) };
    },
  };
}

/**
 * Arguments as the release encodes them: sorted before 0.14.0. Later the template parser gives them in an order that is
 * random for each call; here the first key moves to the end, further for each call.
 */
function encodeArguments(
  given: JsonObject,
  { model, release, position }: { model: OutputParserOptions['model']; release: Release; position: number },
): string {
  if (!release.has('keeps-argument-order')) return encodeGoJson(given, { sortKeys: true });
  if (model.toolParser !== 'template' || release.has('runs-llama-server')) return encodeGoJson(given);
  const entries = Object.entries(given);
  const first = entries.length === 0 ? 0 : position % entries.length;
  const members = [...entries.slice(first), ...entries.slice(0, first)].map(
    ([key, value]) => `${encodeGoJson(key)}:${encodeGoJson(value, { sortKeys: true })}`,
  );
  return `{${members.join(',')}}`;
}

function spoken({ reasoning, text }: Say, thinks: boolean): Batch {
  return {
    ...(thinks && reasoning !== undefined ? { reasoning } : {}),
    ...(text === undefined ? {} : { text }),
  };
}

/** Families whose own parsers learned to count in 0.17.4; all others did in 0.20.6. */
const EARLY_COUNTERS = /^(qwen3|qwen3-?coder|qwen3moe|glm)/i;

function numbersToolCalls(
  release: Release,
  { model, streamed }: { model: OutputParserOptions['model']; streamed: boolean },
): boolean {
  if (model.toolParser === 'harmony' && release.has('parses-harmony')) return false;
  if (model.toolParser === 'builtin' && release.has('has-builtin-parsers')) {
    return release.has(
      EARLY_COUNTERS.test(parserName(model)) ? 'early-builtin-parsers-number-calls' : 'builtin-parsers-number-calls',
    );
  }
  return streamed ? !release.has('loses-streamed-call-numbers') : release.has('numbers-whole-calls');
}

/** Reasoning as a model without a thinking parser utters it: tags and line breaks are tokens of their own. */
function createThinkTags(): { accept(say: Say): string[] } {
  let open = false;
  return {
    accept({ reasoning = '', text, toolCall, toolCalls }) {
      const pieces: string[] = [];
      if (reasoning !== '') {
        if (!open) pieces.push('<think>', '\n');
        open = true;
        pieces.push(reasoning);
      }
      if (open && ((text ?? '') !== '' || toolCall !== undefined || toolCalls !== undefined)) {
        open = false;
        pieces.push('\n', '</think>', '\n\n');
      }
      return text === undefined ? pieces : [...pieces, text];
    },
  };
}
