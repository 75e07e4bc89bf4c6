import { isAbsent, readInteger, readObject, readString } from '@openclaw/openai-wire';
import type { JsonObject } from '@openclaw/provider';

/**
 * How much the model should think: `thinking` and `output_config.effort` → a reasoning effort. Switching thinking off
 * wins; a named effort wins over a budget.
 * @returns `undefined` where the model decides
 * @throws {ProviderError} `invalid-request`
 */
export function parseReasoningEffort({ thinking, output_config: config }: JsonObject): string | undefined {
  const { type, budget_tokens: budget } = isAbsent(thinking) ? {} : readObject(thinking, 'thinking');
  const kind = isAbsent(thinking) ? undefined : readString(type, 'thinking.type');
  const { effort } = isAbsent(config) ? {} : readObject(config, 'output_config');
  const named = isAbsent(effort) ? undefined : readString(effort, 'output_config.effort');
  const tokens = kind === 'enabled' && !isAbsent(budget) ? readInteger(budget, 'thinking.budget_tokens', 1) : undefined;
  if (kind === 'disabled') return 'none';
  return named ?? (tokens === undefined ? undefined : effortOf(tokens));
}

/** Local servers know efforts, and no budgets. The bounds lie between the budgets that clients choose: 4,000, 10,000 and 32,000. */
function effortOf(budgetTokens: number): string {
  if (budgetTokens <= 4_096) return 'low';
  return budgetTokens <= 16_384 ? 'medium' : 'high';
}
