import { isJsonObject, textList } from './json-value.ts';
import { RequestFailure } from './request-failure.ts';

/** The `options` of a native request that the simulator uses. Sampling has no effect on a script. */
export interface ModelOptions {
  numCtx: number | undefined;
  numPredict: number | undefined;
  stop: readonly string[];
}

/**
 * Reads `options`; unknown keys are ignored, as by Ollama.
 * @throws RequestFailure 500 if a known option has a wrong type
 */
export function parseModelOptions(options: unknown): ModelOptions {
  const given = isJsonObject(options) ? options : {};
  for (const [name, value] of Object.entries(given)) {
    const type = OPTION_TYPES[name];
    if (type === undefined || value === null || VALID[type](value)) continue;
    throw new RequestFailure(500, `option "${name}" must be of ${type}`);
  }
  const { stop = [] } = given;
  if (textList(stop).length !== (Array.isArray(stop) ? stop.length : 0)) {
    throw new RequestFailure(500, 'option "stop" must be of an array of strings');
  }
  return { numCtx: integer(given['num_ctx']), numPredict: integer(given['num_predict']), stop: textList(stop) };
}

type OptionType = 'type integer' | 'type float32' | 'type boolean' | 'type array';

const VALID: Readonly<Record<OptionType, (value: unknown) => boolean>> = {
  'type integer': (value) => typeof value === 'number',
  'type float32': (value) => typeof value === 'number',
  'type boolean': (value) => typeof value === 'boolean',
  'type array': (value) => Array.isArray(value),
};

const OPTION_TYPES: Readonly<Record<string, OptionType>> = {
  num_ctx: 'type integer',
  num_predict: 'type integer',
  num_keep: 'type integer',
  num_batch: 'type integer',
  num_gpu: 'type integer',
  main_gpu: 'type integer',
  num_thread: 'type integer',
  seed: 'type integer',
  top_k: 'type integer',
  repeat_last_n: 'type integer',
  top_p: 'type float32',
  min_p: 'type float32',
  typical_p: 'type float32',
  temperature: 'type float32',
  repeat_penalty: 'type float32',
  presence_penalty: 'type float32',
  frequency_penalty: 'type float32',
  use_mmap: 'type boolean',
  stop: 'type array',
};

function integer(value: unknown): number | undefined {
  return typeof value === 'number' ? Math.trunc(value) : undefined;
}
