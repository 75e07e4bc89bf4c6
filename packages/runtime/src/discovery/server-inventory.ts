import type { CatalogModel } from '@openclaw/model-selection';
import type { DiscoveredModel, HiddenReason } from '@openclaw/ollama-discovery';

/** The models of a server of any kind. Both lists keep the server's order. */
export interface ServerInventory {
  readonly models: readonly DescribedModel[];
  /** Models that are not offered, and why. */
  readonly hidden: readonly HiddenServerModel[];
}

/** A model as its server describes it. Lengths are tokens; what the server does not say is absent. */
export interface DescribedModel extends Pick<
  CatalogModel,
  'input' | 'reasoning' | 'cost' | 'remoteHost' | 'modifiedAt'
> {
  readonly name: string;
  /** `undefined`: the server does not say. */
  readonly tools: boolean | undefined;
  readonly contextWindow?: number | undefined;
  /** The context length that the model was made for. */
  readonly contextLength?: number | undefined;
  /** The context length that the server loads the model with. */
  readonly numCtx?: number | undefined;
  readonly maxTokens?: number | undefined;
  /** Sampling parameters that the server applies only if a request repeats them. */
  readonly temperature?: number;
  readonly topP?: number;
  /** The architecture of the model file. */
  readonly family?: string;
  /** The special tokens in the chat template. */
  readonly templateMarks?: readonly string[];
  /** Whether answers start inside a `<think>` block of the template that the server does not take for reasoning. */
  readonly opensReasoning?: boolean;
}

export interface HiddenServerModel {
  readonly name: string;
  readonly reason: HiddenModelReason;
  /** For people: the reason, and what to do next. */
  readonly message: string;
  /** Absent if nothing is known of it. */
  readonly model?: DescribedModel | undefined;
}

/** `not-chat`: it is for images or speech, as servers other than Ollama have. */
export type HiddenModelReason = HiddenReason | 'not-chat';

/** Whether a model is that of an Ollama server, which reports more. */
export function isOllamaDescription(model: DescribedModel): model is DiscoveredModel {
  return 'digest' in model;
}
