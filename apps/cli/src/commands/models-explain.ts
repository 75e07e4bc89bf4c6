import type { CatalogModel, LeftOutCandidate, PlannedCandidate } from '@openclaw/model-selection';
import {
  describeFix,
  type ExplainedContext,
  type ExplainedEndpoint,
  type Explanation,
} from '@openclaw/runtime/internal';
import { defineCommand } from '../define-command.ts';
import { parseNumberOption } from '../parse-number-option.ts';
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
    tokens: { type: 'string', placeholder: 'n', description: 'Explain for a prompt of so many tokens (default 500)' },
  },
  formats: ['json', 'plain'],
  examples: [
    { line: 'openclaw models explain', does: 'Show the plan of a request that names no model.' },
    {
      line: 'openclaw models explain llama3.3 --tools',
      does: 'Show which model a bare name means, and whether it can call tools.',
    },
    {
      line: 'openclaw models explain --tokens 30000',
      does: 'Show the API and the context that a prompt of 30,000 tokens would get.',
    },
  ],
  docs: 'docs/cli.md#openclaw-models-explain',
  async run({ values, positionals: [model], host }) {
    const { agent, fallbacks, tools, images } = values;
    const promptTokens = parseNumberOption(values.tokens, { name: '--tokens', min: 1, max: 100_000_000 });
    const plan = await withRuntime(host, {
      adjust: (loaded) => withNamedOllama(loaded, model),
      use: (runtime) =>
        runtime.explain({
          ...(model === undefined ? {} : { model }),
          ...(agent === undefined ? {} : { agent }),
          ...(fallbacks === undefined ? {} : { allowFallbacks: fallbacks }),
          ...(tools === undefined ? {} : { needsTools: tools }),
          ...(images === undefined ? {} : { needsImages: images }),
          ...(promptTokens === undefined ? {} : { promptTokens }),
        }),
    });
    host.output.show({
      json: () => ({
        candidates: plan.candidates.map((candidate) => encodeCandidate(candidate, plan)),
        leftOut: plan.leftOut.map(encodeLeftOut),
      }),
      plain: () => plan.candidates.map((candidate) => candidate.model.ref),
      text: () => renderPlan(plan, host.output.style),
    });
  },
});

function encodeCandidate(
  { model, targets, role, reason, deferred }: PlannedCandidate,
  { contexts, endpoints }: Explanation,
): unknown {
  const choices = targets && endpoints.get(model.ref);
  const context = contexts.get(model.ref);
  return {
    ...encodeModel(model),
    role,
    reason: reason.text,
    reasonCode: reason.code,
    deferred,
    ...(context === undefined ? {} : { context: encodeContext(context) }),
    ...(choices === undefined ? {} : { endpoints: choices }),
  };
}

function encodeContext({ window, plan }: ExplainedContext): unknown {
  const { type, ...planned } = plan;
  const known = { window: window ?? null };
  return type === 'exceeded' ? { ...known, exceeded: planned } : { ...known, ...planned };
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

function encodeModel({ ref, endpoint, endpointName, local }: CatalogModel): object {
  return { key: ref, endpoint, ...(endpointName === undefined ? {} : { endpointName }), local };
}

function renderPlan({ candidates, leftOut, contexts, endpoints }: Explanation, style: Style): string {
  const asked = candidates.map(({ model, targets, reason }, index) => {
    const context = contexts.get(model.ref);
    return [
      `${index + 1}. ${style.accent(model.ref)} ${style.dim(placeOf(model, targets?.length))}`,
      `   ${reason.text}`,
      ...(context === undefined ? [] : [`   ${describeContext(context)}`]),
      ...(targets === undefined ? [] : (endpoints.get(model.ref) ?? []).map((one) => `   ${describeEndpoint(one)}`)),
    ].join('\n');
  });
  const others = leftOut.map((one) =>
    [`- ${one.name}: ${one.reason.text}`, `  ${style.dim('Next:')} ${describeFix(one)}`].join('\n'),
  );
  return [...asked, ...(others.length === 0 ? [] : ['', style.bold('Left out:'), ...others])].join('\n');
}

function placeOf({ endpoint, endpointName }: CatalogModel, endpoints: number | undefined): string {
  if (endpoints !== undefined) return `at one of ${endpoints} endpoints`;
  return endpointName === undefined ? `at ${endpoint}` : `at ${endpointName} (${endpoint})`;
}

function describeEndpoint({ name, url, circuit, outstanding, queued, loaded, chosen }: ExplainedEndpoint): string {
  const facts = [
    ...(circuit === 'closed' ? [] : [`circuit ${circuit}`]),
    ...(loaded === undefined ? [] : [loaded ? 'model loaded' : 'model not loaded']),
    `${outstanding} running, ${queued} queued`,
  ];
  return `endpoint ${name} at ${url}: ${facts.join('; ')}${chosen === undefined ? '' : ` (chosen: ${chosen})`}`;
}

function describeContext({ plan }: ExplainedContext): string {
  if (plan.type === 'exceeded')
    return `context: fails, since the prompt has more than the ${plan.contextTokens} tokens of the context window`;
  const api = plan.api === 'ollama' ? 'native API' : '/v1';
  const length = plan.numCtx === undefined ? '' : `, num_ctx ${plan.numCtx}`;
  return `context: ${api}${length} (${plan.reason})`;
}
