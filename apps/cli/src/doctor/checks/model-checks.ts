import { normalizeModelName, parseModelChoice, tryParseModelRef } from '@openclaw/model-selection';
import type { ProviderSetup } from '@openclaw/runtime/internal';
import type { Check } from '../check.ts';
import type { Evidence, ServerEvidence } from '../evidence.ts';
import type { Finding } from '../finding.ts';
import { quoteForShell } from '../quote-for-shell.ts';

/** Checks for entries with an address or models, which disable discovery. */
export const diagnoseDiscovery: Check = ({ setups, servers }) =>
  setups.flatMap((setup) => {
    if (setup.server !== 'ollama' || setup.discovers) return [];
    const tags = servers.find(({ provider }) => provider === setup.id)?.tags ?? [];
    return [setup.models.length === 0 ? withoutModels(setup) : besidesItsModels(setup, tags)].filter(
      (finding) => finding !== undefined,
    );
  });

function withoutModels({ id, named }: ProviderSetup): Omit<Finding, 'check'> {
  const path = `models.providers.${id}.discover`;
  const only =
    named.length === 0
      ? 'it has no models'
      : `only the models that the configuration names (${named.join(', ')}) can be used`;
  return {
    level: named.length === 0 ? 'error' : 'warning',
    message: `models.providers.${id} has an address and no models. An explicit entry disables discovery, so ${only}.`,
    fix: [`openclaw config set ${path} true`, `openclaw models import ${id}`],
    safeFixes: [{ type: 'config', path, value: true }],
  };
}

function besidesItsModels({ id, models }: ProviderSetup, tags: readonly string[]): Omit<Finding, 'check'> | undefined {
  const listed = new Set(models.map((model) => normalizeModelName(model.id)));
  const others = tags.filter((tag) => !listed.has(normalizeModelName(tag)));
  if (others.length === 0) return undefined;
  return {
    level: 'note',
    message: `models.providers.${id} lists its models, so discovery is off. The server also has ${others.join(', ')}.`,
    fix: [`openclaw config set models.providers.${id}.discover true`],
  };
}

/** Checks for servers without models, or without models that can call tools. */
export const diagnoseModels: Check = ({ servers, hidden, models, setups }) => {
  const findings = servers
    .filter(({ failure }) => failure === undefined)
    .flatMap((server) => judgeServer(server, { hidden, models, setups }));
  const usable = models.filter(({ source }) => source !== 'assumed').length;
  return usable === 0
    ? findings
    : [
        ...findings,
        { level: 'ok', message: usable === 1 ? 'One model can be used.' : `${usable} models can be used.` },
      ];
};

function judgeServer(
  server: ServerEvidence,
  { hidden, models, setups }: Pick<Evidence, 'hidden' | 'models' | 'setups'>,
): Omit<Finding, 'check'>[] {
  const { provider, url, tags = [] } = server;
  if (tags.length === 0) {
    return [{ level: 'error', message: `${provider} at ${url} has no models.`, fix: ['ollama pull gpt-oss:20b'] }];
  }
  const discovers = setups.some(({ id, discovers: asks }) => id === provider && asks);
  const own = (ref: string): boolean => tryParseModelRef(ref)?.provider === provider;
  if (!discovers || models.some(({ ref, source }) => own(ref) && source !== 'assumed')) return [];
  const reasons = hidden.filter(({ ref }) => own(ref)).map(({ ref, reason }) => `  ${ref}: ${reason}`);
  return [
    {
      level: 'error',
      message: [
        `${provider} at ${url} has ${tags.length === 1 ? 'one model' : `${tags.length} models`}, none of which can call tools.`,
        ...reasons,
      ].join('\n'),
      fix: ['ollama pull gpt-oss:20b', `openclaw models import ${provider}`],
    },
  ];
}

/** Checks that the chosen models exist. */
export const diagnoseChosenModels: Check = ({ loaded, missing, models, servers, unusable }) => {
  if (loaded === undefined) return [];
  const { primary } = parseModelChoice(loaded.config.agents.defaults.model);
  const silent = servers.filter(({ failure }) => failure !== undefined).map(({ provider }) => provider);
  const unheard = new Set([...silent, ...unusable.map(({ id }) => id)]);
  const [first] = models;
  if (primary === undefined) {
    return first === undefined
      ? []
      : [
          {
            level: 'note',
            message: 'No default model is set.',
            fix: [`openclaw models set ${quoteForShell(first.ref)}`],
          },
        ];
  }
  const judged = missing.filter(({ name }) => !unheard.has(tryParseModelRef(name)?.provider ?? name.toLowerCase()));
  if (judged.length === 0)
    return missing.length > 0 ? [] : [{ level: 'ok', message: `${primary} is the default model.` }];
  return judged.map(({ name, roles }) => {
    const ref = tryParseModelRef(name);
    const pull = ref?.provider === 'ollama' ? [`ollama pull ${quoteForShell(ref.model)}`] : [];
    const instead =
      first === undefined || !roles.includes('default') ? [] : [`openclaw models set ${quoteForShell(first.ref)}`];
    return {
      level: roles.includes('default') ? 'error' : 'warning',
      message: `${name} (${roles.join(', ')}) does not exist.`,
      fix: [...pull, ...instead],
    };
  });
};
