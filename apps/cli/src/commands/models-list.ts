import { escapeControls } from '@openclaw/runtime/escape-controls';
import type { LoadedConfig } from '@openclaw/config';
import {
  commandsForHidden,
  providerSetups,
  type HiddenCatalogModel,
  type Inventory,
  type ProviderProblem,
  type Runtime,
} from '@openclaw/runtime/internal';
import { CliError } from '../cli-error.ts';
import { defineCommand } from '../define-command.ts';
import type { Host } from '../host.ts';
import { noteNextCommands } from '../note-next-commands.ts';
import { didYouMean } from '../parse-command-arguments.ts';
import { planModelRows, type ModelRow } from '../models/model-rows.ts';
import { providerOption } from '../provider-option.ts';
import { formatBytes } from '../render/format-bytes.ts';
import { renderTable, type Column } from '../render/table.ts';
import { withRuntime } from '../with-runtime.ts';

/** Lists models, with one discovery per provider. */
export const modelsList = defineCommand({
  options: {
    all: { type: 'boolean', description: 'Include hidden models, each with the reason' },
    local: { type: 'boolean', description: 'Only models that run on this machine or network' },
    provider: providerOption('Only the models of one provider'),
    refresh: { type: 'boolean', description: 'Ignore the cache and query the servers again' },
  },
  formats: ['json', 'plain'],
  examples: [
    { line: 'openclaw models list', does: 'List the usable models, the default first.' },
    { line: 'openclaw models list --all --json', does: 'List all models as JSON, including hidden ones.' },
  ],
  docs: 'docs/cli.md#openclaw-models-list',
  async run({ values, host }) {
    return withRuntime(host, {
      use: async (runtime) => {
        const { all = false, local, refresh } = values;
        const provider = values.provider?.toLowerCase();
        if (provider !== undefined) refuseUnknownProvider(provider, runtime.loaded);
        const inventory = await runtime.inventory({ provider, refresh });
        const rows = planModelRows(inventory, { loaded: runtime.loaded, provider, local }).map((row) => ({
          ...row,
          sizeBytes: sizeOnDisk(row, runtime),
        }));
        refuseWhenUnreachable(rows, inventory);
        show(rows, { host, inventory, all });
        return inventory.problems.length > 0 && rows.every((row) => row.tags.includes('stale')) ? 1 : 0;
      },
    });
  },
});

interface ListedModel extends ModelRow {
  /** Absent if its server does not report it, and for a model that runs elsewhere. */
  readonly sizeBytes: number | undefined;
}

/** Ollama reports the size of a reference for a model that runs elsewhere, and discovery 0 for an unknown size. */
function sizeOnDisk({ model }: ModelRow, runtime: Runtime): number | undefined {
  const size = model === undefined || model.remoteHost !== undefined ? 0 : runtime.describeModel(model)?.sizeBytes;
  return size === 0 ? undefined : size;
}

/** An unknown provider is an error. Ollama is known even if it is not enabled. */
function refuseUnknownProvider(provider: string, loaded: LoadedConfig): void {
  const { setups, unusable } = providerSetups(loaded);
  const known = [...new Set([...setups, ...unusable].map(({ id }) => id)).add('ollama')];
  if (known.includes(provider)) return;
  throw new CliError('failed', `There is no provider ${provider}.${didYouMean(provider, known)}`, {
    fields: { code: 'unknown-provider', provider, known },
    nextCommands: ['openclaw config get models.providers'],
  });
}

/** If nothing is listed and a server failed, the list is unknown rather than empty. */
function refuseWhenUnreachable(rows: readonly ListedModel[], { problems }: Inventory): void {
  const [first] = problems;
  if (first === undefined || rows.some(({ model }) => model !== undefined)) return;
  throw new CliError('failed', problems.map(({ message }) => message).join('\n'), {
    fields: { code: first.code === 'unreachable' ? 'provider-unreachable' : 'no-models', url: first.url, problems },
    nextCommands: nextCommandsOf(problems),
  });
}

function nextCommandsOf(problems: readonly ProviderProblem[]): string[] {
  return [...new Set(problems.flatMap(({ nextCommand }) => (nextCommand === undefined ? [] : [nextCommand])))];
}

interface Listing {
  readonly host: Host;
  readonly inventory: Inventory;
  readonly all: boolean;
}

