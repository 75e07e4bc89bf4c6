import {
  createLightFetch,
  listRunningModels,
  OllamaDiscoveryError,
  type RunningModel,
} from '@openclaw/runtime/internal';
import { CliError } from '../cli-error.ts';
import { defineCommand } from '../define-command.ts';
import type { Host } from '../host.ts';
import { loadHostConfig } from '../load-host-config.ts';
import { ollamaServers, requestOptions } from '../models/with-ollama-model.ts';
import { formatBytes } from '../render/format-bytes.ts';
import { formatDuration } from '../render/format-duration.ts';
import { renderTable, type Column } from '../render/table.ts';

/** Lists the models that Ollama servers have in memory. */
export const modelsPs = defineCommand({
  options: {},
  formats: ['json', 'plain'],
  examples: [
    { line: 'openclaw models ps', does: 'List the loaded models with size, context and expiry.' },
    { line: 'openclaw models ps --json', does: 'The same as JSON.' },
  ],
  docs: 'docs/cli.md#openclaw-models-ps',
  async run({ host }) {
    const { output } = host;
    const signal = host.interruption();
    const light = createLightFetch();
    try {
      const servers = ollamaServers(await loadHostConfig(host, { mustExist: true }));
      const lists = await Promise.all(
        servers.map(async (setup) => {
          const options = { ...requestOptions(setup), fetch: light.fetch, signal };
          const models = await listRunningModels(options).catch(unlessUnreachable);
          return { provider: setup.id, endpoint: setup.endpoint?.name, models };
        }),
      );
      const problems = lists.flatMap(({ models }) => (models instanceof OllamaDiscoveryError ? [models] : []));
      const [first] = problems;
      if (first !== undefined && problems.length === servers.length) throw first;
      if (servers.length === 0) throw new CliError('failed', 'The configuration has no usable Ollama server.');
      const rows = lists.flatMap(({ provider, endpoint, models }) =>
        models instanceof OllamaDiscoveryError
          ? []
          : models.map((model) => ({ ...model, endpoint, ref: `${provider}/${model.name}` })),
      );
      output.show({
        json: () => ({ count: rows.length, models: rows.map(encodeRow) }),
        plain: () => rows.map(({ ref }) => ref),
        text: () => (rows.length === 0 ? 'No model is loaded.' : renderRows(rows, host)),
      });
      for (const { message } of problems) output.note(`${output.noteStyle.warning('Warning:')} ${message}`);
    } finally {
      light.close();
    }
  },
});

interface LoadedModel extends RunningModel {
  /** Its name, if the configuration lists those of the provider. */
  readonly endpoint: string | undefined;
  readonly ref: string;
}

function unlessUnreachable(error: unknown): OllamaDiscoveryError {
  if (error instanceof OllamaDiscoveryError && error.code !== 'aborted') return error;
  throw error;
}

function encodeRow({ ref, endpoint, sizeBytes, vramBytes, contextLength, expiresAt, digest }: LoadedModel): object {
  return {
    key: ref,
    ...(endpoint === undefined ? {} : { endpoint }),
    sizeBytes,
    vramBytes,
    contextLength: contextLength ?? null,
    expiresAt: expiresAt ?? null,
    digest,
  };
}

function renderRows(rows: readonly LoadedModel[], { now, stdout }: Host): string {
  const columns: Column<LoadedModel>[] = [
    { title: 'Model', cell: ({ ref }) => ref },
    ...(rows.some(({ endpoint }) => endpoint !== undefined)
      ? [{ title: 'Endpoint', cell: ({ endpoint }: LoadedModel) => endpoint ?? '-' }]
      : []),
    { title: 'Size', cell: ({ sizeBytes }) => formatBytes(sizeBytes) },
    { title: 'Processor', cell: describeProcessor },
    { title: 'Context', cell: ({ contextLength }) => contextLength?.toString() ?? '-' },
    { title: 'Until', cell: ({ expiresAt }) => describeExpiry(expiresAt, now()) },
  ];
  return renderTable(rows, { columns, width: stdout.columns });
}

function describeProcessor({ sizeBytes, vramBytes }: RunningModel): string {
  if (vramBytes === 0) return '100% CPU';
  const gpu = sizeBytes === 0 ? 100 : Math.min(100, Math.round((vramBytes / sizeBytes) * 100));
  return gpu === 100 ? '100% GPU' : `${100 - gpu}% CPU, ${gpu}% GPU`;
}

/** More than this is how Ollama writes that a model stays (`keep_alive: -1`). */
const FOREVER_SECONDS = 365 * 24 * 3600;

function describeExpiry(expiresAt: string | undefined, now: number): string {
  const at = Date.parse(expiresAt ?? '');
  if (Number.isNaN(at)) return '-';
  const seconds = (at - now) / 1000;
  if (seconds <= 0) return 'now';
  return seconds > FOREVER_SECONDS ? 'it is unloaded by hand' : `in ${formatDuration(seconds)}`;
}
