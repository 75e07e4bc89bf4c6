import { createHash } from 'node:crypto';
import type { JsonObject } from './json-value.ts';
import type { Release } from './release.ts';
import type { Hold, Reply } from './script.ts';
import type { SimulatedRequest } from './simulated-request.ts';

/** Parser of tool calls: the template, a parser for the model's family, or gpt-oss's format. */
export type ToolParser = 'template' | 'builtin' | 'harmony';

/** A model that the simulator pretends to have. Only the name is needed. */
export interface SimulatedModel {
  /** As a list shows it; `:latest` is added when there is no tag. */
  name: string;
  /** @default ['embedding'] when the name contains `embed`, else ['completion', 'tools', 'thinking'] */
  capabilities?: readonly string[];
  /** Trained context in tokens. @default 40960 */
  contextLength?: number;
  /**
   * The window of the loaded model if neither the request nor the Modelfile (`num_ctx` in `parameters`) says one.
   * @default `contextLength` of the simulator (OLLAMA_CONTEXT_LENGTH), else the default of the release
   */
  runningContextLength?: number;
  /** Characters of a prompt per token, for the simulated count. @default 4 */
  charactersPerToken?: number;
  /** Size of an embedding. @default 768 for embedding models, else 4096 */
  embeddingLength?: number;
  /** @default the name up to a digit-free stem: `qwen3:8b` → `qwen3`; `gptoss` for gpt-oss */
  family?: string;
  families?: readonly string[] | null;
  /** @default 'gguf', empty for cloud models */
  format?: string;
  /** @default '8.2B' */
  parameterSize?: string;
  /** @default 'Q4_K_M' */
  quantization?: string;
  /** Bytes on disk. @default 5225388164, 384 for cloud models */
  size?: number;
  /** Bytes in memory while loaded. @default 1.2 times `size` */
  sizeInMemory?: number;
  /** Bytes of those on the GPU. @default all of them */
  sizeInVram?: number;
  /** 64 hex digits. @default made from the name */
  digest?: string;
  /** RFC 3339. @default '2026-06-10T09:00:00Z' */
  modifiedAt?: string;
  /** Marks a cloud model (Ollama ≥ 0.12.0), which is never loaded. */
  remoteHost?: string;
  /** @default the name without `-cloud` */
  remoteModel?: string;
  /** The `parameters` text of `/api/show`: one `key value` per line. */
  parameters?: string;
  /** @default a Go template that has `.Tools` and `.Thinking` when the model is capable of them */
  template?: string;
  system?: string;
  license?: string;
  modelfile?: string;
  /** The `parent_model` of `/api/show`: a path for a model made from a file. @default '' */
  parentModel?: string;
  /** The `tensors` of `/api/show`. @default those of a model with one block */
  tensors?: readonly JsonObject[];
  /** Added to (or put in the place of keys of) `model_info` of `/api/show`. */
  modelInfo?: JsonObject;
  projectorInfo?: JsonObject;
  /** Decides the index, id and place of tool calls. @default 'harmony' for gpt-oss, else 'template' */
  toolParser?: ToolParser;
  /** How long the runner's process starts before it reads the weights. @default 0 */
  startMs?: number;
  /** The same, until released. */
  start?: Hold;
  /** How long the first request waits, without headers, until the model is loaded. @default 0 */
  loadMs?: number;
  /** The same, until released. */
  load?: Hold;
  /** Already loaded at the start. @default false */
  loaded?: boolean;
  /** How long it stays loaded after its last request; `Infinity` for ever. @default 300000 */
  keepAliveMs?: number;
  /** The reply of this model if neither the queue nor the simulator's `reply` has one. */
  reply?: Reply | ((request: SimulatedRequest) => Reply | undefined);
}

/** A model with its defaults filled in. */
export type CompleteModel = SimulatedModel &
  Required<
    Omit<
      SimulatedModel,
      | 'remoteHost'
      | 'remoteModel'
      | 'runningContextLength'
      | 'parameters'
      | 'system'
      | 'license'
      | 'projectorInfo'
      | 'tensors'
      | 'start'
      | 'load'
      | 'reply'
    >
  >;

/** The models of one simulator; changes are seen by the next request. */
export interface ModelStore {
  /** Newest first, as lists show them. */
  readonly list: () => CompleteModel[];
  /** Case-insensitively, and with `:latest` when there is no tag. */
  readonly find: (name: string) => CompleteModel | undefined;
  /** As `ollama pull`; a model of the same name is replaced. */
  readonly add: (model: SimulatedModel | string) => void;
  /** As `ollama rm`; false when there was none. */
  readonly remove: (name: string) => boolean;
}

