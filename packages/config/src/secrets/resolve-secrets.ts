import { homedir } from 'node:os';
import * as v from 'valibot';
import type { Environment } from '../environment.ts';
import { explainSystemError, systemErrorCode } from '../explain-system-error.ts';
import type { JsonValue } from '../json-value.ts';
import { secretsSchema, type SecretProvider } from '../schema/secrets-schema.ts';
import { SecretError } from './check-secret-path.ts';
import { readSecretFile } from './read-secret-file.ts';
import { runSecretCommand } from './run-secret-command.ts';
import { referenceKey, type ResolvedSecrets, type SecretReference, type SecretResult } from './secret-reference.ts';

export interface ResolveSecretsOptions {
  /** The `secrets` section, with variables substituted. */
  readonly section: JsonValue | undefined;
  readonly env: Environment;
}

/** Reads all referenced secrets: each file once, and each program with all its ids. A failure is a result, too. */
export async function resolveSecrets(
  references: readonly SecretReference[],
  { section, env }: ResolveSecretsOptions,
): Promise<ResolvedSecrets> {
  // An invalid section is reported by the schema.
  const parsed = v.safeParse(secretsSchema, section ?? {});
  const { providers = {}, defaults = {} } = parsed.success ? parsed.output : {};
  const nameOf = ({ source, provider }: SecretReference): string => provider ?? defaults[source] ?? 'default';
  const read = (source: SecretReference['source']): Promise<[string, SecretResult][]>[] =>
    [
      ...Map.groupBy(
        references.filter((reference) => reference.source === source),
        nameOf,
      ),
    ].map(async ([name, group]) => {
      const ids = group.map(({ id }) => id);
      const values = await readProvider(source, { name, provider: providers[name], ids, env });
      return group.map((reference, index): [string, SecretResult] => [
        referenceKey(reference),
        describe(values[index], { name, reference }),
      ]);
    });
  return new Map((await Promise.all([...read('file'), ...read('exec'), ...read('store')])).flat());
}

interface ProviderRequest {
  readonly name: string;
  readonly provider: SecretProvider | undefined;
  readonly ids: readonly string[];
  readonly env: Environment;
}

async function readProvider(
  source: SecretReference['source'],
  { name, provider, ids, env }: ProviderRequest,
): Promise<readonly SecretResult[]> {
  const fail = (problem: string): SecretResult[] => ids.map(() => ({ problem }));
  if (source === 'store')
    return fail(
      'the store of the original OpenClaw is not supported. Use an environment variable, a file or a program',
    );
  if (provider === undefined) return fail(`there is no secrets.providers.${name}`);
  if (provider.source !== source) return fail(`it has the source ${provider.source}, not ${source}`);
  try {
    return source === 'file'
      ? await readSecretFile(provider, { ids, home: env['HOME'] ?? homedir() })
      : await runSecretCommand(provider, { name, ids, env });
  } catch (error) {
    if (error instanceof SecretError) return fail(error.message);
    if (systemErrorCode(error) !== undefined) {
      const path = provider.path ?? provider.command ?? '';
      return fail(`cannot use ${path}: ${explainSystemError(error)}`);
    }
    throw error;
  }
}

function describe(
  result: SecretResult | undefined,
  { name, reference: { source, id } }: { name: string; reference: SecretReference },
): SecretResult {
  if (result !== undefined && 'value' in result) return result;
  const why = result?.problem ?? 'no answer';
  return { problem: `the secret "${id}" of secrets.providers.${name} (${source}) cannot be read: ${why}` };
}
