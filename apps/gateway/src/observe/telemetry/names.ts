/**
 * Names of OpenTelemetry's semantic conventions: HTTP (stable), and generative AI as of 1.41, the last release of those. The
 * constants of `@opentelemetry/semantic-conventions` for generative AI are deprecated without a successor.
 */
export const SCHEMA_URL = 'https://opentelemetry.io/schemas/1.41.0';

/** Attributes of spans and metrics. */
export const ATTRIBUTE = {
  errorType: 'error.type',
  httpMethod: 'http.request.method',
  httpRoute: 'http.route',
  httpStatus: 'http.response.status_code',
  urlScheme: 'url.scheme',
  serverAddress: 'server.address',
  serverPort: 'server.port',
  operation: 'gen_ai.operation.name',
  provider: 'gen_ai.provider.name',
  requestModel: 'gen_ai.request.model',
  responseModel: 'gen_ai.response.model',
  stream: 'gen_ai.request.stream',
  inputTokens: 'gen_ai.usage.input_tokens',
  outputTokens: 'gen_ai.usage.output_tokens',
  cachedTokens: 'gen_ai.usage.cache_read.input_tokens',
  reasoningTokens: 'gen_ai.usage.reasoning.output_tokens',
  timeToFirstChunk: 'gen_ai.response.time_to_first_chunk',
  tokenType: 'gen_ai.token.type',
  requestId: 'openclaw.request.id',
  client: 'openclaw.client',
  wantedModel: 'openclaw.request.model',
  attempts: 'openclaw.attempts',
  repairs: 'openclaw.repairs',
  warnings: 'openclaw.warnings',
  model: 'openclaw.model',
  endpoint: 'openclaw.endpoint',
  kind: 'openclaw.kind',
  state: 'openclaw.state',
} as const;

/** Names of metrics. */
export const METRIC = {
  httpDuration: 'http.server.request.duration',
  operationDuration: 'gen_ai.client.operation.duration',
  timeToFirstChunk: 'gen_ai.client.operation.time_to_first_chunk',
  tokenUsage: 'gen_ai.client.token.usage',
  requestsInFlight: 'openclaw.requests.in_flight',
  running: 'openclaw.provider.running',
  queued: 'openclaw.queue.length',
  openCircuits: 'openclaw.circuits.open',
  repairs: 'openclaw.repairs',
  warnings: 'openclaw.warnings',
} as const;

/** The bounds of histograms, as the conventions recommend them; seconds go further, as local models are slow. */
export const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300];
export const OPERATION_SECONDS = [
  0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
];
export const TOKENS = [
  1, 4, 16, 64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864,
];