/** Keeps the models of one simulator. */
export function createModelStore(models: readonly (SimulatedModel | string)[]): ModelStore {
  const known = new Map<string, CompleteModel>();
  const add: ModelStore['add'] = (model) => {
    const complete = completeModel(typeof model === 'string' ? { name: model } : model);
    known.set(complete.name.toLowerCase(), complete);
  };
  for (const model of models) add(model);
  return {
    add,
    list: () =>
      [...known.values()].toSorted((left, right) => Date.parse(right.modifiedAt) - Date.parse(left.modifiedAt)),
    find: (name) => known.get(listedName(name).toLowerCase()),
    remove: (name) => known.delete(listedName(name).toLowerCase()),
  };
}

/** Fills in the defaults of a model. */
function completeModel(model: SimulatedModel): CompleteModel {
  const name = withTag(model.name);
  const cloud = model.remoteHost !== undefined;
  const embeds = model.capabilities?.includes('embedding') ?? /embed/i.test(name);
  const family = model.family ?? familyOf(name);
  const capabilities = model.capabilities ?? (embeds ? ['embedding'] : ['completion', 'tools', 'thinking']);
  const contextLength = model.contextLength ?? (embeds ? 2048 : 40_960);
  const size = model.size ?? (cloud ? 384 : embeds ? 274_302_450 : 5_225_388_164);
  const sizeInMemory = model.sizeInMemory ?? Math.round(size * 1.2);
  return {
    contextLength,
    charactersPerToken: 4,
    embeddingLength: embeds ? 768 : 4096,
    families: [family],
    format: cloud ? '' : 'gguf',
    parameterSize: embeds ? '137M' : '8.2B',
    quantization: embeds ? 'F16' : 'Q4_K_M',
    size,
    sizeInMemory,
    sizeInVram: sizeInMemory,
    digest: createHash('sha256').update(name).digest('hex'),
    modifiedAt: '2026-06-10T09:00:00Z',
    template: templateFor(capabilities),
    modelfile: `# Modelfile generated by "ollama show"\n# To build a new Modelfile based on this, replace FROM with:\n# FROM ${name}\n\nFROM ${name}\n`,
    modelInfo: {},
    parentModel: '',
    toolParser: family === 'gptoss' ? 'harmony' : 'template',
    startMs: 0,
    loadMs: 0,
    loaded: false,
    keepAliveMs: 300_000,
    ...model,
    name,
    family,
    capabilities,
  };
}

/** The full name as error messages spell it: `registry.ollama.ai/library/qwen3:8b`. */
export function fullName(name: string): string {
  const parts = withTag(name).split('/');
  return [...(parts.length < 3 ? ['registry.ollama.ai'] : []), ...(parts.length < 2 ? ['library'] : []), ...parts].join(
    '/',
  );
}

/** The built-in parser of a model: the `PARSER` of its Modelfile, or the name of the model. */
export function parserName({ modelfile, name }: Pick<CompleteModel, 'modelfile' | 'name'>): string {
  return /^PARSER\s+(\S+)/m.exec(modelfile)?.[1] ?? name.split('/').at(-1) ?? name;
}

/** The fields that mark a cloud model, where a release knows them. */
export function remoteOf(model: CompleteModel, release: Release): object {
  if (model.remoteHost === undefined || !release.has('has-cloud-models')) return {};
  return { remote_model: model.remoteModel ?? model.name.replace(/-cloud$/, ''), remote_host: model.remoteHost };
}

/** The name as a list shows it, for any way to write it. */
export function listedName(name: string): string {
  return withTag(shortName(name));
}

function shortName(name: string): string {
  return name.replace(/^registry\.ollama\.ai\//i, '').replace(/^library\//i, '');
}

function withTag(name: string): string {
  return (name.split('/').at(-1) ?? '').includes(':') ? name : `${name}:latest`;
}

function familyOf(name: string): string {
  const stem = (name.split('/').at(-1) ?? name).split(':')[0] ?? name;
  if (stem.startsWith('gpt-oss')) return 'gptoss';
  if (stem.startsWith('nomic-embed')) return 'nomic-bert';
  return /^[a-z]+\d*/i.exec(stem)?.[0].toLowerCase() ?? 'llama';
}

function templateFor(capabilities: readonly string[]): string {
  const tools = capabilities.includes('tools')
    ? '{{- if .Tools }}{{ range .Tools }}{{ . }}{{ end }}{{ end }}{{ if .ToolCalls }}{{ range .ToolCalls }}<tool_call>\n{"name": "{{ .Function.Name }}", "arguments": {{ .Function.Arguments }}}\n</tool_call>{{ end }}{{ end }}'
    : '';
  const thinking = capabilities.includes('thinking') ? '{{ if .Thinking }}<think>{{ .Thinking }}</think>{{ end }}' : '';
  const suffix = capabilities.includes('insert') ? '{{ .Suffix }}' : '';
  return `${tools}${thinking}{{ .Prompt }}${suffix}`;
}
