import type { ModelFamily } from '../model-family.ts';
import { APERTUS } from './apertus.ts';
import { COHERE } from './cohere.ts';
import { DEEPSEEK } from './deepseek.ts';
import { DOTS } from './dots.ts';
import { GEMMA } from './gemma.ts';
import { GIGACHAT } from './gigachat.ts';
import { GLM } from './glm.ts';
import { GPT_OSS } from './gpt-oss.ts';
import { GRANITE } from './granite.ts';
import { HUNYUAN } from './hunyuan.ts';
import { INTERNLM } from './internlm.ts';
import { JSON_CALLS } from './json.ts';
import { K2_HORIZON } from './k2-horizon.ts';
import { KIMI } from './kimi.ts';
import { LFM } from './lfm.ts';
import { LLAMA } from './llama.ts';
import { LONGCAT } from './longcat.ts';
import { MINIMAX } from './minimax.ts';
import { MISTRAL } from './mistral.ts';
import { NEMOTRON } from './nemotron.ts';
import { OLMO } from './olmo.ts';
import { PHI } from './phi.ts';
import { QWEN } from './qwen.ts';
import { SEED } from './seed.ts';
import { TAGGED_CALLS } from './tags.ts';

/** All families. To add one, add its file and its row here; of two forms with one opening, the first that fits counts. */
export const FAMILIES: readonly ModelFamily[] = [
  JSON_CALLS,
  TAGGED_CALLS,
  QWEN,
  GLM,
  DEEPSEEK,
  KIMI,
  MINIMAX,
  SEED,
  MISTRAL,
  LLAMA,
  GEMMA,
  GPT_OSS,
  LFM,
  COHERE,
  OLMO,
  GRANITE,
  HUNYUAN,
  INTERNLM,
  LONGCAT,
  NEMOTRON,
  APERTUS,
  PHI,
  GIGACHAT,
  K2_HORIZON,
  DOTS,
];
