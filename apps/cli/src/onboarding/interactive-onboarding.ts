import type { CANCEL_SYMBOL } from '@clack/prompts';
import type { LoadedConfig } from '@openclaw/config';
import type { CatalogModel } from '@openclaw/model-selection';
import type { Inventory, Runtime } from '@openclaw/runtime';
import { changeConfig } from '../change-config.ts';
import { CliError } from '../cli-error.ts';
import type { Host } from '../host.ts';
import { describeFailure } from '../report-error.ts';
import { safePrompts as prompts } from '../render/safe-prompts.ts';
import { shortPath } from '../short-path.ts';
import { planOnboarding, withOllamaAt, type OnboardingChoice } from './plan-onboarding.ts';
import { proveModel } from './prove-model.ts';

/**
 * Asks what is needed and no more: where Ollama is (only when it is not found), which model, which fallbacks; lets the model
 * speak, shows what would be written, and writes it when that is wanted.
 */
export async function onboardInteractively(host: Host, loaded: LoadedConfig): Promise<void> {
  prompts.intro('OpenClaw with Ollama');
  const { baseUrl, models } = await findModels(host, loaded);
  const model = answered(await prompts.select({ message: 'Which model shall answer?', options: models.map(toOption) }));
  const others = models.filter(({ ref }) => ref !== model);
  const fallbacks =
    others.length === 0
      ? []
      : answered(
          await prompts.multiselect({
            message: 'Which models stand behind it, should it fail? (none is fine)',
            options: others.map(toOption),
          }),
        );
  const choice: OnboardingChoice = { baseUrl, model, fallbacks };
  await prove(host, { loaded, choice });
  await write(host, { loaded, choice });
}

/** Until an Ollama with models answers, or nobody wants to go on. */
async function findModels(
  host: Host,
  loaded: LoadedConfig,
): Promise<{ baseUrl: string | undefined; models: readonly CatalogModel[] }> {
  let baseUrl: string | undefined;
  for (;;) {
    const inventory = await takeInventory(host, withOllamaAt(loaded, baseUrl));
    const found = inventory.models.filter(({ source, provider }) => source === 'discovered' && provider === 'ollama');
    if (found.length > 0) {
      prompts.log.success(
        `Found ${found.length === 1 ? 'one model' : `${found.length} models`} at ${found[0]?.endpoint}.`,
      );
      return { baseUrl, models: found };
    }
    prompts.log.warn(describeAbsence(inventory));
    const next = answered(
      await prompts.select({
        message: 'What now?',
        options: [
          { value: 'again', label: 'Look again', hint: 'after starting Ollama or pulling a model in another terminal' },
          { value: 'elsewhere', label: 'Look at another address' },
          { value: 'leave', label: 'Leave; nothing is written' },
        ],
      }),
    );
    if (next === 'leave') throw new CliError('interrupted', 'Nothing was written.');
    if (next === 'elsewhere')
      baseUrl = withScheme(
        answered(
          await prompts.text({
            message: 'Address of Ollama',
            placeholder: 'http://192.168.1.20:11434',
            validate: checkUrl,
          }),
        ),
      );
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
  if (hidden.length === 0) return 'Ollama has no models yet.\nNext: ollama pull gpt-oss:20b';
  return [
    'Ollama has no model that can be used.',
    ...hidden.map(({ ref, reason }) => `${ref}: ${reason}`),
    'Next: ollama pull gpt-oss:20b',
  ].join('\n');
}

interface Step {
  readonly loaded: LoadedConfig;
  readonly choice: OnboardingChoice;
}

async function prove(host: Host, { loaded, choice }: Step): Promise<void> {
  const spinner = prompts.spinner();
  spinner.start(`${choice.model} is loading and says hello (Ctrl-C stops it)`);
  const runtime: Runtime = await host.createRuntime(withOllamaAt(loaded, choice.baseUrl));
  try {
    const { text, durationMs } = await proveModel(runtime, {
      model: choice.model,
      signal: host.interruption(),
      now: host.now,
    });
    spinner.stop(`${choice.model} answered in ${(durationMs / 1000).toFixed(1)} s`);
    prompts.log.message(text);
  } catch (error) {
    spinner.error(`${choice.model} did not answer`);
    prompts.log.error(describeFailure(error).message);
    const goOn = answered(
      await prompts.confirm({ message: 'Write the configuration all the same?', initialValue: false }),
    );
    if (!goOn)
      throw new CliError('failed', 'Nothing was written.', { nextCommands: ['openclaw doctor'], cause: error });
  } finally {
    await runtime.close();
  }
}

async function write(host: Host, { loaded, choice }: Step): Promise<void> {
  const changes = planOnboarding(loaded, choice);
  const { changed } = await changeConfig(host, { changes, dryRun: true });
  const [planned] = changed;
  if (planned === undefined) {
    prompts.outro(`Nothing to write: ${shortPath(loaded.path, host)} says so already.`);
    return;
  }
  prompts.note(planned.diff.join('\n'), shortPath(planned.file, host));
  const wanted = answered(await prompts.confirm({ message: 'Write this?' }));
  if (!wanted) throw new CliError('interrupted', 'Nothing was written.');
  await changeConfig(host, { changes });
  prompts.outro('Done. Try: openclaw chat');
}

function toOption({ ref, contextWindow, reasoning, input }: CatalogModel): {
  value: string;
  label: string;
  hint: string;
} {
  const abilities = [
    `${Math.round(contextWindow / 1000)}k context`,
    ...(reasoning ? ['reasons'] : []),
    ...(input.includes('image') ? ['sees images'] : []),
  ];
  return { value: ref, label: ref, hint: abilities.join(', ') };
}

function checkUrl(text: string | undefined): string | undefined {
  const url = withScheme(text ?? '');
  return /^https?:\/\//.test(url) && URL.canParse(url) ? undefined : 'An address looks like http://192.168.1.20:11434';
}

/** `192.168.1.20:11434` is how people write it, and how Ollama does. */
function withScheme(address: string): string {
  const trimmed = address.trim();
  return trimmed.includes('://') ? trimmed : `http://${trimmed}`;
}

/** Ctrl-C at a question leaves, with nothing written. */
function answered<Answer>(answer: Answer | typeof CANCEL_SYMBOL): Answer {
  if (!prompts.isCancel(answer)) return answer;
  throw new CliError('interrupted', 'Nothing was written.');
}
