import { findModelSettings, normalizeModelName, OLLAMA_DEFAULT_TAG } from '@openclaw/model-selection';
import type { CatalogModel } from '@openclaw/model-selection';
import { defaultContextLength } from '@openclaw/runtime/internal';
import type { ProviderSetup } from '@openclaw/runtime/internal';
import type { Check } from '../check.ts';
import type { Evidence, ServerEvidence } from '../evidence.ts';
import type { Finding } from '../finding.ts';
import { quoteForShell } from '../quote-for-shell.ts';

type Settings = NonNullable<Evidence['loaded']>['config']['agents']['defaults']['models'];

type ContextFinding = Omit<Finding, 'check'>;

/** Checks what limits the context of models: the server's default, the Modelfile, and settings without effect. */
export const diagnoseContextWindows: Check = ({ servers, setups, models, loaded }) => [
  ...servers.flatMap((server) => {
    const setup = setups.find(({ id }) => id === server.provider);
    const loadedModels = (server.running ?? []).flatMap((running) => {
      const model = findModel(running.name, { models, provider: server.provider });
      return model === undefined ? [] : [{ model, length: loadedLength(model, { running, server }) }];
    });
    const smaller = loadedModels.filter(({ model, length }) => length < model.contextWindow);
    const whole = loadedModels.filter(({ model, length }) => length >= model.contextWindow);
    return [
      ...(smaller.length === 0 ? [] : [smallerContexts(smaller, setup)]),
      ...whole.flatMap(({ model }) => limitedByModelfile(model, setup) ?? []),
    ];
  }),
  ...setups.flatMap((setup) => judgeParams(setup, { settings: loaded?.config.agents.defaults.models ?? {}, models })),
];

/** Checks that the models in memory respond: an error of the tool call parser may leave a model's slot taken for ever. */
export const diagnoseResponding: Check = ({ servers }) =>
  servers.flatMap(({ provider, url, running = [] }) =>
    running
      .filter(({ responding }) => responding === false)
      .map(({ name }): ContextFinding => ({
        level: 'warning',
        message: `${provider}/${name} at ${url} did not answer a request for one token within 10 seconds. It is busy with other requests, or its slot is stuck after an error of Ollama's tool call parser (before 0.32.15).`,
        fix: [`ollama stop ${quoteForShell(name)}`],
      })),
  );

/** A model in memory, and the context that it is loaded with. */
interface LoadedModel {
  readonly model: CatalogModel;
  readonly length: number;
}

/** Before 0.10 the server does not say it. A Modelfile may have set less, which the window includes. */
function loadedLength(
  { contextWindow }: CatalogModel,
  {
    running: { contextLength },
    server: { version },
  }: { readonly running: NonNullable<ServerEvidence['running']>[number]; readonly server: ServerEvidence },
): number {
  return contextLength ?? Math.min(contextWindow, defaultContextLength(version));
}

function limitedByModelfile(
  { ref, contextWindow, contextLength }: CatalogModel,
  setup: ProviderSetup | undefined,
): ContextFinding | undefined {
  const configured = setup?.models.some(({ contextWindow: written }) => written !== undefined);
  if (contextLength === undefined || configured === true) return undefined;
  return {
    level: 'note',
    message: `The context window of ${ref} is ${contextWindow} tokens, because num_ctx of its Modelfile says so. The model supports ${contextLength}. To use more, set num_ctx of its settings.`,
    fix: [`openclaw config set ${quoteForShell(`agents.defaults.models["${ref}"].params.num_ctx`)} ${contextLength}`],
  };
}

/** Enough for a conversation with tools, and the memory of most graphics cards has room for it. */
const SANE_CONTEXT = 32_768;

/** One finding for all models of a server, since one setting changes them all. The native API loads a model with more when a request needs it; `/v1` cannot. */
function smallerContexts(models: readonly LoadedModel[], setup: ProviderSetup | undefined): ContextFinding {
  const lengths = models.map(({ length }) => length);
  const windows = models.map(({ model }) => model.contextWindow);
  const refs = models.map(({ model }) => model.ref).join(', ');
  const [is, supports] = models.length === 1 ? ['is', 'it supports'] : ['are', 'they support'];
  const loaded = `${refs} ${is} loaded with a context of ${describeRange(lengths)} tokens; ${supports} ${describeRange(windows)}.`;
  if (setup?.api !== 'openai-completions')
    return {
      level: 'note',
      message: `${loaded} Longer requests load a model again with more, which needs more memory.`,
    };
  const step = Math.min(Math.max(...windows), Math.max(SANE_CONTEXT, 2 * Math.max(...lengths)));
  return {
    level: 'warning',
    message: `${loaded} Longer conversations fail or lose their beginning, because api "openai-completions" cannot set the context length. A larger context needs more memory.`,
    fix: [`openclaw config unset models.providers.${setup.id}.api`, `OLLAMA_CONTEXT_LENGTH=${step} ollama serve`],
  };
}

/** `4096`, or `4096 to 8192`. */
function describeRange(numbers: readonly number[]): string {
  const [least, most] = [Math.min(...numbers), Math.max(...numbers)];
  return least === most ? `${least}` : `${least} to ${most}`;
}

/** `num_ctx` and `keep_alive` of models whose API has no field for them. */
function judgeParams(
  { id, server, api }: ProviderSetup,
  { settings, models }: Pick<Evidence, 'models'> & { readonly settings: Settings },
): ContextFinding[] {
  if (server !== 'ollama' || api !== 'openai-completions') return [];
  return models
    .filter(({ provider }) => provider === id)
    .flatMap((model) => {
      const { params = {} } = findModelSettings(model, { models: settings, defaultTag: OLLAMA_DEFAULT_TAG }) ?? {};
      const vain = ['num_ctx', 'keep_alive'].filter((name) => name in params);
      if (vain.length === 0) return [];
      return [
        {
          level: 'warning' as const,
          message: `${vain.join(' and ')} of ${model.ref} has no effect: api "openai-completions" of provider ${id} has no field for it. Without \`api\`, requests to Ollama use its native API where that is needed.`,
          fix: [`openclaw config unset models.providers.${id}.api`],
        },
      ];
    });
}

function findModel(
  name: string,
  { models, provider }: { readonly models: readonly CatalogModel[]; readonly provider: string },
): CatalogModel | undefined {
  const wanted = normalizeModelName(name);
  return models.find((model) => model.provider === provider && normalizeModelName(model.model) === wanted);
}
