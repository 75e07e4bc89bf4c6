import { encodeGoJson } from './go-json.ts';
import type { Release } from './release.ts';
import type { Say, ScriptedToolCall } from './script.ts';
import type { CompleteModel } from './simulated-model.ts';

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
}

/** How a release sends the output of its model. */
export interface OutputParser {
  accept(say: Say): Batch[];
  /** Output that is sent with the end of the answer. */
  finish(): Batch;
}

/** How reasoning is sent: as a field, as `<think>` tags in the text, or not at all because thinking is off. */
export type Thinking = 'parsed' | 'in-text' | 'off';

/** The inputs of that decision. */
export interface OutputParserOptions {
  release: Release;
  model: Pick<CompleteModel, 'toolParser' | 'family'>;
  streamed: boolean;
  hasTools: boolean;
  thinking: Thinking;
  generateToolCallId: () => string;
}

/**
 * The server's step between tokens and wire: the place of thinking, the numbering of calls, buffering. It is the same
 * for streamed and whole replies, except where a release treats them differently.
 */
export function createOutputParser(options: OutputParserOptions): OutputParser {
  const { release, model, streamed, hasTools, thinking } = options;
  const dropsTextAroundCalls = hasTools && release.has('buffers-when-tools-are-given');
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
          : encodeGoJson(call.arguments ?? {}, { sortKeys: !release.has('keeps-argument-order') }),
    };
  };

  return {
    accept(say) {
      const batches: Batch[] =
        thinking === 'in-text' ? tags.accept(say).map((text) => ({ text })) : [spoken(say, thinking === 'parsed')];
      const newCalls = [...(say.toolCall === undefined ? [] : [say.toolCall]), ...(say.toolCalls ?? [])].map(
        toWireCall,
      );
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
    },
    finish() {
      if (buffers) return calls > 0 ? {} : { text: bufferedText };
      return heldCalls.length > 0 ? { toolCalls: heldCalls } : {};
    },
  };
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
      EARLY_COUNTERS.test(model.family) ? 'early-builtin-parsers-number-calls' : 'builtin-parsers-number-calls',
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
