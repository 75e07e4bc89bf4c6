export { canEmbed, canPassThrough, isClosable } from './abilities.ts';
export type {
  Closable,
  EmbeddingRequest,
  EmbeddingResult,
  Embeddings,
  PassedResponse,
  PassThrough,
} from './abilities.ts';
export type {
  AssistantMessage,
  ChatMessage,
  ChatRequest,
  ContentPart,
  ImagePart,
  JsonSchemaFormat,
  RawPart,
  RawValue,
  ResponseFormat,
  SystemMessage,
  TextPart,
  ToolContentPart,
  ToolCall,
  ToolChoice,
  ToolDefinition,
  ToolMessage,
  UserMessage,
} from './chat-request.ts';
export { checkChatRequest, checkEvents, checkTools, failArgument } from './check-arguments.ts';
export type { CheckOptions, WrongArgument } from './check-arguments.ts';
export { collectMessage } from './collect-message.ts';
export type { CollectedMessage, CollectedToolCall, CollectOptions } from './collect-message.ts';
export { createEventStream, openEventStream } from './event-stream.ts';
export type { EventStream, EventStreamSource } from './event-stream.ts';
export type { JsonObject, JsonValue } from './json.ts';
export { isProviderError, ProviderError } from './provider-error.ts';
export type {
  ConnectionFailure,
  MissingCapability,
  ProviderErrorCode,
  ProviderErrorDetails,
  TimeoutClock,
} from './provider-error.ts';
export type { Provider, ProviderRequest, StreamOptions, Timeouts } from './provider.ts';
export type {
  Attempt,
  FallbackEvent,
  FinishEvent,
  FinishReason,
  RepairEvent,
  RepairKind,
  StartEvent,
  StreamEvent,
  TextDeltaEvent,
  ToolCallEndEvent,
  Usage,
  WarningEvent,
  WarningKind,
} from './stream-event.ts';
