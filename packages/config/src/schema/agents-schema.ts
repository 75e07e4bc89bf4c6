import * as v from 'valibot';
import { timeoutsSchema } from './models-schema.ts';
import { described, positiveInteger, setting, unusedSettings, wholeNumber } from './setting.ts';

const modelReference = v.pipe(v.string(), v.nonEmpty());

const modelChoiceSchema = v.union([
  modelReference,
  v.strictObject({
    primary: setting(modelReference, 'The model to ask first.', { examples: ['ollama/gpt-oss:20b'] }),
    fallbacks: setting(v.array(modelReference), 'The models to ask, in this order, when the one before fails.'),
    ...unusedSettings(['timeoutMs']),
  }),
]);

const repairSchema = v.union([
  v.literal(false),
  v.strictObject({
    toolCallsFromText: setting(v.boolean(), 'Whether tool calls that a model wrote into its answer become tool calls.'),
    reasoningFromTags: setting(v.boolean(), 'Whether `<think>…</think>` in the answer becomes reasoning.'),
    argumentsRepair: setting(v.boolean(), 'Whether tool arguments that are not quite JSON are mended.'),
  }),
]);

const modelSettingsSchema = v.strictObject({
  alias: setting(
    v.pipe(v.string(), v.regex(/^[\w.:-]+$/, 'use letters, digits, `.`, `_`, `:` and `-` only')),
    'A short name for the model.',
    { examples: ['oss'] },
  ),
  streaming: setting(
    v.boolean(),
    'Whether the server is asked for a stream. Off by default for Ollama, on for others; what you see streams either way.',
  ),
  params: setting(v.record(v.string(), v.unknown()), 'Extra fields for the request, such as `temperature` or `top_p`.'),
  repair: setting(repairSchema, 'Which mistakes of local models are mended; `false` for none.'),
  timeouts: setting(timeoutsSchema, 'Clocks for this model.'),
  firstEventLimitMs: setting(
    positiveInteger,
    'Milliseconds to wait for the first word before the next model is asked instead.',
  ),
  ...unusedSettings(['agentRuntime', 'codeMode', 'pickerRuntimes']),
});

const retrySchema = v.strictObject({
  maxRetries: v.exactOptional(
    described(wholeNumber, 'How often the last model is asked again after an overload or an error of the server.'),
    2,
  ),
  budgetMs: v.exactOptional(
    described(wholeNumber, 'Milliseconds that waiting between those attempts may take together.'),
    10_000,
  ),
});

const defaultsSchema = v.strictObject({
  model: setting(modelChoiceSchema, 'The model to use, alone or with fallbacks.', {
    examples: ['ollama/gpt-oss:20b', { primary: 'ollama/gpt-oss:20b', fallbacks: ['ollama/llama3.3'] }],
  }),
  imageModel: setting(modelChoiceSchema, 'The model for messages with images when the chosen one cannot see.'),
  models: v.exactOptional(
    described(
      v.record(v.pipe(v.string(), v.nonEmpty()), modelSettingsSchema),
      'Settings of single models, by reference: `"ollama/gpt-oss:20b"`.',
    ),
    {},
  ),
  timeoutSeconds: v.exactOptional(
    described(wholeNumber, 'Seconds for one request with all its fallbacks; 0 for no limit.'),
    600,
  ),
  retry: v.exactOptional(described(retrySchema, 'Asking the last model again when no other is left.'), {}),
  firstEventLimitMs: setting(
    positiveInteger,
    'Milliseconds to wait for the first word before the next model is asked instead. Unless set, four fifths of the time that the request has left.',
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
    'cliBackends',
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
    'maxConcurrent',
    'mediaMaxMb',
    'memorySearch',
    'modelPolicy',
    'modelSelectionScope',
    'params',
    'pdfMaxBytesMb',
    'pdfMaxPages',
    'pdfModel',
    'repoRoot',
    'sandbox',
    'skills',
    'skipBootstrap',
    'subagents',
    'thinkingDefault',
    'timeFormat',
    'typingIntervalSeconds',
    'typingMode',
    'userTimezone',
    'utilityModel',
    'verboseDefault',
    'workspace',
  ]),
});

const agentEntries = {
  default: setting(v.boolean(), 'Whether this agent is the one that `openclaw` means.'),
  name: setting(v.string(), 'The name people see.'),
  model: setting(modelChoiceSchema, 'The model of this agent, in place of `agents.defaults.model`.'),
  imageModel: setting(modelChoiceSchema, 'The model of this agent for messages with images.'),
  ...unusedSettings([
    'agentDir',
    'agentRuntime',
    'contextTokens',
    'fastModeDefault',
    'groupChat',
    'heartbeat',
    'humanDelay',
    'identity',
    'memorySearch',
    'models',
    'params',
    'reasoningDefault',
    'runtime',
    'sandbox',
    'skills',
    'subagents',
    'systemPromptOverride',
    'thinkingDefault',
    'tools',
    'verboseDefault',
    'workspace',
  ]),
};

export const agentsSchema = v.strictObject({
  defaults: v.exactOptional(described(defaultsSchema, 'What holds for every agent.'), {}),
  list: setting(
    v.array(
      v.strictObject({
        id: described(v.pipe(v.string(), v.nonEmpty()), 'The id of the agent, as in `openclaw/<id>`.'),
        ...agentEntries,
      }),
    ),
    'Agents by list.',
  ),
  entries: setting(v.record(v.pipe(v.string(), v.nonEmpty()), v.strictObject(agentEntries)), 'Agents by id.'),
});
