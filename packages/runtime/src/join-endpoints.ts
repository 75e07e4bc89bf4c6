import { normalizeModelName } from '@openclaw/model-selection';
import type { CatalogModel, CatalogProvider, Target } from '@openclaw/model-selection';
import type { ProviderSetup } from './provider-setup.ts';
import type { HiddenCatalogModel, ProviderProblem } from './runtime.ts';

/** The models of a provider. */
export interface ProviderModels {
  readonly offered: readonly CatalogModel[];
  readonly hidden: readonly HiddenCatalogModel[];
  readonly problems: readonly ProviderProblem[];
  readonly provider: CatalogProvider;
}

/** The models of one server. */
export interface ServerModels extends ProviderModels {
  readonly setup: ProviderSetup;
  /** Whether the server listed its models, and this one is not among them. */
  readonly lacks: (model: string) => boolean;
}

/**
 * Joins the endpoints of a provider: each reference is one model, with the endpoints that have it as its targets. A
 * server without endpoints beside it stays as it is. What endpoints disagree about is what all of them can do: the
 * smaller window, the common input. A configured model is at every endpoint whose list has it, or at all if no list has it.
 */
export function joinEndpoints(first: ServerModels, others: readonly ServerModels[]): ProviderModels {
  if (others.length === 0) return first;
  const servers = [first, ...others];
  const offered = joinModels(servers.flatMap((server) => server.offered.map((model) => placeAt(server, model))));
  const isOffered = new Set(offered.map(({ ref }) => ref));
  const hidden = servers.flatMap((server) => server.hidden.map((hiding) => ({ server, hiding })));
  const hiddenModels = joinModels(hidden.map(({ server, hiding }) => placeAt(server, hiding.model)));
  return {
    offered,
    hidden: hiddenModels
      .filter(({ ref }) => !isOffered.has(ref))
      .flatMap((model) => {
        const found = hidden.find(({ hiding }) => hiding.ref === model.ref);
        return found === undefined ? [] : [{ ...found.hiding, model }];
      }),
    problems: joinProblems(servers, { isEmpty: offered.length === 0 }),
    provider: joinProviders(servers),
  };
}

/** A model at a server. */
interface Place {
  readonly server: ServerModels;
  readonly target: Target;
}

function placeAt(server: ServerModels, model: CatalogModel): Place {
  return { server, target: { ...model, endpointName: nameOf(server) } };
}

function nameOf({ setup: { endpoint, baseUrl } }: ServerModels): string {
  return endpoint?.name ?? baseUrl;
}

function joinModels(places: readonly Place[]): readonly CatalogModel[] {
  const groups = Map.groupBy(places, ({ server: { setup }, target: { model } }) =>
    setup.server === 'ollama' ? normalizeModelName(model) : model,
  );
  return [...groups.values()].flatMap((group) => {
    const listed = group.filter(({ server, target }) => !server.lacks(target.model));
    const [first, ...others] = (listed.length > 0 ? listed : group).map(({ target }) => target);
    return first === undefined ? [] : [joinTargets(first, others)];
  });
}

function joinTargets(first: Target, others: readonly Target[]): CatalogModel {
  if (others.length === 0) return first;
  const { ref } = first;
  const targets = [first, ...others].map((target) => (target.ref === ref ? target : { ...target, ref }));
  const { endpointName: _name, ...model } = first;
  const remote = targets.find(({ remoteHost }) => remoteHost !== undefined);
  const modified = targets.flatMap(({ modifiedAt }) => modifiedAt ?? []);
  return {
    ...model,
    input: model.input.filter((kind) => targets.every(({ input }) => input.includes(kind))),
    tools: commonAnswer(targets.map(({ tools }) => tools)),
    reasoning: targets.every(({ reasoning }) => reasoning),
    contextWindow: Math.min(...targets.map(({ contextWindow }) => contextWindow)),
    maxTokens: Math.min(...targets.map(({ maxTokens }) => maxTokens)),
    local: targets.every(({ local }) => local),
    ...(remote?.remoteHost !== undefined && { remoteHost: remote.remoteHost }),
    ...(modified.length > 0 && { modifiedAt: Math.max(...modified) }),
    targets,
  };
}

/** `false` if one value is `false`, `true` if all are. */
function commonAnswer(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}

/** The endpoints share their settings, so what is missing there is reported once. */
function joinProblems(
  servers: readonly ServerModels[],
  { isEmpty }: { readonly isEmpty: boolean },
): readonly ProviderProblem[] {
  const problems = servers.flatMap((server) =>
    server.problems.map((problem) => ({ ...problem, endpoint: nameOf(server) })),
  );
  const [unlisted] = problems.filter(({ code }) => code === 'unlisted');
  const others = problems.filter(({ code }) => code !== 'unlisted');
  if (unlisted === undefined || !isEmpty) return others;
  const { endpoint: _endpoint, ...problem } = unlisted;
  return [...others, problem];
}

/** A model that no server listed may be at any server that may have unlisted ones. */
function joinProviders(servers: readonly ServerModels[]): CatalogProvider {
  const [first] = servers.flatMap(({ provider }) => (provider.defaultTag === undefined ? [] : [provider]));
  const { assume: _assume, ...provider } = first ?? servers[0]?.provider ?? { id: '' };
  const open = servers.filter((server) => server.provider.assume !== undefined);
  if (open.length === 0) return provider;
  return {
    ...provider,
    assume(model) {
      const places = open.flatMap((server) => {
        const assumed = server.provider.assume?.(model);
        return assumed === undefined ? [] : [placeAt(server, assumed)];
      });
      return joinModels(places)[0];
    },
  };
}
