import { resolveOnboardingModel } from '../onboarding/resolve-onboarding-model.ts';
import { changeConfig } from '../change-config.ts';
import { CliError } from '../cli-error.ts';
import { defineCommand } from '../define-command.ts';
import { loadHostConfig } from '../load-host-config.ts';
import { planOnboarding, withOllamaAt } from '../onboarding/plan-onboarding.ts';
import { testModel } from '../onboarding/test-model.ts';
import { showChange } from '../show-change.ts';

/** Sets up a first model, interactively or from options. */
export const onboard = defineCommand({
  options: {
    'non-interactive': { type: 'boolean', description: 'Ask no questions; use the options' },
    'base-url': {
      type: 'string',
      placeholder: 'url',
      description: 'Address of Ollama, if it is not OLLAMA_HOST or the default address',
    },
    model: {
      type: 'string',
      placeholder: 'name',
      description: 'The default model; default: the first usable one',
      completes: 'model',
    },
    fallback: {
      type: 'string',
      multiple: true,
      placeholder: 'name',
      description: 'A fallback; may be repeated',
      completes: 'model',
    },
    proof: { type: 'boolean', description: 'Test the model with a short request; --no-proof skips the test' },
    'dry-run': { type: 'boolean', description: 'Show the difference without writing it' },
  },
  formats: ['json'],
  examples: [
    { line: 'openclaw onboard', does: 'Ask questions, test the model, and show the file before it is written.' },
    {
      line: 'openclaw onboard --non-interactive --model gpt-oss:20b --fallback llama3.3',
      does: 'Set up from a script.',
    },
  ],
  docs: 'docs/cli.md#openclaw-onboard',
  async run({ values, host }) {
    const loaded = await loadHostConfig(host);
    if (values['non-interactive'] !== true) {
      if (host.openStdin().isTTY !== true || host.stdout.isTTY !== true || host.output.format === 'json') {
        throw new CliError('usage', 'Interactive setup needs a terminal.', {
          nextCommands: ['openclaw onboard --non-interactive'],
        });
      }
      const { onboardInteractively } = await import('../onboarding/interactive-onboarding.ts');
      await onboardInteractively(host, loaded);
      return;
    }
    const baseUrl = values['base-url'];
    const runtime = await host.createRuntime(withOllamaAt(loaded, baseUrl));
    try {
      const model = await resolveOnboardingModel(runtime, values.model);
      const fallbacks = await Promise.all((values.fallback ?? []).map((name) => resolveOnboardingModel(runtime, name)));
      const dryRun = values['dry-run'];
      const proof =
        values.proof === false || dryRun === true
          ? undefined
          : await testModel(runtime, { model, signal: host.interruption(), now: host.now });
      const result = await changeConfig(host, {
        changes: planOnboarding(loaded, { baseUrl, model, fallbacks }),
        dryRun,
      });
      const proven = proof === undefined ? '' : ` (answered in ${(proof.durationMs / 1000).toFixed(1)} s)`;
      showChange(host, {
        result,
        done: `Default model: ${model}${proven}, written`,
        dryRun,
        fields: { defaultModel: model, fallbacks, ...(proof === undefined ? {} : { proof }) },
      });
    } finally {
      await runtime.close();
    }
  },
});
