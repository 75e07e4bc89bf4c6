import type { CatalogModel } from '@openclaw/model-selection';
import type { Session } from './session.ts';

/** Share of the remaining time that is reserved for the fallbacks. */
const SHARE_OF_OTHERS = 1 / 5;

/**
 * Returns the first-event timeout of a model that has fallbacks: the configured one of the model or of all models,
 * otherwise four fifths of the remaining time. Without it, a model that hangs would use up the time of its fallbacks.
 */
export function createFirstEventLimit({
  session,
  now,
}: {
  readonly session: Session;
  readonly now: () => number;
}): (model: CatalogModel) => number | undefined {
  const { firstEventLimitMs, timeoutSeconds } = session.loaded.config.agents.defaults;
  const endsAt = now() + timeoutSeconds * 1000;
  const shareMs = (): number | undefined =>
    timeoutSeconds === 0 ? undefined : Math.max(1, Math.round((endsAt - now()) * (1 - SHARE_OF_OTHERS)));
  return (model) => session.setupOf(model).settings.firstEventLimitMs ?? firstEventLimitMs ?? shareMs();
}
