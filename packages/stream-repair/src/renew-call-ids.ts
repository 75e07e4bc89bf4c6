import type { StreamEvent } from '@openclaw/provider';
import type { StreamTransform } from './stream-transform.ts';

/** Options of `createCallIdRenewal`. */
export interface CallIdRenewalOptions {
  /** Whether a call of the conversation has this id. */
  readonly isUsedId: (id: string) => boolean;
  readonly generateId: () => string;
}

/** Kimi K2 expects ids of this form, which repeat in each turn. */
const KIMI_ID = /^functions\.[^:]+:\d+$/;

/**
 * Gives a new id to a call whose id an earlier call of the conversation has: some servers use one id for all calls, and
 * clients then assign results to the wrong call.
 */
export function createCallIdRenewal({ isUsedId, generateId }: CallIdRenewalOptions): StreamTransform {
  const renewed = new Map<string, string>();

  return {
    push(event: StreamEvent) {
      if (event.type === 'tool-call-start' && !KIMI_ID.test(event.id) && isUsedId(event.id)) {
        renewed.set(event.id, generateId());
      }
      const id = 'id' in event ? renewed.get(event.id) : undefined;
      return id === undefined || !('id' in event) ? [event] : [{ ...event, id }];
    },
    end: () => [],
  };
}
