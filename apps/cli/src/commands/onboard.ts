import { resolveOnboardingModel } from '../onboarding/resolve-onboarding-model.ts';
import { changeConfig } from '../change-config.ts';
import { CliError } from '../cli-error.ts';
import { defineCommand } from '../define-command.ts';
import { loadHostConfig } from '../load-host-config.ts';
import { planOnboarding, withOllamaAt } from '../onboarding/plan-onboarding.ts';
import { proveModel } from '../onboarding/prove-model.ts';
import { showChange } from '../show-change.ts';

/** Sets up a first model, by questions or from options alone. */
export const onboard = defineCommand({
  options: {
    'non-interactive': { type: 'boolean', description: 'Ask nothing; take what the options say' },
    'base-url': {
      type: 'string',
      placeholder: 'url',
      description: 'Where Ollama is, when not at OLLAMA_HOST or its usual address',
    },
    model: {
      type: 'string',
      placeholder: 'name',
      description: 'The default model; the first usable one unless given',
      completes: 'model',
    },
    fallback: {
      type: 'string',
      multiple: true,
      placeholder: 'name',
      description: 'A model to stand behind it; may be given more than once',
      completes: 'model',
    },
    proof: { type: 'boolean', description: '--no-proof skips the answer that proves the choice' },
    'dry-run': { type: 'boolean', description: 'Show the difference, write nothing' },
  },
  formats: ['json'],
  examples: [
    { line: 'openclaw onboard', does: 'Questions, one real answer, and the file before it is written.' },
    {
      line: 'openclaw onboard --non-interactive --model gpt-oss:20b --fallback llama3.3',
      does: 'The same from a script.',
    },
  ],
  docs: 'docs/cli.md#openclaw-onboard',
  async run({ values, host }) {
    const loaded = await loadHostConfig(host);
    if (values['non-interactive'] !== true) {
      if (host.openStdin().isTTY !== true || host.stdout.isTTY !== true || host.output.format === 'json') {
        throw new CliError('usage', 'Questions need a terminal.', {
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
          : await proveModel(runtime, { model, signal: host.interruption(), now: host.now });
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
