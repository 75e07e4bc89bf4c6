import type { Attributes } from '@opentelemetry/api';
import { tryParseModelRef } from '@openclaw/model-selection';
import type { Attempt, Usage } from '@openclaw/provider';
import type { RequestSnapshot } from '../request-trace.ts';
import { ATTRIBUTE } from './names.ts';

/** A request to one model, with its times in milliseconds since 1970. */
export interface DescribedAttempt {
  /** `chat ollama/gpt-oss:20b` */
  readonly name: string;
  readonly startedAt: number;
  readonly endedAt: number;
  /** The code of its failure. */
  readonly errorType: string | undefined;
  /** What spans and metrics say of it. */
  readonly attributes: Attributes;
  /** Attributes of its span alone. */
  readonly spanAttributes: Attributes;
  /** Of the answer, if this attempt led to one. */
  readonly usage: Usage | undefined;
  /** From the start of the attempt to its first content, of streams. */
  readonly firstChunkMs: number | undefined;
}

/** Method and path of a route: `POST /v1/chat/completions`. Requests for anything else have no path. */
export function splitRoute(route: string): { readonly method: string; readonly path: string | undefined } {
  const [method = '', path] = route.split(' ');
  return path === undefined ? { method: '_OTHER', path } : { method, path };
}

/** What spans and metrics say of a request. Neither prompts and answers nor messages of errors, which may quote them. */
export function describeHttp({ route, status, errorCode }: RequestSnapshot): Attributes {
  const { method, path } = splitRoute(route);
  const failed = errorCode !== undefined || (status ?? 0) >= 500;
  return {
    [ATTRIBUTE.httpMethod]: method,
    [ATTRIBUTE.urlScheme]: 'http',
    ...(path !== undefined && { [ATTRIBUTE.httpRoute]: path }),
    ...(status !== undefined && { [ATTRIBUTE.httpStatus]: status }),
    ...(failed && { [ATTRIBUTE.errorType]: errorCode ?? String(status) }),
  };
}

/** Attributes of the span of a request alone. */
export function describeRequest(request: RequestSnapshot): Attributes {
  const { id, client, wanted, stream, model, attempts, repairs, warnings } = request;
  return {
    [ATTRIBUTE.requestId]: id,
    ...(client !== '' && { [ATTRIBUTE.client]: client }),
    ...(wanted !== undefined && { [ATTRIBUTE.wantedModel]: wanted.slice(0, MAX_NAME) }),
    ...(model !== undefined && { [ATTRIBUTE.model]: model }),
    ...(stream !== undefined && { [ATTRIBUTE.stream]: stream }),
    ...(attempts.length > 0 && { [ATTRIBUTE.attempts]: attempts.length }),
    ...(repairs.length > 0 && { [ATTRIBUTE.repairs]: [...repairs] }),
    ...(warnings.length > 0 && { [ATTRIBUTE.warnings]: [...warnings] }),
  };
}

/** Clients choose the name of the model. */
const MAX_NAME = 200;

/**
 * The attempts that were made, in order. A request that was passed on as it is had one attempt, as long as itself. Attempts
 * that were skipped, because a circuit is open, sent nothing.
 */
export function describeAttempts(request: RequestSnapshot): readonly DescribedAttempt[] {
  const { attempts, model } = request;
  if (attempts.length > 0)
    return attempts.flatMap((attempt, index) =>
      attempt.outcome === 'skipped' ? [] : [describeAttempt(attempt, { request, index })],
    );
  if (model === undefined) return [];
  const { durationMs } = request;
  return [describeAttempt({ model, endpoint: '', outcome: 'ok', durationMs }, { request, index: 0 })];
}

function describeAttempt(
  { model: ref, endpoint, endpointName, outcome, durationMs }: Attempt,
  { request, index }: { readonly request: RequestSnapshot; readonly index: number },
): DescribedAttempt {
  const { startedAt, attemptEndsMs, stream, usage, errorCode } = request;
  const { provider = '', model = ref } = tryParseModelRef(ref) ?? {};
  const isAnswer = outcome === 'ok';
  const outcomeAtMs = attemptEndsMs[index] ?? request.durationMs;
  const operation = operationOf(request.route);
  const errorType = isAnswer ? errorCode : outcome;
  const firstChunkMs = isAnswer && stream === true ? durationMs : undefined;
  return {
    name: `${operation} ${model}`,
    startedAt: startedAt + Math.max(0, outcomeAtMs - durationMs),
    endedAt: startedAt + (isAnswer ? request.durationMs : outcomeAtMs),
    errorType,
    attributes: {
      [ATTRIBUTE.operation]: operation,
      [ATTRIBUTE.provider]: provider,
      [ATTRIBUTE.requestModel]: model,
      ...(isAnswer && { [ATTRIBUTE.responseModel]: model }),
      ...addressOf(endpoint),
      ...(endpointName !== undefined && { [ATTRIBUTE.endpoint]: endpointName }),
      ...(errorType !== undefined && { [ATTRIBUTE.errorType]: errorType }),
    },
    spanAttributes: {
      ...(stream !== undefined && { [ATTRIBUTE.stream]: stream }),
      ...(firstChunkMs !== undefined && { [ATTRIBUTE.timeToFirstChunk]: firstChunkMs / 1000 }),
      ...(isAnswer && describeUsage(usage)),
    },
    usage: isAnswer ? usage : undefined,
    firstChunkMs,
  };
}

function operationOf(route: string): string {
  if (/\/embed(?:dings)?$/.test(route)) return 'embeddings';
  return /\/(?:completions|generate)$/.test(route) && !route.endsWith('/chat/completions') ? 'text_completion' : 'chat';
}

/** Host and port alone: a URL may hold credentials. */
function addressOf(endpoint: string): Attributes {
  if (!URL.canParse(endpoint)) return {};
  const { hostname, port, protocol } = new URL(endpoint);
  const usual = protocol === 'https:' ? 443 : 80;
  return { [ATTRIBUTE.serverAddress]: hostname, [ATTRIBUTE.serverPort]: port === '' ? usual : Number(port) };
}

function describeUsage(usage: Usage | undefined): Attributes {
  if (usage === undefined) return {};
  const { inputTokens, outputTokens, cachedInputTokens, reasoningTokens } = usage;
  return {
    [ATTRIBUTE.inputTokens]: inputTokens,
    [ATTRIBUTE.outputTokens]: outputTokens,
    ...(cachedInputTokens !== undefined && { [ATTRIBUTE.cachedTokens]: cachedInputTokens }),
    ...(reasoningTokens !== undefined && { [ATTRIBUTE.reasoningTokens]: reasoningTokens }),
  };
}
