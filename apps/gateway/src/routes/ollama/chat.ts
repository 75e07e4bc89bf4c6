import { readObject } from '@openclaw/openai-wire';
import { answerBody } from '../../answer.ts';
import type { Exchange, GatewayContext } from '../../gateway-context.ts';
import { readRequestBody } from '../../http/read-request-body.ts';
import { OLLAMA_CHAT, OLLAMA_GENERATE } from '../../surfaces/ollama/ollama.ts';
import { parseModelName } from '../../surfaces/ollama/parse-model-name.ts';
import { isEmpty, loadModel } from './load-model.ts';
import { relayToOllama } from './relay-to-ollama.ts';
import { ProviderError } from '@openclaw/provider';
import type { JsonObject } from '@openclaw/provider';

/** `POST /api/chat`. */
export async function chatLikeOllama(exchange: Exchange, context: GatewayContext): Promise<void> {
  const body = readObject(await readRequestBody(exchange, context), 'body');
  if (isEmpty(body['messages'])) await loadModel(body, { exchange, context, path: '/api/chat' });
  else await answerBody(body, { surface: OLLAMA_CHAT, exchange, context });
}

/**
 * `POST /api/generate`. A question is asked like a chat, with fallbacks and repair. Text that is to be continued
 * (`suffix`, `raw`, `template`) goes to the model's Ollama server as it is: no chat can express it.
 */
export async function generateLikeOllama(exchange: Exchange, context: GatewayContext): Promise<void> {
  const body = readObject(await readRequestBody(exchange, context), 'body');
  const continued = continuationKey(body);
  if (continued !== undefined) {
    const answered = await relayToOllama(body, { exchange, context, path: '/api/generate' });
    if (!answered) throw cannotContinue(parseModelName(body), continued);
  } else if (isEmpty(body['prompt']) && isEmpty(body['images'])) {
    await loadModel(body, { exchange, context, path: '/api/generate' });
  } else {
    await answerBody(body, { surface: OLLAMA_GENERATE, exchange, context });
  }
}

function continuationKey(body: JsonObject): string | undefined {
  return ['suffix', 'template', 'raw'].find((key) => !isEmpty(body[key]) && body[key] !== false);
}

function cannotContinue(model: string, param: string): ProviderError {
  return new ProviderError(
    'unsupported',
    `\`${param}\` works only with models of an Ollama server, and ${model} is on a server of another kind. Leave it out, or use POST /v1/completions.`,
    { param, model },
  );
}
