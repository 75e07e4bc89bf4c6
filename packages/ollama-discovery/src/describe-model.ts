import { discoveredModel } from './discovered-model.ts';
import type { DiscoveredModel } from './discovered-model.ts';
import { fieldsOf, textOf } from './json-fields.ts';
import { listTaggedModels } from './list-tagged-models.ts';
import { modelDetails } from './model-details.ts';
import type { ModelRequest } from './model-slot.ts';
import { apiOf, requestOllama } from './ollama-api.ts';

/** A model with what its server says about its files. */
export interface DescribedModel extends DiscoveredModel {
  /** As the server reports it: `Q4_K_M`. */
  readonly quantization?: string;
  /** Parameters of the Modelfile, one per line. */
  readonly parameters?: string;
  /** System instructions of the Modelfile. */
  readonly system?: string;
  readonly license?: string;
}

/**
 * Describes one model of a server (`/api/show`, and its size from `/api/tags`).
 * @throws {OllamaDiscoveryError} if a request fails, or the server does not have the model
 */
export async function describeModel({ model, ...options }: ModelRequest): Promise<DescribedModel> {
  const api = apiOf(options);
  const show = fieldsOf(await requestOllama({ path: '/api/show', body: { model } }, api));
  const names = [model, `${model}:latest`].map((name) => name.toLowerCase());
  const listed = (await listTaggedModels(api)).find(({ name }) => names.includes(name.toLowerCase()));
  const details = fieldsOf(show['details']);
  const facts = {
    parameterSize: textOf(details['parameter_size']),
    family: textOf(details['family']),
    quantization: textOf(details['quantization_level']),
    parameters: textOf(show['parameters']),
    system: textOf(show['system']),
    license: textOf(show['license']),
  };
  return {
    ...discoveredModel(listed ?? { name: model, digest: '', sizeBytes: 0 }, modelDetails(show)),
    ...Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)),
  };
}
