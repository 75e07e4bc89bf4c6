import { ProviderV4, LanguageModelV4, EmbeddingModelV4, LanguageModelV4Middleware } from '@ai-sdk/provider';
import { RuntimeChatRequest, OpenClaw } from '@openclaw/runtime';
import { RepairStreamOptions } from '@openclaw/stream-repair';

/** Of one model: which agent's configuration it uses, whether it has fallbacks, and how its server is asked. */
type ModelSettings = Pick<RuntimeChatRequest, 'agent' | 'allowFallbacks' | 'streaming'>;

interface OpenClawProviderOptions {
    /** The models; its owner closes it. */
    readonly claw: OpenClaw;
}
/** Models by reference, alias or agent: `openclaw('ollama/qwen3:8b')`, `openclaw('openclaw')`. */
interface OpenClawProvider extends ProviderV4 {
    (modelId: string, settings?: ModelSettings): LanguageModelV4;
    languageModel(modelId: string, settings?: ModelSettings): LanguageModelV4;
    embeddingModel(modelId: string): EmbeddingModelV4;
}
/** Creates a provider of the AI SDK over the models of a configuration. */
declare function createOpenClawProvider({ claw }: OpenClawProviderOptions): OpenClawProvider;

/** What the request says itself (tools, format, limit) is read from it. */
type RepairMiddlewareOptions = Omit<RepairStreamOptions, 'tools' | 'jsonAnswer' | 'maxTokens'>;
/**
 * Repairs the answers of any model for local servers: tool calls that it wrote as text, think tags in its text, broken
 * arguments. An answer that needs no repair is not changed, if it is not streamed. A streamed one gets new ids of its blocks.
 */
declare function repairMiddleware(options?: RepairMiddlewareOptions): LanguageModelV4Middleware;

export { createOpenClawProvider, repairMiddleware };
export type { ModelSettings, OpenClawProvider, OpenClawProviderOptions, RepairMiddlewareOptions };
