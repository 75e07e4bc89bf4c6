import { countOf, fieldsOf, stringsOf, textOf } from './json-fields.ts';
import { tokensOf } from './model-details.ts';

/** A model as `/api/tags` and `/api/ps` list it. */
export interface TaggedModel {
  readonly name: string;
  readonly digest: string;
  readonly sizeBytes: number;
  readonly parameterSize?: string;
  readonly family?: string;
  readonly families?: readonly string[];
  /** `gguf`. */
  readonly format?: string;
  /** `Q4_K_M`. */
  readonly quantization?: string;
  /** When the model was last changed on its server, in milliseconds since 1970. */
  readonly modifiedAt?: number;
  readonly remoteHost?: string;
  /** In the list of Ollama ≥ 0.30. */
  readonly capabilities?: readonly string[];
  readonly contextLength?: number;
}

/** Parses one entry of the list; `undefined` if it has no name. */
export function taggedModel(entry: unknown): TaggedModel | undefined {
  const fields = fieldsOf(entry);
  const name = textOf(fields['name']) ?? textOf(fields['model']);
  if (name === undefined) return undefined;
  const details = fieldsOf(fields['details']);
  const parameterSize = textOf(details['parameter_size']);
  const family = textOf(details['family']);
  const remoteHost = textOf(fields['remote_host']);
  const capabilities = stringsOf(fields['capabilities']);
  const contextLength = tokensOf(details['context_length']);
  const families = stringsOf(details['families']);
  const format = textOf(details['format']);
  const quantization = textOf(details['quantization_level']);
  const modifiedAt = Date.parse(textOf(fields['modified_at']) ?? '');
  return {
    name,
    digest: textOf(fields['digest']) ?? '',
    sizeBytes: countOf(fields['size']) ?? 0,
    ...(parameterSize !== undefined && { parameterSize }),
    ...(family !== undefined && { family }),
    ...(families !== undefined && { families }),
    ...(format !== undefined && { format }),
    ...(quantization !== undefined && { quantization }),
    ...(!Number.isNaN(modifiedAt) && { modifiedAt }),
    ...(remoteHost !== undefined && { remoteHost }),
    ...(capabilities !== undefined && { capabilities }),
    ...(contextLength !== undefined && { contextLength }),
  };
}