function show(rows: readonly ListedModel[], { host, inventory, all }: Listing): void {
  const { output } = host;
  const { hidden, problems } = inventory;
  const isWithoutModels = rows.length === 0 && hidden.length > 0 && inventory.models.length === 0;
  output.show({
    json: () => ({
      count: rows.length,
      models: rows.map(encodeRow),
      ...(all || isWithoutModels
        ? { hidden: hidden.map(({ ref, endpoint, reason }) => ({ key: ref, endpoint, reason })) }
        : {}),
      ...(problems.length > 0 ? { problems } : {}),
    }),
    plain: () => rows.map(({ ref }) => ref),
    text: () =>
      [
        rows.length > 0 ? renderRows(rows, host) : isWithoutModels ? 'No usable models.' : 'No models found.',
        ...(all || isWithoutModels ? renderHidden(hidden) : []),
      ].join('\n'),
  });
  for (const { message, stale } of problems) {
    output.note(
      `${output.noteStyle.warning('Warning:')} ${message}${stale ? ' Showing its last known models as stale.' : ''}`,
    );
  }
  noteNextCommands(output, [...nextCommandsOf(problems), ...(isWithoutModels ? commandsForHidden(hidden) : [])]);
  if (output.format === 'text' && !all && !isWithoutModels) noteHidden(rows, { host, inventory, all });
}

function noteHidden(rows: readonly ListedModel[], { host: { output }, inventory: { hidden, models } }: Listing): void {
  if (hidden.length > 0) {
    const count = hidden.length === 1 ? '1 model is' : `${hidden.length} models are`;
    output.note(output.noteStyle.dim(`${count} hidden. To see why: openclaw models list --all`));
  } else if (rows.length === 0 && models.length === 0) {
    output.note(output.noteStyle.dim('To find out why: openclaw doctor'));
  }
}

/** A row of the document. The first fields are compatible with OpenClaw. */
function encodeRow({ ref, model, available, tags, sizeBytes }: ListedModel): unknown {
  if (model === undefined)
    return { key: ref, name: ref, input: null, contextWindow: null, local: null, available, missing: true, tags };
  const {
    name,
    provider,
    endpoint,
    endpointName,
    targets,
    input,
    tools,
    reasoning,
    contextWindow,
    maxTokens,
    cost,
    local,
    remoteHost,
    source,
  } = model;
  return {
    key: ref,
    name,
    input: input.join('+'),
    contextWindow,
    local,
    available,
    missing: false,
    tags,
    provider,
    model: model.model,
    endpoint,
    ...(endpointName === undefined ? {} : { endpoints: [{ name: endpointName, url: endpoint }] }),
    ...(targets === undefined
      ? {}
      : { endpoints: targets.map((target) => ({ name: target.endpointName, url: target.endpoint })) }),
    source,
    tools: tools ?? null,
    reasoning,
    maxTokens,
    cost,
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
    ...(remoteHost === undefined ? {} : { remoteHost }),
  };
}

/** Left out if no server reports a size. */
const SIZE: Column<ListedModel> = {
  title: 'Size',
  cell: ({ sizeBytes }) => (sizeBytes === undefined ? '-' : formatBytes(sizeBytes)),
};

function renderRows(rows: readonly ListedModel[], { output: { style }, stdout }: Host): string {
  const yesOrNo = (value: boolean | undefined): string => (value === undefined ? '-' : value ? 'yes' : 'no');
  const columns: Column<ListedModel>[] = [
    {
      title: 'Model',
      cell: ({ ref }) => ref,
      paint: (text, { available }) => (available ? style.accent(text) : style.dim(text)),
    },
    { title: 'Input', cell: ({ model }) => model?.input.join('+') ?? '-' },
    { title: 'Ctx', cell: ({ model }) => (model === undefined ? '-' : `${Math.round(model.contextWindow / 1000)}k`) },
    ...(rows.some(({ sizeBytes }) => sizeBytes !== undefined) ? [SIZE] : []),
    {
      title: 'Local',
      cell: ({ model }) => yesOrNo(model === undefined ? undefined : model.local && model.remoteHost === undefined),
    },
    { title: 'Auth', cell: ({ model, available }) => yesOrNo(model === undefined ? undefined : available) },
    {
      title: 'Tags',
      cell: ({ tags }) => tags.join(','),
      paint: (text, { tags }) => (tags.includes('missing') ? style.warning(text) : style.dim(text)),
    },
  ];
  return renderTable(rows, { columns, paintTitle: style.bold, width: stdout.columns });
}

function renderHidden(hidden: readonly HiddenCatalogModel[]): string[] {
  return hidden.length === 0
    ? []
    : ['', 'Hidden:', ...hidden.map(({ ref, reason }) => `  ${escapeControls(`${ref}: ${reason}`)}`)];
}
