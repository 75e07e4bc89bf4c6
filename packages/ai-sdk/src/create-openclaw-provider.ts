import { NoSuchModelError } from '@ai-sdk/provider';
import type { EmbeddingModelV4, LanguageModelV4, ProviderV4 } from '@ai-sdk/provider';
import type { OpenClaw } from '@openclaw/runtime';
import { createEmbeddingModel } from './embedding-model.ts';
import { createLanguageModel } from './language-model.ts';
import type { ModelSettings } from './language-model.ts';

export interface OpenClawProviderOptions {
  /** The models; its owner closes it. */
  readonly claw: OpenClaw;
}

/** Models by reference, alias or agent: `openclaw('ollama/qwen3:8b')`, `openclaw('openclaw')`. */
export interface OpenClawProvider extends ProviderV4 {
  (modelId: string, settings?: ModelSettings): LanguageModelV4;
  languageModel(modelId: string, settings?: ModelSettings): LanguageModelV4;
  embeddingModel(modelId: string): EmbeddingModelV4;
}

/** Creates a provider of the AI SDK over the models of a configuration. */
export function createOpenClawProvider({ claw }: OpenClawProviderOptions): OpenClawProvider {
  const languageModel = (modelId: string, settings?: ModelSettings) => createLanguageModel(modelId, { claw, settings });
  return Object.assign((modelId: string, settings?: ModelSettings) => languageModel(modelId, settings), {
    specificationVersion: 'v4' as const,
    languageModel,
    embeddingModel: (modelId: string) => createEmbeddingModel(modelId, { claw }),
    imageModel(modelId: string): never {
      throw new NoSuchModelError({ modelId, modelType: 'imageModel' });
    },
  });
}
