export { createBodyDecoder } from './body-decoder.ts';
export { createChunkDecoder } from './chunk-decoder.ts';
export type { ChunkDecoder } from './chunk-decoder.ts';
export { decodeChatCompletion } from './decode-chat-completion.ts';
export type { DecodeChatCompletionOptions } from './decode-chat-completion.ts';
export { findUnfetchableImage } from './encode-messages.ts';
export { encodeRequest } from './encode-request.ts';
export type { ModelDefaults } from './encode-request.ts';
export { SERVER_QUIRKS, quirksOf } from './server-quirks.ts';
export type { ServerQuirks } from './server-quirks.ts';
export { createChunkEncoder } from './server/encode-chunks.ts';
export type { ChunkEncoder, ChunkEncoderOptions } from './server/encode-chunks.ts';
export { encodeCompletion } from './server/encode-completion.ts';
export type { ReplyIdentity } from './server/encode-completion.ts';
export { encodeError, PROVIDER_WIRE_ERRORS } from './server/encode-error.ts';
export type { EncodeErrorOptions, WireError } from './server/encode-error.ts';
export { encodeModel, encodeModels } from './server/encode-model.ts';
export type { EncodableEntry, EncodableModel } from './server/encode-model.ts';
export { parseChatRequest } from './server/parse-chat-request.ts';
export type { ParsedChatRequest } from './server/parse-chat-request.ts';
export { parseModelRequest } from './server/parse-model-request.ts';
export type { ParsedModelRequest } from './server/parse-model-request.ts';
export {
  invalidField,
  invalidRequest,
  isAbsent,
  isObject,
  readArray,
  readBoolean,
  readInteger,
  readNumber,
  readObject,
  readString,
} from './server/read-fields.ts';
export { readModelName } from './server/read-model-name.ts';
