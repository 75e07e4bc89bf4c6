import type { CANCEL_SYMBOL } from '@clack/prompts';
import type { LoadedConfig } from '@openclaw/config';
import type { CatalogModel } from '@openclaw/model-selection';
import type { Inventory, Runtime } from '@openclaw/runtime/internal';
import { changeConfig } from '../change-config.ts';
import { CliError } from '../cli-error.ts';
import type { Host } from '../host.ts';
import { describeFailure } from '../report-error.ts';
import { safePrompts as prompts } from '../render/safe-prompts.ts';
import { shortPath } from '../short-path.ts';
import { planOnboarding, withOllamaAt, type OnboardingChoice } from './plan-onboarding.ts';
import { testModel } from './test-model.ts';

/**
 * Asks only what is needed: the address of Ollama (if it is not found), the model, the fallbacks. Tests the model,
 * shows the change, and writes it after confirmation.
 */
export async function onboardInteractively(host: Host, loaded: LoadedConfig): Promise<void> {
  prompts.intro('OpenClaw with Ollama');
  const { baseUrl, models } = await findModels(host, loaded);
  const model = answered(
    await prompts.select({ message: 'Which model do you want to use?', options: models.map(toOption) }),
  );
  const others = models.filter(({ ref }) => ref !== model);
  const fallbacks =
    others.length === 0
      ? []
      : answered(
          await prompts.multiselect({
            message: 'Which fallbacks do you want, if it fails? (optional)',
            options: others.map(toOption),
          }),
        );
  const choice: OnboardingChoice = { baseUrl, model, fallbacks };
  await runTest(host, { loaded, choice });
  await write(host, { loaded, choice });
}

/** Repeats until an Ollama with models is found, or the user quits. */
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
          { value: 'again', label: 'Try again', hint: 'after starting Ollama or pulling a model in another terminal' },
          { value: 'elsewhere', label: 'Use another address' },
          { value: 'quit', label: 'Quit without writing' },
        ],
      }),
    );
    if (next === 'quit') throw new CliError('interrupted', 'Nothing was written.');
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
    'Ollama has no usable model.',
    ...hidden.map(({ ref, reason }) => `${ref}: ${reason}`),
    'Next: ollama pull gpt-oss:20b',
  ].join('\n');
}

interface Step {
  readonly loaded: LoadedConfig;
  readonly choice: OnboardingChoice;
}

async function runTest(host: Host, { loaded, choice }: Step): Promise<void> {
  const spinner = prompts.spinner();
  spinner.start(`${choice.model} is loading for a test (Ctrl-C stops it)`);
  const runtime: Runtime = await host.createRuntime(withOllamaAt(loaded, choice.baseUrl));
  try {
    const { text, durationMs } = await testModel(runtime, {
      model: choice.model,
      signal: host.interruption(),
      now: host.now,
    });
    spinner.stop(`${choice.model} answered in ${(durationMs / 1000).toFixed(1)} s`);
    prompts.log.message(text);
  } catch (error) {
    spinner.error(`${choice.model} did not answer`);
    prompts.log.error(describeFailure(error).message);
    const confirmed = answered(
      await prompts.confirm({ message: 'Write the configuration anyway?', initialValue: false }),
    );
    if (!confirmed)
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
    prompts.outro(`No change: ${shortPath(loaded.path, host)} has this setup already.`);
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
  return /^https?:\/\//.test(url) && URL.canParse(url)
    ? undefined
    : 'Enter an address such as http://192.168.1.20:11434';
}

/** Ollama accepts `192.168.1.20:11434` without a scheme, too. */
function withScheme(address: string): string {
  const trimmed = address.trim();
  return trimmed.includes('://') ? trimmed : `http://${trimmed}`;
}

/** Ctrl-C at a question quits, with nothing written. */
function answered<Answer>(answer: Answer | typeof CANCEL_SYMBOL): Answer {
  if (!prompts.isCancel(answer)) return answer;
  throw new CliError('interrupted', 'Nothing was written.');
}
