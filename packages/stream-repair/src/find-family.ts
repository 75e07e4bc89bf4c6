import type { ModelFamily } from './model-family.ts';
import { FAMILIES } from './syntaxes/families.ts';

/** What a server says of a model. */
export interface ModelFacts {
  /** `general.architecture` of the model file; Ollama's `details.family`. */
  readonly architecture?: string | undefined;
  /** The special tokens and tags in the chat template, such as `[TOOL_CALLS]`. */
  readonly templateMarks?: readonly string[] | undefined;
}

/**
 * Architectures of several families: GGUF files of Mistral, Yi and Hermes say `llama`, Kimi K2 and GLM 4.7 Flash say
 * `deepseek2`, and distillations of DeepSeek R1 say `qwen2`. Only the template tells which.
 */
const SHARED_ARCHITECTURES: ReadonlySet<string> = new Set(['llama', 'deepseek2', 'qwen2']);

/** Tokens of chat templates that one family alone has, from the templates of the models. Those of ChatML are not here. */
const FAMILY_OF_MARK: ReadonlyMap<string, string> = new Map([
  ['<|eot_id|>', 'llama'],
  ['<|python_tag|>', 'llama'],
  ['<|python_start|>', 'llama'],
  ['<|header_start|>', 'llama'],
  ['[TOOL_CALLS]', 'mistral'],
  ['[AVAILABLE_TOOLS]', 'mistral'],
  ['<｜User｜>', 'deepseek'],
  ['<｜Assistant｜>', 'deepseek'],
  ['<|tool_calls_section_begin|>', 'kimi'],
  ['<|im_middle|>', 'kimi'],
  ['<arg_key>', 'glm'],
  ['[gMASK]', 'glm'],
  ['<|START_OF_TURN_TOKEN|>', 'cohere'],
  ['<start_of_turn>', 'gemma'],
  ['<|turn>', 'gemma'],
  ['<|channel|>', 'gpt-oss'],
  ['<|tool_call_start|>', 'lfm'],
  ['<|tool_list_start|>', 'lfm'],
  ['<|start_of_role|>', 'granite'],
  ['<minimax:tool_call>', 'minimax'],
  ['<seed:tool_call>', 'seed'],
  ['<|action_start|>', 'internlm'],
  ['<longcat_tool_call>', 'longcat'],
  ['<TOOLCALL>', 'nemotron'],
  ['<|tools_prefix|>', 'apertus'],
  ['<|message_sep|>', 'gigachat'],
  ['<dots_function_call>', 'dots'],
  ['<ifm|tool_call>', 'k2-horizon'],
]);

/** The family of this name: an id of a family, or the architecture of a model as servers name it. */
export function findFamily(name: string): ModelFamily | undefined {
  const word = name.toLowerCase();
  return (
    FAMILIES.find(({ id }) => id === word) ??
    FAMILIES.find(({ architectures }) => architectures.some((start) => word.startsWith(start)))
  );
}

/**
 * Finds the id of the family of a model, for the option `family`. The template decides before the architecture, as a
 * derived model may have learned other forms than the model that it was made from. `undefined` if that is not certain.
 */
export function findModelFamily({ architecture = '', templateMarks = [] }: ModelFacts): string | undefined {
  const taught = new Set(templateMarks.flatMap((mark) => FAMILY_OF_MARK.get(mark) ?? []));
  const [only, ...others] = taught;
  if (others.length === 0 && only !== undefined) return only;
  const own = SHARED_ARCHITECTURES.has(architecture) ? undefined : findFamily(architecture)?.id;
  return own === undefined || taught.size === 0 || taught.has(own) ? own : undefined;
}
