import type { CatalogModel } from '@openclaw/model-selection';
import type { ChatRequest } from '@openclaw/provider';
import { estimateTokens } from './context/estimate-tokens.ts';
import { promptNeed } from './context/prompt-need.ts';

/**
 * Lowers a limit of the answer that does not fit into the context window beside the prompt: servers such as vLLM refuse
 * such a request. A prompt that does not fit itself is left to the server, and so is a model whose window is a guess.
 */
export function fitMaxTokens(
  chat: ChatRequest,
  { contextWindow, source }: Pick<CatalogModel, 'contextWindow' | 'source'>,
): ChatRequest {
  if (chat.maxTokens === undefined || source === 'assumed') return chat;
  const room = contextWindow - promptNeed(estimateTokens(chat), undefined).most;
  return room < 1 || chat.maxTokens <= room ? chat : { ...chat, maxTokens: room };
}
