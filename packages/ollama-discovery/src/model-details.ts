import { fieldsOf, isFields, stringsOf, textOf } from './json-fields.ts';
import type { UnknownFields } from './json-fields.ts';

/** The relevant data of `/api/show`. */
export interface ModelDetails {
  /** As the server reports them: `completion`, `tools`, `thinking`, `vision`, `embedding`, … An open set. */
  readonly capabilities: readonly string[];
  /** `inferred` for servers before 0.6.4, which report none: derived from the template and the model's metadata. */
  readonly capabilitiesSource: 'reported' | 'inferred';
  /** The maximum context window of the model, in tokens. Absent if the server does not report it. */
  readonly contextLength?: number;
  /** `num_ctx` of the Modelfile: the context window that the server loads the model with, in tokens. */
  readonly numCtx?: number;
  /**
   * Sampling parameters of the Modelfile. Ollama's `/v1` ignores them and uses 1.0 for parameters that a request omits.
   */
  readonly temperature?: number;
  readonly topP?: number;
  /** Host that runs a cloud model (Ollama ≥ 0.12.0): `https://ollama.com:443`. */
  readonly remoteHost?: string;
  /** The special tokens and tags in the chat template, each once: `[TOOL_CALLS]`, `<tool_call>`. At most 64. */
  readonly templateMarks?: readonly string[];
  /**
   * Whether the template starts each answer inside a `<think>` block that the server does not take for reasoning, so that answers
   * have only its end.
   */
  readonly opensReasoning?: boolean;
}

const TEMPLATE_MARK = /<[^<>\s"'`{}]{2,48}>|\[[A-Za-z_]{3,32}\]/g;
const MAX_TEMPLATE_MARKS = 64;
/** `<think>` at the end of a template, where only the answer and the end of its turn may follow. */
const OPENS_REASONING = /<think>\s*(?:\{\{-?\s*(?:\.Response|end)\b[^}]*\}\}\s*|<(?!\/?think>)[^<>\s]{1,48}>\s*)*$/;

/**
 * Reads the body of `/api/show`. Any field may be missing or malformed: `families: null`, arrays as `null`, unknown
 * capabilities. Malformed fields count as missing.
 */
export function modelDetails(show: unknown): ModelDetails {
  const fields = fieldsOf(show);
  const modelInfo = fieldsOf(fields['model_info']);
  const reported = stringsOf(fields['capabilities']);
  const contextLength = contextLengthOf(modelInfo);
  const parameters = textOf(fields['parameters']) ?? '';
  const template = textOf(fields['template']) ?? '';
  const capabilities = reported ?? inferCapabilities(fields, modelInfo);
  return details({
    capabilities,
    capabilitiesSource: reported === undefined ? 'inferred' : 'reported',
    contextLength,
    numCtx: tokensOf(parameterOf(parameters, 'num_ctx')),
    temperature: samplingOf(parameterOf(parameters, 'temperature')),
    topP: samplingOf(parameterOf(parameters, 'top_p')),
    remoteHost: textOf(fields['remote_host']),
    templateMarks: marksOf(template),
    opensReasoning: (!capabilities.includes('thinking') && OPENS_REASONING.test(template)) || undefined,
  });
}

function marksOf(template: string): readonly string[] | undefined {
  const marks = [...new Set(template.match(TEMPLATE_MARK))];
  return marks.length === 0 ? undefined : marks.slice(0, MAX_TEMPLATE_MARKS);
}

/** Parses details that were written as JSON; `undefined` if they are incomplete. */
export function parseModelDetails(value: unknown): ModelDetails | undefined {
  if (!isFields(value)) return undefined;
  const capabilities = stringsOf(value['capabilities']);
  const source = value['capabilitiesSource'];
  if (capabilities === undefined || (source !== 'reported' && source !== 'inferred')) return undefined;
  return details({
    capabilities,
    capabilitiesSource: source,
    contextLength: tokensOf(value['contextLength']),
    numCtx: tokensOf(value['numCtx']),
    temperature: samplingOf(value['temperature']),
    topP: samplingOf(value['topP']),
    remoteHost: textOf(value['remoteHost']),
    templateMarks: stringsOf(value['templateMarks']),
    opensReasoning: value['opensReasoning'] === true || undefined,
  });
}

/** A number of tokens; `undefined` for an invalid value. */
export function tokensOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : undefined;
}

type Known<T> = { readonly [Key in keyof T]: T[Key] | undefined };

/** Omits undefined fields. */
function details({
  capabilities,
  capabilitiesSource,
  ...rest
}: Pick<ModelDetails, 'capabilities' | 'capabilitiesSource'> & Known<ModelDetails>): ModelDetails {
  return {
    capabilities,
    capabilitiesSource,
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
  };
}

function contextLengthOf(modelInfo: UnknownFields): number | undefined {
  const architecture = textOf(modelInfo['general.architecture']);
  if (architecture !== undefined) return tokensOf(modelInfo[`${architecture}.context_length`]);
  const [only, ...others] = Object.keys(modelInfo).filter((key) => key.endsWith('.context_length'));
  return only !== undefined && others.length === 0 ? tokensOf(modelInfo[only]) : undefined;
}

/**
 * `parameters` is text, one `key   value` per line in random order; large numbers look like `1.048576e+06`. A negative
 * zero becomes 0, as it does in a file of JSON.
 */
function parameterOf(parameters: string, name: string): number | undefined {
  const value = new RegExp(`^${name}\\s+(\\S+)\\s*$`, 'm').exec(parameters)?.[1];
  return value === undefined ? undefined : Number(value) + 0;
}

function samplingOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? value : undefined;
}

/** The same rules as in Ollama ≥ 0.6.4. */
function inferCapabilities(show: UnknownFields, modelInfo: UnknownFields): readonly string[] {
  const template = textOf(show['template']) ?? '';
  const keys = Object.keys(modelInfo);
  const embedding = keys.some((key) => key.endsWith('.pooling_type'));
  const vision = Object.keys(fieldsOf(show['projector_info'])).length > 0 || keys.some((key) => /\.vision\./.test(key));
  return [
    embedding ? 'embedding' : 'completion',
    ...(/\.Tools\b/.test(template) ? ['tools'] : []),
    ...(/\.Suffix\b/.test(template) ? ['insert'] : []),
    ...(vision ? ['vision'] : []),
  ];
}
