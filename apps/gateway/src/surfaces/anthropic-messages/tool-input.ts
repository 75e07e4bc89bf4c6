import type { JsonObject, JsonValue } from '@openclaw/provider';
import { isObject } from '@openclaw/openai-wire';

/** The arguments of a call as an object; `undefined` if they are not the JSON of one. No arguments are an empty object. */
export function parseToolInput(argumentsText: string): JsonObject | undefined {
  if (argumentsText.trim() === '') return {};
  try {
    const value: JsonValue = JSON.parse(argumentsText);
    return isObject(value) ? value : undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}

/**
 * Arguments that the model got wrong: the client checks them against the schema of the tool, and its error tells the
 * model. Clients read text that is no JSON as an empty object, without an error.
 */
export function wrapBrokenInput(argumentsText: string): JsonObject {
  return { arguments: argumentsText };
}
