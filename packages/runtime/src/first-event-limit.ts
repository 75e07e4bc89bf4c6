import type { CatalogModel, FirstContentLimits } from '@openclaw/model-selection';
import type { AskRequest } from './ask-model.ts';
import { estimateTokens } from './context/estimate-tokens.ts';
import { streamingOf } from './model-settings.ts';
import type { ProviderSetup } from './provider-setup.ts';
import type { Session } from './session.ts';

/** Share of the remaining time that is reserved for the fallbacks. */
const SHARE_OF_OTHERS = 1 / 5;
/** A server that sends nothing for this long hangs, unless it is known to be working. */
const SILENCE_MS = 60_000;
/** What a slow machine needs to process a prompt, which happens before the first content. */
const MS_PER_PROMPT_TOKEN = 10;

export interface FirstEventLimitOptions {
  readonly session: Session;
  readonly request: Pick<AskRequest, 'chat' | 'streaming' | 'prefersStreaming'>;
  /** The number of requests that a server is working on, the new one included. */
  readonly runningAt: (setup: ProviderSetup) => number;
  readonly now: () => number;
}

type FirstEventLimit = (model: CatalogModel) => number | FirstContentLimits | undefined;

/**
 * Returns the first-event timeout of a model that has fallbacks: the configured one of the model or of all models. By
 * default a silent server times out, and one that is known to work gets four fifths of the remaining time. Without it,
 * a model that hangs would use up the time of its fallbacks.
 */
export function createFirstEventLimit({ session, request, runningAt, now }: FirstEventLimitOptions): FirstEventLimit {
  const { firstEventLimitMs, timeoutSeconds } = session.loaded.config.agents.defaults;
  const endsAt = timeoutSeconds === 0 ? Infinity : now() + timeoutSeconds * 1000;

  function defaultLimits(setup: ProviderSetup, isWhole: boolean): FirstContentLimits {
    const workingMs = Math.max(1, Math.round((endsAt - now()) * (1 - SHARE_OF_OTHERS)));
    const silentMs = SILENCE_MS + MS_PER_PROMPT_TOKEN * estimateTokens(request.chat).tokens;
    // A whole answer is silent until its end, and only Ollama reports meanwhile whether the model is loaded.
    if (isWhole && setup.server !== 'ollama') return { limitMs: workingMs };
    // A request behind another one waits in the queue of the server.
    const mayBeSilent = isWhole || runningAt(setup) > 1;
    return {
      limitMs: Math.min(silentMs, workingMs),
      loadingMs: workingMs,
      loadedMs: mayBeSilent ? workingMs : undefined,
    };
  }

  return (model) => {
    const { settings, setup } = session.setupOf(model);
    const configuredMs = settings.firstEventLimitMs ?? firstEventLimitMs;
    if (configuredMs !== undefined || setup === undefined) return configuredMs;
    return defaultLimits(setup, !(streamingOf(settings, request) ?? setup.server !== 'ollama'));
  };
}
