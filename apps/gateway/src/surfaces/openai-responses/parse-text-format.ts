import { invalidField, readObject, readString } from '@openclaw/openai-wire';
import type { JsonValue, ResponseFormat } from '@openclaw/provider';

/**
 * `text.format` of a request.
 * @throws {ProviderError} `invalid-request`
 */
export function parseTextFormat(value: JsonValue, param: string): ResponseFormat {
  const format = readObject(value, param);
  const { type, name, schema, description, strict } = format;
  switch (readString(type, `${param}.type`)) {
    case 'text':
      return { type: 'text' };
    case 'json_object':
      return { type: 'json' };
    case 'json_schema':
      return {
        type: 'json-schema',
        name: readString(name ?? 'answer', `${param}.name`),
        schema: readObject(schema, `${param}.schema`, 'a JSON Schema'),
        ...(typeof description === 'string' && { description }),
        ...(typeof strict === 'boolean' && { strict }),
      };
    default:
      throw invalidField(`${param}.type`, '"text", "json_object" or "json_schema"', type);
  }
}
