import * as v from 'valibot';
import { described, positiveInteger, setting, unusedSettings, wholeNumber } from './setting.ts';

/** The clocks of one request; whichever runs out is named in the error. */
export const timeoutsSchema = v.strictObject({
  connectMs: setting(positiveInteger, 'Milliseconds to reach the server.'),
  firstEventMs: setting(
    positiveInteger,
    'Milliseconds until the model says its first word. Loading a large model from disk can take minutes.',
  ),
  idleMs: setting(positiveInteger, 'Milliseconds of silence allowed in the middle of an answer.'),
  totalMs: setting(positiveInteger, 'Milliseconds for the whole answer.'),
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
  supportsTools: setting(v.boolean(), 'Whether tools may be sent. Set to false for models that choke on them.'),
  supportsUsageInStreaming: setting(v.boolean(), 'Whether the server understands `stream_options.include_usage`.'),
  maxTokensField: setting(
    v.picklist(['max_tokens', 'max_completion_tokens']),
    'Under which name the limit on the answer is sent.',
  ),
  supportsDeveloperRole: setting(v.boolean(), 'Whether the server knows the `developer` role.'),
  supportsReasoningEffort: setting(v.boolean(), 'Whether the server understands `reasoning_effort`.'),
  supportsTemperature: setting(v.boolean(), 'Whether the model accepts a temperature.'),
  requiresStringContent: setting(v.boolean(), 'Whether message content must be a plain string, not a list of parts.'),
  ...unusedSettings([
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
  id: described(v.pipe(v.string(), v.nonEmpty()), 'The name the server knows the model by, such as `gpt-oss:20b`.'),
  name: setting(v.string(), 'The name people see.'),
  reasoning: setting(v.boolean(), 'Whether the model thinks before it answers.'),
  input: setting(
    v.array(v.picklist(['text', 'image', 'video', 'audio'])),
    'What the model can be given. Text and images are served; other kinds are accepted and ignored.',
  ),
  cost: setting(costSchema, 'What the model costs. Local models cost nothing.'),
  contextWindow: setting(positiveInteger, 'How many tokens the model can take in and give out together.'),
  maxTokens: setting(positiveInteger, 'The longest answer, in tokens. A product such as `8192 * 10` is fine.'),
  compat: setting(compatSchema, 'Where this model or its server deviates from the protocol.'),
  timeouts: setting(timeoutsSchema, 'Clocks for this model; they win over those of the provider.'),
  ...unusedSettings([
    'agentRuntime',
    'api',
    'baseUrl',
    'contextTokens',
    'headers',
    'mediaInput',
    'params',
    'thinkingLevelMap',
  ]),
});

const httpUrlSchema = v.pipe(
  v.string(),
  v.check(
    (text) => /^https?:\/\//i.test(text) && URL.canParse(text),
    'expected a URL such as "http://127.0.0.1:11434/v1"',
  ),
);

const providerEntriesSchema = v.strictObject({
  baseUrl: setting(httpUrlSchema, 'Where the server answers. For Ollama both forms work: with `/v1` and without.', {
    examples: ['http://127.0.0.1:11434/v1'],
  }),
  apiKey: setting(
    v.string(),
    'The key for this server: the key itself, `${VARIABLE}`, or the name of an environment variable. Ollama needs none.',
    { secret: true, examples: ['${OLLAMA_API_KEY}'] },
  ),
  api: setting(
    v.picklist(['openai-completions', 'ollama']),
    'The protocol the server speaks. `ollama`, as later releases of the original have it, is served over chat completions, too.',
  ),
  headers: setting(headersSchema, 'HTTP headers to send with every request.', { secret: true }),
  authHeader: setting(v.boolean(), 'Whether the key is sent as `Authorization: Bearer …`.'),
  discover: setting(
    v.boolean(),
    'Whether to ask the server which models it has. An entry for `ollama` that gives a `baseUrl` or `models` switches discovery off unless this says `true`.',
  ),
  timeouts: setting(timeoutsSchema, 'Clocks for every model of this provider.'),
  timeoutSeconds: setting(positiveInteger, 'The whole answer in seconds; the older form of `timeouts.totalMs`.'),
  maxConcurrent: setting(positiveInteger, 'How many requests this server is given at once. Others wait.'),
  maxQueued: setting(wholeNumber, 'How many requests may wait for this server before new ones are turned away.'),
  models: setting(v.array(modelSchema), 'The models of this provider, by hand.'),
  ...unusedSettings([
    'auth',
    'injectNumCtxForOpenAICompat',
    'localService',
    'maxTokens',
    'params',
    'region',
    'request',
  ]),
});

/** `api: "ollama"` means a server whose models can be asked for unless they are listed, and which speaks chat completions below `/v1`. */
const providerSchema = v.pipe(
  providerEntriesSchema,
  v.transform(({ api, ...entry }) => {
    if (api !== 'ollama') return { ...entry, ...(api && { api }) };
    const { baseUrl, models = [], discover = models.length === 0 } = entry;
    const isBare = baseUrl !== undefined && /^https?:\/\/[^/]+\/?$/i.test(baseUrl);
    return {
      ...entry,
      api: 'openai-completions' as const,
      discover,
      ...(isBare && { baseUrl: `${baseUrl.replace(/\/$/, '')}/v1` }),
    };
  }),
);

export const modelsSchema = v.strictObject({
  mode: v.exactOptional(
    described(
      v.picklist(['merge', 'replace']),
      '`merge`: the providers found by themselves and those below. `replace`: only those below.',
    ),
    'merge',
  ),
  providers: v.exactOptional(
    described(
      v.record(v.pipe(v.string(), v.nonEmpty()), providerSchema),
      'The servers that models come from, by the id that stands before the first `/` of a model reference.',
    ),
    {},
  ),
  ...unusedSettings(['bedrockDiscovery', 'catalogRefresh', 'pricing', 'proxy']),
});
