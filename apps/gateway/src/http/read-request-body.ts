import type { JsonValue } from '@openclaw/provider';
import type { Exchange, GatewayContext } from '../gateway-context.ts';
import { JSON_LIMITS } from './json-limits.ts';
import { readJsonBody } from './read-json-body.ts';

/**
 * A request's body as JSON, within the current limits.
 * @throws {GatewayError} as `readJsonBody`
 */
export function readRequestBody(
  exchange: Exchange,
  { settings, bodyMemory: memory }: Pick<GatewayContext, 'settings' | 'bodyMemory'>,
): Promise<JsonValue> {
  return readJsonBody(exchange, { maxBytes: settings().limits.maxBodyBytes, memory, limits: JSON_LIMITS });
}
