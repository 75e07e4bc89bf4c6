import { ModelSelectionError } from '@openclaw/model-selection';
import type { ProviderProblem } from './runtime.ts';

/** A request names an agent that does not exist. `candidates` are the names of those that do. */
export class UnknownAgentError extends ModelSelectionError {
  constructor(wanted: string, candidates: readonly string[]) {
    const message = `There is no agent "${wanted.slice(0, 80)}". Agents: ${candidates.join(', ')}.`;
    super('unknown-model', message, { wanted, candidates });
  }
}

/** No model is configured, and no server could be asked for one. */
export class NoModelFoundError extends ModelSelectionError {
  readonly problems: readonly ProviderProblem[];

  constructor(problems: readonly ProviderProblem[], { cause }: { readonly cause: unknown }) {
    const reasons = problems.map(({ message }) => message).join(' ');
    super('no-model-configured', `No model is configured, and none was found. ${reasons}`, { cause });
    this.problems = problems;
  }
}
