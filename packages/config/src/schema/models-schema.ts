import * as v from 'valibot';
import { endpointsSchema, serverAddress, withEndpointName } from './endpoints-schema.ts';
import { httpUrlSchema } from './http-url-schema.ts';
import { requestSchema, withRequestHeaders } from './request-schema.ts';
import { described, positiveInteger, setting, unusedSettings, wholeNumber } from './setting.ts';

/** The timeouts of one request. The error names the one that expired. */
export const timeoutsSchema = v.strictObject({
  connectMs: setting(positiveInteger, 'Timeout for the connection, in milliseconds.'),
  firstEventMs: setting(
    positiveInteger,
    'Timeout for the first content, in milliseconds. Loading a large model from disk can take minutes.',
  ),
  idleMs: setting(positiveInteger, 'Idle timeout during an answer, in milliseconds.'),
  totalMs: setting(positiveInteger, 'Timeout for the whole answer, in milliseconds.'),
});

const priceSchema = v.pipe(v.number(), v.minValue(0));

const costSchema = v.strictObject({
  input: setting(priceSchema, 'US dollars per million tokens of input.'),
  output: setting(priceSchema, 'US dollars per million tokens of output.'),
  cacheRead: setting(priceSchema, 'US dollars per million tokens read from the cache.'),
  cacheWrite: setting(priceSchema, 'US dollars per million tokens written to the cache.'),
  ...unusedSettings(['tieredPricing']),
});

const compatSchema = v.strictObject({
  supportsTools: setting(v.boolean(), 'Whether tools may be sent. Set to false for models that fail with tools.'),
  supportsUsageInStreaming: setting(v.boolean(), 'Whether the server supports `stream_options.include_usage`.'),
  maxTokensField: setting(
    v.picklist(['max_tokens', 'max_completion_tokens']),
    'The field for the maximum length of the answer.',
  ),
  supportsDeveloperRole: setting(v.boolean(), 'Whether the server supports the `developer` role.'),
  supportsReasoningEffort: setting(v.boolean(), 'Whether the server supports `reasoning_effort`.'),
  supportsTemperature: setting(v.boolean(), 'Whether the model supports a temperature.'),
  requiresStringContent: setting(v.boolean(), 'Whether message content must be a plain string, not a list of parts.'),
  ...unusedSettings([
    'codeMode',
    'nativeWebSearchTool',
    'reasoningEffortMap',
    'requiresAssistantAfterToolResult',
    'requiresMistralToolIds',
    'requiresOpenAiAnthropicToolPayload',
    'requiresThinkingAsText',
    'requiresToolResultName',
    'strictMessageKeys',
    'supportedReasoningEfforts',
    'supportsStore',
    'supportsStrictMode',
    'thinkingFormat',
    'toolCallArgumentsEncoding',
    'toolSchemaProfile',
    'unsupportedToolSchemaKeywords',
  ]),
});

const headersSchema = v.record(v.string(), v.string());

const modelSchema = v.strictObject({
  id: described(v.pipe(v.string(), v.nonEmpty()), 'The name of the model on the server, such as `gpt-oss:20b`.'),
  name: setting(v.string(), 'The display name.'),
  reasoning: setting(v.boolean(), 'Whether the model produces reasoning.'),
  input: setting(
    v.array(v.picklist(['text', 'image', 'video', 'audio'])),
    'Supported kinds of input. Text and images are used; other kinds are accepted and ignored.',
  ),
  cost: setting(costSchema, 'The price of the model. Local models are free.'),
  contextWindow: setting(
    positiveInteger,
    'The context window: maximum tokens of input and output together. For Ollama it replaces `num_ctx` of the Modelfile.',
  ),
  contextTokens: setting(positiveInteger, 'A smaller context window to use, in tokens.'),
  params: setting(v.record(v.string(), v.unknown()), 'Additional fields of the request, such as `temperature`.'),
  maxTokens: setting(positiveInteger, 'Maximum length of an answer, in tokens. May be a product such as `8192 * 10`.'),
  compat: setting(compatSchema, 'Deviations of this model or its server from the protocol.'),
  timeouts: setting(timeoutsSchema, 'Timeouts of this model; they override those of the provider.'),
  ...unusedSettings([
    'agentRuntime',
    'api',
    'baseUrl',
    'capabilities',
    'headers',
    'mediaInput',
    'metadataSource',
    'thinkingLevelMap',
  ]),
});

