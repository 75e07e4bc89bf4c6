import { defaultAgentId, type LoadedConfig } from '@openclaw/config';
import { collectMessage, isProviderError } from '@openclaw/provider';
import { describeFailure, type Inventory, type Runtime } from '@openclaw/runtime/internal';
import { defineCommand } from '../define-command.ts';
import type { Host } from '../host.ts';
import { planAuthOverview, type ProviderAuth } from '../models/auth-overview.ts';
import { readAliases, readModelChoices, type ModelChoices } from '../models/model-choice.ts';
import { planModelRows } from '../models/model-rows.ts';
import { parseNumberOption } from '../parse-number-option.ts';
import { shortPath } from '../short-path.ts';
import { withRuntime } from '../with-runtime.ts';

/** `--check` reports keys that expire within a day. */
const EXPIRES_SOON_MS = 24 * 60 * 60 * 1000;

/** Shows the chosen models. Sends no requests without `--check` or `--probe`. */
export const modelsStatus = defineCommand({
  options: {
    check: {
      type: 'boolean',
      description: 'Query the servers; exit with 1 if a model or key is missing, 2 if a key expires within a day',
    },
    probe: { type: 'boolean', description: 'Send each chosen model a short request' },
    'probe-timeout': {
      type: 'string',
      placeholder: 'ms',
      description: 'Timeout of --probe per model; default: 120000',
    },
  },
  formats: ['json', 'plain'],
  examples: [
    { line: 'openclaw models status', does: 'Show the default model, its fallbacks, aliases and keys.' },
    { line: 'openclaw models status --probe', does: 'Test whether each chosen model answers.' },
  ],
  docs: 'docs/cli.md#openclaw-models-status',
  async run({ values, host }) {
    const timeoutMs =
      parseNumberOption(values['probe-timeout'], { name: '--probe-timeout', min: 1, max: 3_600_000 }) ?? 120_000;
    return withRuntime(host, {
      use: async (runtime) => {
        const { loaded } = runtime;
        const choices = readModelChoices(loaded.config);
        const inventory = values.check === true ? await runtime.inventory() : undefined;
        const probes = values.probe === true ? await probeModels(runtime, { choices, timeoutMs, host }) : undefined;
        const status: Status = {
          loaded,
          choices,
          auth: planAuthOverview(loaded),
          probes,
          problems: listProblems(inventory, loaded),
        };
        host.output.show({
          json: () => encodeStatus(status),
          plain: () => (choices.text.primary === undefined ? [] : [choices.text.primary]),
          text: () => renderStatus(status, host),
        });
        return verdict(status, { checked: values.check === true, now: host.now() });
      },
    });
  },
});

interface Status {
  readonly loaded: LoadedConfig;
  readonly choices: ModelChoices;
  readonly auth: readonly ProviderAuth[];
  readonly probes: readonly ProbeResult[] | undefined;
  /** For people; empty without `--check`. */
  readonly problems: readonly string[];
}

interface ProbeResult {
  readonly model: string;
  /** `ok`, or the error code. */
  readonly outcome: string;
  readonly message?: string;
  readonly durationMs: number;
}

async function probeModels(
  runtime: Runtime,
  { choices, timeoutMs, host }: { choices: ModelChoices; timeoutMs: number; host: Host },
): Promise<ProbeResult[]> {
  const names = new Set(
    [choices.text.primary, ...choices.text.fallbacks, choices.image.primary, ...choices.image.fallbacks].filter(
      (name) => name !== undefined,
    ),
  );
  const interrupted = host.interruption();
  const results: ProbeResult[] = [];
  // One at a time: a small machine cannot hold two models in memory.
  for (const model of names) {
    const startedAt = host.now();
    const signal = AbortSignal.any([interrupted, AbortSignal.timeout(timeoutMs)]);
    const outcome = await collectMessage(
      runtime.chat({ model, messages: [{ role: 'user', content: 'Say OK.' }], maxTokens: 8 }, { signal }),
    ).then(
      () => ({ outcome: 'ok' }),
      (error: unknown) => {
        if (!isProviderError(error) || interrupted.aborted) throw error;
        return error.code === 'aborted'
          ? { outcome: 'timeout', message: `no answer within ${timeoutMs} ms` }
          : { outcome: error.code, message: describeFailure(error) };
      },
    );
    results.push({ model, ...outcome, durationMs: host.now() - startedAt });
  }
  return results;
}

