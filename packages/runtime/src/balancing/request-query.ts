import type { CatalogModel, TargetQuery } from '@openclaw/model-selection';
import type { ChatRequest } from '@openclaw/provider';
import { answerRoom } from '../context/answer-room.ts';
import { estimateTokens } from '../context/estimate-tokens.ts';
import { promptNeed } from '../context/prompt-need.ts';
import { affinityKey } from './affinity-key.ts';

/** The part of a request that the choice of its endpoint depends on. */
export type QueriedChat = Pick<ChatRequest, 'messages' | 'tools' | 'maxTokens' | 'responseFormat'>;

export interface RequestQueryOptions {
  readonly model: Pick<CatalogModel, 'ref' | 'reasoning'>;
  /** Identifies the conversation. */
  readonly sessionId: string | undefined;
}

/** What the choice of an endpoint depends on besides the endpoints. */
export function requestQuery(
  chat: QueriedChat,
  { model: { ref, reasoning }, sessionId }: RequestQueryOptions,
): Pick<TargetQuery, 'affinityKey' | 'neededContext'> {
  const { most } = promptNeed(estimateTokens(chat), undefined);
  return {
    affinityKey: affinityKey(chat, { model: ref, session: sessionId }),
    neededContext: most + answerRoom(most, { reasoning, maxTokens: chat.maxTokens }),
  };
}
