import {
  createChunkEncoder,
  encodeCompletion,
  encodeModel,
  encodeModels,
  parseChatRequest,
} from '@openclaw/openai-wire';
import type { ChunkEncoderOptions } from '@openclaw/openai-wire';
import { currentModelName } from '../current-model-name.ts';
import { EVENT_STREAM_HEADERS } from '../event-stream-headers.ts';
import type { ModelsEncoder, Surface } from '../surface.ts';
import { encodeError } from './encode-error.ts';

/** OpenAI's chat completions, and its list of models. */
export const OPENAI_CHAT: Surface<ChunkEncoderOptions> & ModelsEncoder = {
  parse(body, { unique, now }) {
    const { request, stream, includeUsage } = parseChatRequest(body);
    const model = request.model === undefined ? undefined : currentModelName(request.model);
    const reply = { id: `chatcmpl-${unique}`, created: Math.floor(now / 1000), includeUsage };
    return { request: model === undefined || model === request.model ? request : { ...request, model }, stream, reply };
  },
  encodeAnswer: encodeCompletion,
  streamHeaders: EVENT_STREAM_HEADERS,
  createStreamEncoder: (reply) => ({
    ...createChunkEncoder(reply),
    // A comment, which every reader of server-sent events skips.
    keepAlive: () => ': keep-alive\n\n',
    // Without `[DONE]`, which only a stream that succeeded has.
    fail: (failure) => `data: ${encodeError(failure).body}\n\n`,
  }),
  encodeError,
  encodeModels,
  encodeModel: (model) => JSON.stringify(encodeModel(model)),
};
