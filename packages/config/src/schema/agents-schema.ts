import * as v from 'valibot';
import { timeoutsSchema } from './models-schema.ts';
import { described, positiveInteger, setting, unusedSettings, wholeNumber } from './setting.ts';

const modelReference = v.pipe(v.string(), v.nonEmpty());

const modelChoiceSchema = v.union([
  modelReference,
  v.strictObject({
    primary: setting(modelReference, 'The first model to use.', { examples: ['ollama/gpt-oss:20b'] }),
    fallbacks: setting(v.array(modelReference), 'The fallbacks, in order.'),
    ...unusedSettings(['timeoutMs']),
  }),
]);

const repairSchema = v.union([
  v.literal(false),
  v.strictObject({
    toolCallsFromText: setting(v.boolean(), 'Whether tool calls in the text of an answer are repaired.'),
    reasoningFromTags: setting(v.boolean(), 'Whether `<think>…</think>` in the answer becomes reasoning.'),
    callsFromReasoning: setting(
      v.boolean(),
      'Whether tool calls at the end of the reasoning are repaired, if the model said nothing else.',
    ),
    expectReasoning: setting(
      v.boolean(),
      'Whether answers may start with reasoning whose opening tag is in the prompt. The start of a stream is then held until `</think>`. On by default for models with `reasoning: true` of servers other than Ollama, and for models of Ollama whose template opens a think block that Ollama does not read.',
    ),
    family: setting(
      v.pipe(v.string(), v.nonEmpty()),
      'The family of the model, whose forms of tool calls are trusted more than those of others. Default: what Ollama says of the model.',
      { examples: ['kimi', 'deepseek', 'gpt-oss'] },
    ),
    argumentsRepair: setting(v.boolean(), 'Whether tool arguments that are not valid JSON are repaired.'),
  }),
]);

const modelSettingsSchema = v.strictObject({
  alias: setting(
    v.pipe(v.string(), v.trim(), v.nonEmpty()),
    'Another name of the model. Any text; with spaces it must be quoted on a command line.',
    { examples: ['oss'] },
  ),
  streaming: setting(
    v.boolean(),
    'Whether to request a stream from the server. By default, API clients and scripts get whole answers from Ollama and streams from others; `chat`, the page and `agent` on a terminal stream. Clients can stream in all cases.',
  ),
  params: setting(
    v.record(v.string(), v.unknown()),
    'Additional fields of the request, such as `temperature` or `top_p`.',
  ),
  repair: setting(repairSchema, 'Which mistakes of local models are repaired; `false` for none.'),
  timeouts: setting(timeoutsSchema, 'Timeouts of this model.'),
  firstEventLimitMs: setting(
    positiveInteger,
    'Timeout for the first content, in milliseconds, after which the next model is tried.',
  ),
  ...unusedSettings(['agentRuntime', 'codeMode', 'pickerRuntimes']),
});

const retrySchema = v.strictObject({
  maxRetries: v.exactOptional(
    described(wholeNumber, 'Maximum number of retries of the last model after an overload or a server error.'),
    2,
  ),
  budgetMs: v.exactOptional(
    described(wholeNumber, 'Maximum total backoff between the retries, in milliseconds.'),
    10_000,
  ),
});

const circuitsSchema = v.strictObject({
  maxBackoffMs: v.exactOptional(
    described(
      positiveInteger,
      'Maximum time between the probes of a model or server that failed, in milliseconds. The backoff starts with 2 s and doubles with each failed probe. `Retry-After` of a server replaces it.',
    ),
    30_000,
  ),
});

