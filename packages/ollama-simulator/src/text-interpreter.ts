import type { Thinking } from './thinking.ts';
import type { Release } from './release.ts';
import type { Say } from './script.ts';
import { type CompleteModel, parserName } from './simulated-model.ts';
import type { OfferedTool } from './simulated-request.ts';
import { createTaggedToolCallParser } from './tagged-tool-call-parser.ts';
import { toolCallKeys, toolCallTag } from './template-tool-format.ts';
import { createThinkingParser } from './thinking-parser.ts';
import type { ToolCallParser } from './tool-call-parser.ts';
import { createUntaggedToolCallParser } from './untagged-tool-call-parser.ts';
import { createXmlToolCallParser } from './xml-tool-call-parser.ts';

/** Turns the text of a model into thoughts, text and calls, as the parsers of the release do. */
export interface TextInterpreter {
  accept(say: Say): Say[];
  /** Text that is sent with the end of the answer. */
  finish(): string;
}

/** The inputs of an interpreter. */
export interface TextInterpreterOptions {
  release: Release;
  model: Pick<CompleteModel, 'toolParser' | 'family' | 'name' | 'modelfile' | 'template'>;
  tools: readonly OfferedTool[];
  thinking: Thinking;
  /** Leaves all text as it is. */
  verbatim: boolean;
}

/** Interprets one answer. */
export function createTextInterpreter(options: TextInterpreterOptions): TextInterpreter {
  const { verbatim, thinking } = options;
  const llamaServer = options.model.toolParser === 'template' && options.release.has('runs-llama-server');
  if (verbatim || llamaServer) return { accept: (say) => [say], finish: () => '' };
  const thoughts = thinking === 'parsed' && options.model.toolParser !== 'harmony' ? createThinkingParser() : undefined;
  const calls = createToolCallParser(options);

  return {
    accept(say) {
      const { text: raw, ...rest } = say;
      if (raw === undefined) {
        thoughts?.skip();
        return [say];
      }
      if (rest.reasoning !== undefined) thoughts?.skip();
      const { reasoning, text } = thoughts?.add(raw) ?? { reasoning: '', text: raw };
      const parsed = calls?.add(text) ?? { text, toolCalls: [] };
      const spoken: Say = {
        ...rest,
        ...(reasoning === '' ? {} : { reasoning: (rest.reasoning ?? '') + reasoning }),
        ...(parsed.text === '' && raw !== '' ? {} : { text: parsed.text }),
      };
      return [
        ...(Object.keys(spoken).length === 0 ? [] : [spoken]),
        ...parsed.toolCalls.map((toolCall): Say => ({ toolCall })),
      ];
    },
    finish: () => calls?.finish() ?? '',
  };
}

function createToolCallParser({ release, model, tools }: TextInterpreterOptions): ToolCallParser | undefined {
  switch (model.toolParser) {
    case 'harmony':
      return undefined;
    case 'builtin': {
      const isXml = /^qwen3-?coder/i.test(parserName(model));
      return isXml && release.has('has-builtin-parsers') ? createXmlToolCallParser({ tools }) : undefined;
    }
    case 'template': {
      if (tools.length === 0) return undefined;
      return release.has('buffers-when-tools-are-given')
        ? createUntaggedToolCallParser(toolCallKeys(model.template))
        : createTaggedToolCallParser({
            tag: toolCallTag(model.template),
            names: tools.map(({ name }) => name),
          });
    }
  }
}
