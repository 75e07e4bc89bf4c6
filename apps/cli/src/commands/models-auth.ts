import { addAuthProfile, listAuthProfiles, removeAuthProfile, type AuthProfileOptions } from '@openclaw/config';
import { CliError } from '../cli-error.ts';
import type { OptionSpecs } from '../command-manual.ts';
import { defineCommand } from '../define-command.ts';
import type { Host } from '../host.ts';
import { providerOption } from '../provider-option.ts';
import { readAtMost } from '../read-named-file.ts';
import { shortPath } from '../short-path.ts';

const DOCS = 'docs/cli.md#openclaw-models-auth';
const options = {
  agent: { type: 'string', placeholder: 'id', description: 'Agent of the keys; default: main' },
} as const satisfies OptionSpecs;

/** Lists the stored keys, masked. */
export const authList = defineCommand({
  options: {
    ...options,
    provider: providerOption('Only the keys for this provider'),
  },
  formats: ['json', 'plain'],
  examples: [
    { line: 'openclaw models auth list', does: 'Each key with its provider, masked.' },
    { line: 'openclaw models auth list --provider ollama --json', does: 'The keys for one provider.' },
  ],
  docs: DOCS,
  async run({ values, host }) {
    const profiles = (await listAuthProfiles(storeOf(host, values.agent))).filter(
      ({ provider }) => values.provider === undefined || provider.toLowerCase() === values.provider.toLowerCase(),
    );
    host.output.show({
      json: () => ({ agentId: values.agent ?? 'main', profiles }),
      plain: () => profiles.map(({ id }) => id),
      text: () =>
        [
          'Profiles:',
          ...(profiles.length === 0
            ? ['- none']
            : profiles.map(({ id, provider, type, masked }) => `- ${id} [${provider}/${type}] ${masked}`)),
        ].join('\n'),
    });
  },
});

/** Stores a key. It is never read from the command line, where every process could see it. */
export const authAdd = defineCommand({
  arguments: [{ name: 'provider', completes: 'provider' }],
  options: {
    ...options,
    id: { type: 'string', placeholder: 'profile', description: 'Name of the profile; default: <provider>:manual' },
  },
  formats: ['json'],
  examples: [
    { line: 'openclaw models auth add openrouter', does: 'Prompt for the key without showing it.' },
    { line: 'openclaw models auth add openrouter < key.txt', does: 'Read the key from standard input.' },
  ],
  docs: DOCS,
  async run({ values, positionals: [typed = ''], host }) {
    // Lower case, as in references.
    const provider = typed.trim().toLowerCase();
    const key = await readKey(provider, host);
    const stored = await addAuthProfile(
      { provider, key, ...(values.id === undefined ? {} : { id: values.id }) },
      storeOf(host, values.agent),
    );
    host.output.show({
      json: () => ({ ok: true, profile: stored }),
      text: () => `Stored ${stored.id} (${stored.masked}) in ${shortPath(stored.file, host)}.`,
    });
  },
});

/** Deletes a stored key. */
export const authRemove = defineCommand({
  arguments: [{ name: 'profile' }],
  options,
  formats: ['json'],
  examples: [
    { line: 'openclaw models auth remove openrouter:manual', does: 'Remove a key by its name in the list.' },
    { line: 'openclaw models auth remove ollama:manual --json', does: 'Print the result as JSON.' },
  ],
  docs: DOCS,
  async run({ values, positionals: [id = ''], host }) {
    await removeAuthProfile(id, storeOf(host, values.agent));
    host.output.show({ json: () => ({ ok: true, removed: id }), text: () => `Removed ${id}.` });
  },
});

function storeOf({ env, cwd, profile }: Host, agent: string | undefined): AuthProfileOptions {
  return { env, cwd, profile, agent };
}

/** Larger than any key, and small enough for the file of stored keys. */
const MAX_KEY_BYTES = 64 * 2 ** 10;

async function readKey(provider: string, { openStdin, output }: Host): Promise<string> {
  const stdin = openStdin();
  if (stdin.isTTY !== true) {
    const bytes = await readAtMost(stdin, { what: 'The key from standard input', maxBytes: MAX_KEY_BYTES });
    return bytes.toString('utf8').trim();
  }
  const { safePrompts } = await import('../render/safe-prompts.ts');
  const key = await safePrompts.password(`Key for ${provider}`);
  if (safePrompts.isCancel(key)) throw new CliError('interrupted', 'No key was stored.');
  output.note('');
  return key;
}