const defaultsSchema = v.strictObject({
  model: setting(modelChoiceSchema, 'The model to use, with or without fallbacks.', {
    examples: ['ollama/gpt-oss:20b', { primary: 'ollama/gpt-oss:20b', fallbacks: ['ollama/llama3.3'] }],
  }),
  imageModel: setting(
    modelChoiceSchema,
    'The model for messages with images, if the chosen model does not support them.',
  ),
  models: v.exactOptional(
    described(
      v.record(v.pipe(v.string(), v.nonEmpty()), modelSettingsSchema),
      'Settings of models, by reference: `"ollama/gpt-oss:20b"`.',
    ),
    {},
  ),
  timeoutSeconds: v.exactOptional(
    described(wholeNumber, 'Timeout of a request with all its fallbacks, in seconds; 0 for no limit.'),
    600,
  ),
  circuits: v.exactOptional(
    described(circuitsSchema, 'Circuit breakers: how soon a model that failed is tried before its fallbacks again.'),
    {},
  ),
  retry: v.exactOptional(described(retrySchema, 'Retries of the last model.'), {}),
  firstEventLimitMs: setting(
    positiveInteger,
    'Timeout for the first content, in milliseconds, after which the next model is tried. Default: 60000, plus 10 for each token of the prompt. A model that Ollama is loading, or from which a whole answer is due, may take four fifths of the remaining time of the request.',
  ),
  ...unusedSettings([
    'additionalSystemPrompt',
    'agentRuntime',
    'blockStreamingBreak',
    'blockStreamingChunk',
    'blockStreamingCoalesce',
    'blockStreamingDefault',
    'bootstrapMaxChars',
    'bootstrapPromptTruncationWarning',
    'bootstrapTotalMaxChars',
    'authInheritance',
    'cliBackends',
    'contextInjection',
    'contextLimits',
    'cwd',
    'decisionModel',
    'embeddedAgent',
    'experimental',
    'compaction',
    'contextPruning',
    'contextTokens',
    'elevatedDefault',
    'embeddedPi',
    'envelopeElapsed',
    'envelopeTimestamp',
    'envelopeTimezone',
    'heartbeat',
    'humanDelay',
    'imageGenerationModel',
    'imageMaxDimensionPx',
    'imageQuality',
    'maxConcurrent',
    'mediaGenerationAutoProviderFallback',
    'mediaModels',
    'mediaMaxMb',
    'memorySearch',
    'modelPolicy',
    'modelSelectionScope',
    'musicGenerationModel',
    'params',
    'pdfMaxBytesMb',
    'pdfMaxMb',
    'pdfMaxPages',
    'pdfModel',
    'promptOverlays',
    'repoRoot',
    'runRetries',
    'runTimeoutSeconds',
    'sandbox',
    'sessionStore',
    'silentReply',
    'skills',
    'skipBootstrap',
    'skipOptionalBootstrapFiles',
    'startupContext',
    'subagents',
    'systemAgent',
    'thinkingDefault',
    'timeFormat',
    'toolProgressDetail',
    'typingIntervalSeconds',
    'typingMode',
    'userTimezone',
    'utilityModel',
    'verboseDefault',
    'videoGenerationModel',
    'voiceModel',
    'workspace',
  ]),
});

const agentEntries = {
  default: setting(v.boolean(), 'Whether this is the default agent, which `openclaw` means.'),
  name: setting(v.string(), 'The display name.'),
  model: setting(modelChoiceSchema, 'The model of this agent, in place of `agents.defaults.model`.'),
  imageModel: setting(modelChoiceSchema, 'The model of this agent for messages with images.'),
  ...unusedSettings([
    'agentDir',
    'agentRuntime',
    'contextInjection',
    'contextLimits',
    'contextTokens',
    'cwd',
    'decisionModel',
    'description',
    'embeddedAgent',
    'experimental',
    'fastModeDefault',
    'groupChat',
    'heartbeat',
    'humanDelay',
    'identity',
    'memorySearch',
    'models',
    'params',
    'reasoningDefault',
    'runRetries',
    'runTimeoutSeconds',
    'runtime',
    'sandbox',
    'skills',
    'skillsLimits',
    'subagents',
    'systemPromptOverride',
    'thinkingDefault',
    'toolProgressDetail',
    'tools',
    'tts',
    'utilityModel',
    'verboseDefault',
    'workspace',
  ]),
};

export const agentsSchema = v.strictObject({
  defaults: v.exactOptional(described(defaultsSchema, 'Defaults of all agents.'), {}),
  list: setting(
    v.array(
      v.strictObject({
        id: described(v.pipe(v.string(), v.nonEmpty()), 'The id of the agent, as in `openclaw/<id>`.'),
        ...agentEntries,
      }),
    ),
    'Agents as a list.',
  ),
  entries: setting(v.record(v.pipe(v.string(), v.nonEmpty()), v.strictObject(agentEntries)), 'Agents by id.'),
  ...unusedSettings(['ownership']),
});
