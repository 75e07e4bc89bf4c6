import { createHash } from 'node:crypto';
import type { CatalogModel } from '@openclaw/model-selection';
import type { JsonObject } from '@openclaw/provider';
import type { DiscoveredModel } from '@openclaw/runtime/internal';

/** `details` of a model in Ollama's lists: clients show nothing without them. */
export function encodeDetails(described: DiscoveredModel | undefined): JsonObject {
  const { format = '', family = '', families, parameterSize = '', quantization = '' } = described ?? {};
  return {
    parent_model: '',
    format,
    family,
    families: families ?? (family === '' ? [] : [family]),
    parameter_size: parameterSize,
    quantization_level: quantization,
  };
}

/** What a model can do, in Ollama's words. The configuration may know more than its server. */
export function capabilitiesOf(model: CatalogModel, described: DiscoveredModel | undefined): readonly string[] {
  const { tools, reasoning, input } = model;
  const known = described?.capabilities ?? ['completion'];
  const configured = [
    ...(tools === true ? ['tools'] : []),
    ...(reasoning ? ['thinking'] : []),
    ...(input.includes('image') ? ['vision'] : []),
  ];
  return [...new Set([...known, ...configured])];
}

/** Clients index models by it. A model of another kind of server gets one from its name. */
export function digestOf(model: Pick<CatalogModel, 'ref'>, described: DiscoveredModel | undefined): string {
  if (described !== undefined && described.digest !== '') return described.digest;
  return createHash('sha256').update(model.ref).digest('hex');
}