function listProblems(inventory: Inventory | undefined, loaded: LoadedConfig): string[] {
  if (inventory === undefined) return [];
  const missing = planModelRows(inventory, { loaded }).filter(({ tags }) => tags.includes('missing'));
  return [
    ...inventory.problems.map(({ message }) => message),
    ...missing.map(({ ref, tags }) => `${ref} (${tags.filter((tag) => tag !== 'missing').join(', ')}) does not exist.`),
  ];
}

function verdict(
  { auth, probes, problems, choices }: Status,
  { checked, now }: { checked: boolean; now: number },
): number {
  if (probes?.some(({ outcome }) => outcome !== 'ok') === true) return 1;
  if (!checked) return 0;
  if (problems.length > 0 || choices.text.primary === undefined || auth.some(({ kind }) => kind === 'missing'))
    return 1;
  return auth.some(({ expires }) => expires !== undefined && expires - now < EXPIRES_SOON_MS) ? 2 : 0;
}

function agentDirOf({ stateDir, config }: LoadedConfig): string {
  return `${stateDir}/agents/${defaultAgentId(config)}/agent`;
}

/** Fields compatible with OpenClaw, and the results of the probes. */
function encodeStatus({ loaded, choices: { text, image }, auth, probes, problems }: Status): unknown {
  const aliases = readAliases(loaded.config);
  const missing = auth.filter(({ kind }) => kind === 'missing').map(({ provider }) => provider);
  return {
    configPath: loaded.path,
    agentDir: agentDirOf(loaded),
    defaultModel: text.primary ?? null,
    resolvedDefault: text.primary === undefined ? null : (aliases[text.primary] ?? text.primary),
    fallbacks: text.fallbacks,
    imageModel: image.primary ?? null,
    imageFallbacks: image.fallbacks,
    aliases,
    auth: {
      storePath: `${agentDirOf(loaded)}/auth-profiles.json`,
      missingProvidersInUse: missing,
      providers: auth.map(({ provider, kind, detail, masked, profiles, expires }) => ({
        provider,
        effective: { kind, detail, ...(masked === undefined ? {} : { value: masked }) },
        profiles: { count: profiles.length, labels: profiles },
        ...(expires === undefined ? {} : { expires }),
      })),
    },
    ...(problems.length > 0 ? { problems } : {}),
    ...(probes === undefined ? {} : { probes }),
  };
}

function renderStatus({ loaded, choices: { text, image }, auth, probes, problems }: Status, host: Host): string {
  const { style } = host.output;
  const aliases = Object.entries(readAliases(loaded.config)).map(([alias, ref]) => `${alias} -> ${ref}`);
  const list = (names: readonly string[]): string => (names.length === 0 ? '-' : names.join(', '));
  const rows: [string, string][] = [
    ['Config', `${shortPath(loaded.path, host)}${loaded.exists ? '' : ' (does not exist; the defaults apply)'}`],
    ['Agent dir', shortPath(agentDirOf(loaded), host)],
    ['Default', text.primary ?? '-'],
    [`Fallbacks (${text.fallbacks.length})`, list(text.fallbacks)],
    ['Image model', image.primary ?? '-'],
    [`Image fallbacks (${image.fallbacks.length})`, list(image.fallbacks)],
    [`Aliases (${aliases.length})`, list(aliases)],
  ];
  const width = Math.max(...rows.map(([title]) => title.length));
  const signIn = auth.map(({ provider, kind, detail, masked }) => {
    const how = `${kind === 'missing' ? 'no key' : detail}${masked === undefined ? '' : ` (${masked})`}`;
    return `- ${provider}: ${kind === 'missing' ? `${style.warning(how)}; ${detail}` : how}`;
  });
  return [
    ...rows.map(([title, value]) => `${title.padEnd(width)} : ${value}`),
    '',
    style.bold('Keys'),
    ...(signIn.length === 0 ? ['- none'] : signIn),
    ...(problems.length === 0
      ? []
      : ['', style.bold('Problems'), ...problems.map((problem) => `- ${style.warning(problem)}`)]),
    ...(probes === undefined ? [] : ['', style.bold('Probes'), ...probes.map((probe) => renderProbe(probe, host))]),
  ].join('\n');
}

function renderProbe({ model, outcome, message, durationMs }: ProbeResult, { output: { style } }: Host): string {
  const time = `${(durationMs / 1000).toFixed(1)} s`;
  return outcome === 'ok'
    ? `- ${model}: ${style.success('ok')} (${time})`
    : `- ${model}: ${style.error(outcome)}${message === undefined ? '' : `, ${message}`}`;
}
