import type { CatalogModel, LeftOutCandidate, Plan, PlannedCandidate } from '@openclaw/model-selection';
import { describeFix } from '@openclaw/runtime';
import { defineCommand } from '../define-command.ts';
import type { Style } from '../render/style.ts';
import { withNamedOllama } from '../models/with-named-ollama.ts';
import { withRuntime } from '../with-runtime.ts';

/** Shows the plan of a request without sending it. */
export const modelsExplain = defineCommand({
  arguments: [{ name: 'model', optional: true, completes: 'model' }],
  options: {
    agent: { type: 'string', placeholder: 'id', description: 'Explain for this agent' },
    fallbacks: { type: 'boolean', description: 'Use the configured fallbacks for the named model too' },
    tools: { type: 'boolean', description: 'Explain for a request with tools' },
    images: { type: 'boolean', description: 'Explain for a request with images' },
  },
  formats: ['json', 'plain'],
  examples: [
    { line: 'openclaw models explain', does: 'Show the plan of a request that names no model.' },
    {
      line: 'openclaw models explain llama3.3 --tools',
      does: 'Show which model a bare name means, and whether it can call tools.',
    },
  ],
  docs: 'docs/cli.md#openclaw-models-explain',
  async run({ values, positionals: [model], host }) {
    const { agent, fallbacks, tools, images } = values;
    const plan = await withRuntime(host, {
      adjust: (loaded) => withNamedOllama(loaded, model),
      use: (runtime) =>
        runtime.explain({
          ...(model === undefined ? {} : { model }),
          ...(agent === undefined ? {} : { agent }),
          ...(fallbacks === undefined ? {} : { allowFallbacks: fallbacks }),
          ...(tools === undefined ? {} : { needsTools: tools }),
          ...(images === undefined ? {} : { needsImages: images }),
        }),
    });
    host.output.show({
      json: () => ({ candidates: plan.candidates.map(encodeCandidate), leftOut: plan.leftOut.map(encodeLeftOut) }),
      plain: () => plan.candidates.map((candidate) => candidate.model.ref),
      text: () => renderPlan(plan, host.output.style),
    });
  },
});

function encodeCandidate({ model, role, reason, deferred }: PlannedCandidate): unknown {
  return { ...encodeModel(model), role, reason: reason.text, reasonCode: reason.code, deferred };
}

function encodeLeftOut(leftOut: LeftOutCandidate): unknown {
  const { name, model, role, reason } = leftOut;
  return {
    name,
    ...(model === undefined ? {} : encodeModel(model)),
    role,
    reason: reason.text,
    reasonCode: reason.code,
    fix: describeFix(leftOut),
  };
}

function encodeModel({ ref, endpoint, local }: CatalogModel): { key: string; endpoint: string; local: boolean } {
  return { key: ref, endpoint, local };
}

function renderPlan({ candidates, leftOut }: Plan, style: Style): string {
  const asked = candidates.map(({ model, reason }, index) =>
    [`${index + 1}. ${style.accent(model.ref)} ${style.dim(`at ${model.endpoint}`)}`, `   ${reason.text}`].join('\n'),
  );
  const others = leftOut.map((one) =>
    [`- ${one.name}: ${one.reason.text}`, `  ${style.dim('Next:')} ${describeFix(one)}`].join('\n'),
  );
  return [...asked, ...(others.length === 0 ? [] : ['', style.bold('Left out:'), ...others])].join('\n');
}
