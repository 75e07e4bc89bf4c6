import { ModelSelectionError } from '@openclaw/model-selection';
import type { HiddenCatalogModel, Inventory, ProviderProblem } from './runtime.ts';

/** A request names an agent that does not exist. `candidates` are the names of those that do. */
export class UnknownAgentError extends ModelSelectionError {
  constructor(wanted: string, candidates: readonly string[]) {
    const message = `There is no agent "${wanted.slice(0, 80)}". Agents: ${candidates.join(', ')}.`;
    super('unknown-model', message, { wanted, candidates });
  }
}

/** No model could be selected, and the servers say why: their lists could not be loaded, or their models are hidden. */
export class NoModelFoundError extends ModelSelectionError {
  readonly problems: readonly ProviderProblem[];
  readonly hidden: readonly HiddenCatalogModel[];

  constructor(cause: ModelSelectionError, { problems, hidden }: Pick<Inventory, 'problems' | 'hidden'>) {
    const { code, wanted, candidates, leftOut, commands } = cause;
    const fact = code === 'no-model-configured' ? 'No model is configured, and none was found.' : cause.message;
    const reasons = [...problems.map(({ message }) => message), ...hidden.map(({ reason }) => reason)];
    super(code, [fact, ...reasons].join(' '), { wanted, candidates, leftOut, commands, cause });
    this.problems = problems;
    this.hidden = hidden;
  }

  /** Whether the list of a server could not be loaded. The same request may succeed later. */
  get mayPass(): boolean {
    return this.problems.some(({ code }) => code === 'unreachable');
  }
}
