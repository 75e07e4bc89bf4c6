import type { LoadedConfig } from '@openclaw/config';
import type { CatalogModel } from '@openclaw/model-selection';
import { createLightFetch, type Inventory } from '@openclaw/runtime/internal';
import { CliError } from '../cli-error.ts';
import {
  commandsForLocalServer,
  describeLocalServer,
  findLocalServers,
  type LocalServer,
} from '../doctor/find-local-servers.ts';
import type { Host } from '../host.ts';
import { safePrompts as prompts } from '../render/safe-prompts.ts';
import { describeFailure } from '../report-error.ts';
import { answered } from './answered.ts';
import { offerPull, pullSuggestion, type PullOffer } from './offer-pull.ts';
import { withOllamaAt } from './plan-onboarding.ts';

/** The usable models of an Ollama server. */
export interface FoundModels {
  /** The address, if it is not the one that is used by default. */
  readonly baseUrl: string | undefined;
  readonly models: readonly CatalogModel[];
  /** Reference of the model that was downloaded for this. */
  readonly pulled?: string | undefined;
}

/** Repeats until an Ollama with models is found, or the user quits. Offers to download a model if there is none. */
export async function findModels(host: Host, loaded: LoadedConfig): Promise<FoundModels> {
  let baseUrl: string | undefined;
  let pulled: string | undefined;
  for (;;) {
    const here = withOllamaAt(loaded, baseUrl);
    const inventory = await takeInventory(host, here);
    const found = inventory.models.filter(({ source, provider }) => source === 'discovered' && provider === 'ollama');
    if (found.length > 0) {
      const [first] = found;
      const count = found.length === 1 ? `one model, ${first?.ref},` : `${found.length} models`;
      prompts.log.success(`Found ${count} at ${first?.endpoint}.`);
      return { baseUrl, models: found, pulled: found.find(({ ref }) => ref === pulled)?.ref };
    }
    prompts.log.warn(describeAbsence(inventory));
    for (const server of await searchThisMachine())
      prompts.log.message([describeLocalServer(server), ...commandsForLocalServer(server)].join('\n'));
    // A server that does not answer cannot download anything.
    const offer = inventory.problems.length > 0 ? undefined : await offerPull(host, here);
    const next = await askWhatNow(offer);
    if (next === 'quit') throw new CliError('interrupted', 'Nothing was written.');
    if (next === 'elsewhere') baseUrl = await askAddress();
    if (offer !== undefined && offer.models.some(({ name }) => name === next)) {
      pulled = await tryPull(next, { host, offer });
    }
  }
}

/** Other servers, which need no questions: the commands say all. */
async function searchThisMachine(): Promise<readonly LocalServer[]> {
  const light = createLightFetch();
  try {
    return await findLocalServers(light);
  } finally {
    light.close();
  }
}

async function takeInventory(host: Host, loaded: LoadedConfig): Promise<Inventory> {
  const spinner = prompts.spinner();
  spinner.start('Looking for Ollama and its models');
  const runtime = await host.createRuntime(loaded);
  try {
    return await runtime.inventory({ provider: 'ollama', refresh: true });
  } finally {
    spinner.stop('Looked for Ollama and its models');
    await runtime.close();
  }
}

function describeAbsence({ problems, hidden }: Inventory): string {
  const [problem] = problems;
  if (problem !== undefined)
    return problem.nextCommand === undefined ? problem.message : `${problem.message}\nNext: ${problem.nextCommand}`;
  if (hidden.length === 0) return 'Ollama has no models yet.';
  return ['Ollama has no usable model.', ...hidden.map(({ ref, reason }) => `${ref}: ${reason}`)].join('\n');
}

async function askWhatNow(offer: PullOffer | undefined): Promise<string> {
  return answered(
    await prompts.select({
      message: offer === undefined ? 'What now?' : 'Download a model that can call tools?',
      options: [
        ...(offer?.models ?? []).map(({ name, hint }) => ({ value: name, label: `Download ${name}`, hint })),
        { value: 'again', label: 'Try again', hint: 'after starting Ollama or pulling a model in another terminal' },
        { value: 'elsewhere', label: 'Use another address' },
        { value: 'quit', label: 'Quit without writing' },
      ],
    }),
  );
}

/** Reference of the model; `undefined` if the download failed, which the user sees. */
async function tryPull(
  name: string,
  { host, offer }: { readonly host: Host; readonly offer: PullOffer },
): Promise<string | undefined> {
  try {
    return await pullSuggestion(name, { host, offer });
  } catch (error) {
    const failure = describeFailure(error);
    if (failure.code === 'interrupted') throw error;
    prompts.log.error(failure.message);
    return undefined;
  }
}

async function askAddress(): Promise<string> {
  const question = { message: 'Address of Ollama', placeholder: 'http://192.168.1.20:11434', validate: checkUrl };
  return withScheme(answered(await prompts.text(question)));
}

function checkUrl(text: string | undefined): string | undefined {
  const url = withScheme(text ?? '');
  return /^https?:\/\//.test(url) && URL.canParse(url)
    ? undefined
    : 'Enter an address such as http://192.168.1.20:11434';
}

/** Ollama accepts `192.168.1.20:11434` without a scheme, too. */
function withScheme(address: string): string {
  const trimmed = address.trim();
  return trimmed.includes('://') ? trimmed : `http://${trimmed}`;
}
