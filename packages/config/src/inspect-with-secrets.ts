import type { Environment } from './environment.ts';
import { inspectSources, type Inspection } from './inspect-sources.ts';
import { findNode, type Json5Node } from './json5-node.ts';
import type { ConfigSources } from './read-sources.ts';
import { findSecretReferences } from './secrets/find-secret-references.ts';
import {
  assumeSecret,
  NOT_READ,
  referenceKey,
  type ReadSecret,
  type ResolvedSecrets,
  type SecretReference,
} from './secrets/secret-reference.ts';
import { substituteVariables } from './substitute-variables.ts';

/** Inspects the files again with the secrets that they reference, if any. */
export async function inspectWithSecrets(
  found: Inspection,
  { sources, readSecrets }: { sources: ConfigSources; readSecrets: boolean },
): Promise<Inspection> {
  const references = found.node === undefined ? [] : findSecretReferences(found.node);
  if (found.node === undefined || references.length === 0) return found;
  const { env } = found;
  const secrets = readSecrets ? await readReferences(references, { node: found.node, env }) : undefined;
  const readSecret: ReadSecret = (reference) =>
    secrets === undefined ? NOT_READ : secrets.get(referenceKey(reference));
  const shell = found.warnings.filter(({ code }) => code === 'login-shell');
  const inspection = inspectSources(sources, { env, readSecret });
  return { ...inspection, warnings: [...inspection.warnings, ...shell] };
}

async function readReferences(
  references: readonly SecretReference[],
  { node, env }: { node: Json5Node; env: Environment },
): Promise<ResolvedSecrets> {
  const section = findNode(node, ['secrets']);
  // Loaded on demand: few configurations reference secrets.
  const { resolveSecrets } = await import('./secrets/resolve-secrets.ts');
  return resolveSecrets(references, {
    section: section && substituteVariables(section, { env, readSecret: assumeSecret }).value,
    env,
  });
}
