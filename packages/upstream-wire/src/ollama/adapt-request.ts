import type { ProviderError, ProviderRequest, RepairEvent, ToolDefinition } from '@openclaw/provider';
import { allowedTools } from '../allowed-tools.ts';
import { adaptToolSchemas } from './adapt-tool-schemas.ts';

/** What an Ollama server refused of a request, so that it is sent again without. */
export interface OllamaRefusals {
  /** The reasoning effort. */
  readonly effort?: boolean;
  /** Tool schemas with lists of types, or with values that are no text: see `adaptToolSchemas`. */
  readonly schemas?: boolean;
}

export interface AdaptedRequest {
  readonly request: ProviderRequest;
  /** What was changed. */
  readonly repairs: readonly RepairEvent[];
}

/** More places than this are counted, not listed. */
const MAX_LISTED = 5;

/** Changes a request so that an Ollama server accepts it, and says what was changed. */
export function adaptRequest(
  request: ProviderRequest,
  { effort = false, schemas = false }: OllamaRefusals,
): AdaptedRequest {
  const repairs: RepairEvent[] = [];
  let adapted = request;
  if (effort && request.reasoningEffort !== undefined) {
    const { reasoningEffort, ...withoutEffort } = request;
    adapted = withoutEffort;
    repairs.push(
      repair(`The server does not take reasoning effort "${reasoningEffort}" for this model, so it was left out.`),
    );
  }
  const { tools, changes } = adaptToolSchemas(offeredTools(request), { narrow: schemas });
  if (changes.length > 0) {
    adapted = { ...adapted, tools };
    repairs.push(repair(`Ollama does not take tool schemas of this form, so equal ones were sent: ${list(changes)}.`));
  }
  return { request: adapted, repairs };
}

/**
 * What a server refused, with what it refused before; `undefined` if the request cannot be changed so that it is accepted.
 * Each call adds something, so that a request is sent at most three times.
 */
export function readRefusal(
  { status, serverMessage = '' }: ProviderError,
  { request, refused }: { readonly request: ProviderRequest; readonly refused: OllamaRefusals },
): OllamaRefusals | undefined {
  if (status !== 400) return undefined;
  const { reasoningEffort } = request;
  if (reasoningEffort !== undefined && refused.effort !== true && isEffortRefusal(serverMessage, reasoningEffort))
    return { ...refused, effort: true };
  if (refused.schemas !== true && isTypeRefusal(serverMessage) && canBeNarrowed(request))
    return { ...refused, schemas: true };
  return undefined;
}

/**
 * `think value "low" is not supported for this model` (0.11.0 to 0.17.6 for all models but gpt-oss), `invalid think value`
 * and `invalid reasoning value` for words that a release does not know, and Go's message of releases in which `think` is a
 * switch. `none` for a model that does not think at all is refused by 0.9.0 to 0.12.4, and means nothing there.
 */
function isEffortRefusal(message: string, effort: string): boolean {
  if (/\b(?:think|reasoning) value\b|field ChatRequest\.think\b/.test(message)) return true;
  return effort === 'none' && /does not support thinking/.test(message);
}

/** Go's messages for JSON of another type than it expects. */
function isTypeRefusal(message: string): boolean {
  return /cannot unmarshal|can't find closing/.test(message);
}

function canBeNarrowed(request: ProviderRequest): boolean {
  const tools = offeredTools(request);
  return adaptToolSchemas(tools, { narrow: true }).changes.length > adaptToolSchemas(tools).changes.length;
}

/** Ollama ignores `tool_choice`, so it is offered only tools that may be called. */
function offeredTools({ tools = [], toolChoice }: ProviderRequest): readonly ToolDefinition[] {
  return allowedTools(tools, toolChoice);
}

function repair(detail: string): RepairEvent {
  return { type: 'repair', repair: 'request-adapted', detail };
}

function list(places: readonly string[]): string {
  const more = places.length - MAX_LISTED;
  return places.slice(0, MAX_LISTED).join(', ') + (more > 0 ? `, and ${more} more` : '');
}
