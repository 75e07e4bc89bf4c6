import type { CatalogModel } from '@openclaw/model-selection';
import type { Session } from './session.ts';

/** What a model that says nothing leaves to those behind it, of the time that a request has left. */
const SHARE_OF_OTHERS = 1 / 5;

/**
 * Says how long a model may take to its first word while another one waits: what the configuration says of the model or of
 * all, else four fifths of the time that the request has left. Without that a model that hangs would use up the time of
 * the models behind it, and nobody would answer.
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
