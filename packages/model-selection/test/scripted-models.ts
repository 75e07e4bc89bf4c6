import { createEventStream, ProviderError } from '@openclaw/provider';
import type { ProviderErrorCode, ProviderErrorDetails, StreamEvent } from '@openclaw/provider';
import type { Ask } from '../src/candidate-request.ts';

/** What a scripted model does with a request. `hold` waits until the request is closed, or the promise settles. */
export type Act = StreamEvent | { readonly hold: true | Promise<unknown> };

/** The requests that the models got, and the open ones. */
export interface ScriptedModels {
  readonly ask: (...asked: Parameters<Ask>) => AsyncGenerator<StreamEvent>;
  readonly asked: readonly string[];
  readonly open: () => readonly string[];
}

/** Models that play scripts. Each request to a model takes its next script, and the last one repeats. */
export function scriptModels(scripts: Readonly<Record<string, readonly (readonly Act[])[]>>): ScriptedModels {
  const asked: string[] = [];
  const open: string[] = [];
  async function* play(ref: string, acts: readonly Act[], signal: AbortSignal): AsyncGenerator<StreamEvent> {
    open.push(ref);
    try {
      for (const act of acts) {
        if (signal.aborted) return;
        if ('hold' in act) await Promise.race([aborted(signal), ...(act.hold === true ? [] : [act.hold])]);
        else yield act;
      }
    } finally {
      open.splice(open.indexOf(ref), 1);
    }
  }
  return {
    ask({ ref }, { signal }) {
      const turns = scripts[ref] ?? [];
      const acts = turns[asked.filter((name) => name === ref).length] ?? turns.at(-1) ?? [];
      asked.push(ref);
      return play(ref, acts, signal);
    },
    asked,
    open: () => [...open],
  };
}

/** The same models, each with its whole answer in the first pull. */
export function askWhole(ask: ScriptedModels['ask']): Ask {
  return (model, options) => {
    const script = ask(model, options);
    return createEventStream({
      async pull() {
        const events: StreamEvent[] = [];
        for await (const event of script) events.push(event);
        return events;
      },
      // The signal ends the script.
      close: () => undefined,
    });
  };
}

/** Answers with one delta. */
export const answering: readonly Act[] = [
  { type: 'start', model: 'as the server names it' },
  { type: 'text-delta', text: 'Hello.' },
  { type: 'finish', reason: 'stop' },
];

/** Fails before any content. */
export function failing(code: ProviderErrorCode, details: ProviderErrorDetails = {}): readonly Act[] {
  return [{ type: 'error', error: new ProviderError(code, `Failed with ${code}.`, details) }];
}

/** Fails after its first content. */
export function breakingOff(code: ProviderErrorCode): readonly Act[] {
  return [...answering.slice(0, 2), ...failing(code)];
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
