import type { LoadedConfig } from '@openclaw/config';
import type { CatalogModel } from '@openclaw/model-selection';
import type { Runtime } from '@openclaw/runtime/internal';
import { changeConfig } from '../change-config.ts';
import { CliError } from '../cli-error.ts';
import type { Host } from '../host.ts';
import { compareStreaming } from '../models/compare-streaming.ts';
import { describeFailure } from '../report-error.ts';
import { safePrompts as prompts } from '../render/safe-prompts.ts';
import { shortPath } from '../short-path.ts';
import { answered } from './answered.ts';
import { findModels, type FoundModels } from './find-models.ts';
import { planOnboarding, withOllamaAt, type OnboardingChoice } from './plan-onboarding.ts';
import { testModel } from './test-model.ts';

/**
 * Asks only what is needed: the address of Ollama (if it is not found), the model and the fallbacks (if there are
 * several). Tests the model, shows the change, and writes it after confirmation.
 */
export async function onboardInteractively(host: Host, loaded: LoadedConfig): Promise<void> {
  prompts.intro('OpenClaw with Ollama');
  const found = await findModels(host, loaded);
  const { baseUrl, models } = found;
  const model = await chooseModel(found);
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
  const canStream = await runTest(host, { loaded, choice });
  await write(host, { loaded, choice, canStream });
}

/** Asks for the model, unless one was downloaded for this or there is only one. */
async function chooseModel({ models, pulled }: FoundModels): Promise<string> {
  const chosen = pulled ?? (models.length === 1 ? models[0]?.ref : undefined);
  if (chosen !== undefined) return chosen;
  return answered(await prompts.select({ message: 'Which model do you want to use?', options: models.map(toOption) }));
}

interface Step {
  readonly loaded: LoadedConfig;
  readonly choice: OnboardingChoice;
}

/** Resolves to whether a streamed answer with a tool was as good as a whole one. */
async function runTest(host: Host, { loaded, choice }: Step): Promise<boolean> {
  const spinner = prompts.spinner();
  spinner.start(`${choice.model} is loading for a test (Ctrl-C stops it)`);
  const runtime: Runtime = await host.createRuntime(withOllamaAt(loaded, choice.baseUrl));
  const signal = host.interruption();
  try {
    const { text, durationMs } = await testModel(runtime, { model: choice.model, signal, now: host.now });
    spinner.stop(`${choice.model} answered in ${(durationMs / 1000).toFixed(1)} s`);
    prompts.log.message(text);
    return await testStreaming(runtime, { model: choice.model, signal });
  } catch (error) {
    spinner.error(`${choice.model} did not answer`);
    prompts.log.error(describeFailure(error).message);
    const confirmed = answered(
      await prompts.confirm({ message: 'Write the configuration anyway?', initialValue: false }),
    );
    if (!confirmed)
      throw new CliError('failed', 'Nothing was written.', { nextCommands: ['openclaw doctor'], cause: error });
    return false;
  } finally {
    await runtime.close();
  }
}

async function testStreaming(
  runtime: Runtime,
  options: { readonly model: string; readonly signal: AbortSignal },
): Promise<boolean> {
  const spinner = prompts.spinner();
  spinner.start('Comparing a streamed and a whole answer with a tool');
  try {
    const result = await compareStreaming(runtime, options);
    spinner.stop(
      `Compared a streamed and a whole answer with a tool: ${result.type === 'equal' ? 'equal' : 'not equal'}`,
    );
    if (result.type === 'no-tool-call') prompts.log.message('The model called no tool, so streaming stays as it is.');
    if (result.type === 'different') {
      prompts.log.message(
        `Whole:    ${result.whole}\nStreamed: ${result.streamed}\nPrograms get whole answers, as without a setting.`,
      );
    }
    return result.type === 'equal';
  } catch (error) {
    // The model itself works: it has answered before.
    spinner.error('A streamed and a whole answer could not be compared');
    prompts.log.message(describeFailure(error).message);
    return false;
  }
}

async function write(host: Host, { loaded, choice, canStream }: Step & { canStream: boolean }): Promise<void> {
  const plain = planOnboarding(loaded, choice);
  const streaming = planOnboarding(loaded, { ...choice, streaming: true });
  const { changed } = await changeConfig(host, { changes: canStream ? streaming : plain, dryRun: true });
  const [planned] = changed;
  if (planned === undefined) {
    prompts.outro(`No change: ${shortPath(loaded.path, host)} has this setup already.`);
    return;
  }
  prompts.note(planned.diff.join('\n'), shortPath(planned.file, host));
  const wanted = answered(
    await prompts.select({
      message: 'Write this?',
      options: [
        { value: 'all', label: 'Yes' },
        ...(canStream
          ? [{ value: 'plain', label: 'Yes, without streaming', hint: 'programs get whole answers, people see words' }]
          : []),
        { value: 'nothing', label: 'No' },
      ],
    }),
  );
  if (wanted === 'nothing') throw new CliError('interrupted', 'Nothing was written.');
  await changeConfig(host, { changes: canStream && wanted === 'all' ? streaming : plain });
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