const providerEntriesSchema = v.strictObject({
  baseUrl: setting(httpUrlSchema, 'The base URL of the server. For Ollama with or without `/v1`.', {
    examples: ['http://127.0.0.1:11434/v1'],
  }),
  baseURL: setting(httpUrlSchema, 'Another spelling of `baseUrl`.'),
  endpoints: setting(
    endpointsSchema,
    'Several servers that have the same models, instead of `baseUrl`. A request goes to the best of those that have its model; if that one fails, to the next. Models are discovered unless `models` lists them.',
  ),
  apiKey: setting(
    v.string(),
    'The key for this server: the key itself, `${VARIABLE}`, or the name of an environment variable. Ollama needs none.',
    { secret: true, examples: ['${OLLAMA_API_KEY}'] },
  ),
  api: setting(
    v.picklist(['openai-completions', 'openai-responses', 'ollama']),
    'The API of the server: chat completions below `/v1`, or `ollama` for its native API. `openai-responses`, from later releases of the original, uses chat completions too. Default: chat completions; for an Ollama server whichever suits a request, because only the native API can set the context length.',
  ),
  headers: setting(headersSchema, 'HTTP headers of every request.', { secret: true }),
  authHeader: setting(v.boolean(), 'Whether the key is sent as `Authorization: Bearer …`.'),
  discover: setting(
    v.boolean(),
    'Whether models are discovered: by Ollama’s API, or the list of any other server (`GET <baseUrl>/models`). An entry for `ollama` with a `baseUrl` or `models` disables discovery unless this is `true`; for other servers it is off unless this is `true`.',
  ),
  timeouts: setting(timeoutsSchema, 'Timeouts of all models of this provider.'),
  timeoutSeconds: setting(
    positiveInteger,
    'Timeout for the whole answer, in seconds; the older form of `timeouts.totalMs`.',
  ),
  maxConcurrent: setting(
    positiveInteger,
    'Maximum concurrent requests to this server, or to each of `endpoints`. Others are queued.',
  ),
  maxQueued: setting(
    wholeNumber,
    'Maximum queued requests for this server, or for each of `endpoints`. Further ones are rejected.',
  ),
  contextWindow: setting(positiveInteger, 'The context window of the listed models without one of their own.'),
  contextTokens: setting(positiveInteger, 'A smaller context window to use for the listed models, in tokens.'),
  maxTokens: setting(positiveInteger, 'Maximum length of an answer of the listed models without one of their own.'),
  params: setting(v.record(v.string(), v.unknown()), 'Additional fields of requests to the listed models.'),
  models: setting(v.array(modelSchema), 'The models of this provider.'),
  request: setting(requestSchema, 'How requests are sent: headers, authentication, proxy and TLS.'),
  ...unusedSettings(['agentRuntime', 'auth', 'injectNumCtxForOpenAICompat', 'localService', 'region']),
});

type ProviderEntry = v.InferOutput<typeof providerEntriesSchema>;
type ModelEntry = v.InferOutput<typeof modelSchema>;

/** Other spellings of a setting become the one that the rest of the code reads. */
function normalizeProvider({ baseURL, api, request, endpoints, ...entry }: ProviderEntry) {
  const { baseUrl = baseURL, models } = entry;
  const { headers: _headers, auth: _auth, ...connection } = request ?? {};
  return {
    ...entry,
    ...(request && { ...withRequestHeaders(entry, request), request: connection }),
    ...(baseUrl !== undefined && { baseUrl }),
    ...(endpoints && { endpoints: endpoints.map(withEndpointName) }),
    ...(api !== undefined && { api: api === 'openai-responses' ? ('openai-completions' as const) : api }),
    ...(models && { models: models.map((model) => normalizeModel(model, entry)) }),
  };
}

/** A model has the settings of its provider that it does not set itself, and the smaller one of its two windows. */
function normalizeModel(
  { contextTokens, ...model }: ModelEntry,
  provider: Pick<ProviderEntry, 'contextWindow' | 'contextTokens' | 'maxTokens' | 'params'>,
) {
  const windows = [model.contextWindow ?? provider.contextWindow, contextTokens ?? provider.contextTokens];
  const known = windows.filter((window) => window !== undefined);
  const maxTokens = model.maxTokens ?? provider.maxTokens;
  const params = model.params ?? provider.params;
  return {
    ...model,
    ...(known.length > 0 && { contextWindow: Math.min(...known) }),
    ...(maxTokens !== undefined && { maxTokens }),
    ...(params && { params: { ...provider.params, ...params } }),
  };
}

/** `api: "ollama"` and `endpoints` mean servers with discovery, unless the models are listed. */
const providerSchema = v.pipe(
  providerEntriesSchema,
  v.transform(normalizeProvider),
  v.forward(
    v.check(
      hasOneSetOfServers,
      'is not one of `endpoints`. Remove it, or add it to `endpoints`: with them, no other server is used',
    ),
    ['baseUrl'],
  ),
  v.transform((entry) => {
    const { api, endpoints, models = [], discover = models.length === 0 } = entry;
    return { ...entry, ...((api === 'ollama' || endpoints !== undefined) && { discover }) };
  }),
);

function hasOneSetOfServers({ baseUrl, endpoints }: ReturnType<typeof normalizeProvider>): boolean {
  if (baseUrl === undefined || endpoints === undefined) return true;
  return endpoints.some((endpoint) => serverAddress(endpoint.baseUrl) === serverAddress(baseUrl));
}

export const modelsSchema = v.strictObject({
  mode: v.exactOptional(
    described(
      v.picklist(['merge', 'replace']),
      '`merge`: discovered providers and those below. `replace`: only those below.',
    ),
    'merge',
  ),
  providers: v.exactOptional(
    described(
      v.record(v.pipe(v.string(), v.nonEmpty()), providerSchema),
      'The model servers, by provider id, which is the part before the first `/` of a model reference.',
    ),
    {},
  ),
  ...unusedSettings(['bedrockDiscovery', 'catalogRefresh', 'pricing', 'proxy']),
});
