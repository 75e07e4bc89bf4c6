import { encodeGguf } from './encode-gguf.ts';
import { createTapeVocabulary } from './tape-vocabulary.ts';
import type { TapeScript } from './tape-script.ts';
import { createTapeWeights, WIDTH } from './tape-weights.ts';

/** Options of `createTapeModel`. */
export interface TapeModelOptions {
  /** The script for prompts that select none. @default the first script */
  readonly defaultScript?: string;
  /** The script for prompts that end in the result of a tool. @default defaultScript */
  readonly afterTool?: string;
  /** The context window for which the model claims to be trained, in tokens. @default 131072 */
  readonly contextLength?: number;
  /** Whether the model offers embeddings instead of completions. @default false */
  readonly embedding?: boolean;
  /** `general.name` of the file. @default 'tape' */
  readonly name?: string;
}

/** Attention and the feed-forward network add nothing, so they are as small as servers accept. */
const HEADS = 1;
const HEAD_WIDTH = 8;
const FEED_FORWARD = 8;
const MEAN_POOLING = 1;

/**
 * Makes the GGUF file of a model that answers with these scripts, token by token. The same scripts give the same bytes.
 * Throws a `TapeModelError` if a script cannot be divided into tokens that no other script has.
 */
export function createTapeModel(
  scripts: Readonly<Record<string, TapeScript>>,
  {
    defaultScript = Object.keys(scripts)[0] ?? '',
    afterTool = defaultScript,
    contextLength = 131_072,
    embedding = false,
    name = 'tape',
  }: TapeModelOptions = {},
): Uint8Array<ArrayBuffer> {
  const vocabulary = createTapeVocabulary(scripts, { defaultScript, afterTool });
  const weights = createTapeWeights(vocabulary);
  const size = vocabulary.tokens.length;
  const ones = new Float32Array(WIDTH).fill(1);
  return encodeGguf(
    {
      'general.architecture': { type: 'string', value: 'llama' },
      'general.name': { type: 'string', value: name },
      'general.file_type': { type: 'u32', value: 0 },
      'llama.block_count': { type: 'u32', value: 1 },
      'llama.context_length': { type: 'u32', value: contextLength },
      'llama.embedding_length': { type: 'u32', value: WIDTH },
      'llama.feed_forward_length': { type: 'u32', value: FEED_FORWARD },
      'llama.attention.head_count': { type: 'u32', value: HEADS },
      'llama.attention.head_count_kv': { type: 'u32', value: HEADS },
      'llama.attention.key_length': { type: 'u32', value: HEAD_WIDTH },
      'llama.attention.value_length': { type: 'u32', value: HEAD_WIDTH },
      'llama.attention.layer_norm_rms_epsilon': { type: 'f32', value: 1e-6 },
      'llama.rope.dimension_count': { type: 'u32', value: HEAD_WIDTH },
      'llama.vocab_size': { type: 'u32', value: size },
      'tokenizer.ggml.model': { type: 'string', value: 'llama' },
      'tokenizer.ggml.tokens': { type: 'strings', value: vocabulary.tokens },
      'tokenizer.ggml.scores': { type: 'f32s', value: vocabulary.scores },
      'tokenizer.ggml.token_type': { type: 'i32s', value: vocabulary.types },
      'tokenizer.ggml.bos_token_id': { type: 'u32', value: 1 },
      'tokenizer.ggml.eos_token_id': { type: 'u32', value: vocabulary.endToken },
      'tokenizer.ggml.unknown_token_id': { type: 'u32', value: 0 },
      'tokenizer.ggml.add_bos_token': { type: 'bool', value: false },
      'tokenizer.ggml.add_space_prefix': { type: 'bool', value: false },
      ...(embedding && { 'llama.pooling_type': { type: 'u32', value: MEAN_POOLING } as const }),
    },
    // One layer of zeros: a token alone decides about the next one.
    {
      'token_embd.weight': { shape: [WIDTH, size], data: weights.embedding },
      'blk.0.attn_norm.weight': { shape: [WIDTH], data: ones },
      'blk.0.attn_q.weight': { shape: [WIDTH, HEAD_WIDTH] },
      'blk.0.attn_k.weight': { shape: [WIDTH, HEAD_WIDTH] },
      'blk.0.attn_v.weight': { shape: [WIDTH, HEAD_WIDTH] },
      'blk.0.attn_output.weight': { shape: [HEAD_WIDTH, WIDTH] },
      'blk.0.ffn_norm.weight': { shape: [WIDTH], data: ones },
      'blk.0.ffn_gate.weight': { shape: [WIDTH, FEED_FORWARD] },
      'blk.0.ffn_up.weight': { shape: [WIDTH, FEED_FORWARD] },
      'blk.0.ffn_down.weight': { shape: [FEED_FORWARD, WIDTH] },
      'output_norm.weight': { shape: [WIDTH], data: ones },
      'output.weight': { shape: [WIDTH, size], data: weights.output },
    },
  );
}
