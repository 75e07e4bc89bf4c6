import type { LoadedConfig } from '@openclaw/config';
import type { Gateway } from '@openclaw/gateway';
import { parseModelChoice } from '@openclaw/model-selection';
import { commandsForHidden, type HiddenCatalogModel, type Inventory } from '@openclaw/runtime/internal';

/** What a client needs: the addresses, whether a token is required, and a line to paste into a shell. */
export function renderGatewayGreeting({ url, requiresToken }: Pick<Gateway, 'url' | 'requiresToken'>): string {
  // A client cannot connect to the address that means every interface.
  const reachable = url.replace('//0.0.0.0:', '//127.0.0.1:').replace('//[::]:', '//[::1]:');
  return [
    `The gateway is listening on ${url}/v1. Press Ctrl-C to stop it.`,
    `  Page      ${reachable}/`,
    `  Base URL  ${reachable}/v1`,
    `  Token     ${requiresToken ? 'required' : 'not required, only this machine can connect'}`,
    `  Client    export OPENAI_BASE_URL=${reachable}/v1 OPENAI_API_KEY=${requiresToken ? '<token>' : 'unused'}`,
    '  Programs  openclaw connect <program> sets one up, openclaw connect lists them',
  ].join('\n');
}

/** What is said about the models of an inventory. */
interface ServedModels extends Pick<Inventory, 'models' | 'problems'> {
  readonly hidden: readonly Pick<HiddenCatalogModel, 'ref' | 'code' | 'reason'>[];
}

/** The line about the models, and the commands to run if there are none. */
export function describeServedModels(
  { models, hidden, problems }: ServedModels,
  { config }: LoadedConfig,
): { readonly text: string; readonly nextCommands: readonly string[] } {
  const { primary, fallbacks } = parseModelChoice(config.agents.defaults.model);
  const chosen = primary === undefined ? [] : [`default ${[primary, ...fallbacks].join(', then ')}`];
  const problemLines = problems.map(({ message }) => `            ${message}`);
  const problemCommands = problems.flatMap(({ nextCommand }) => (nextCommand === undefined ? [] : [nextCommand]));
  if (models.length > 0) {
    const line = `  Models    ${[String(models.length), ...chosen].join(', ')}`;
    return { text: [line, ...problemLines].join('\n'), nextCommands: problemCommands };
  }
  const reasons = [...problemLines, ...hidden.map(({ reason }) => `            ${reason}`)];
  const nextCommands = [...problemCommands, ...commandsForHidden(hidden)];
  return {
    text: [`  Models    ${['none', ...chosen].join(', ')}`, ...reasons].join('\n'),
    nextCommands: nextCommands.length > 0 ? nextCommands : ['openclaw doctor'],
  };
}
