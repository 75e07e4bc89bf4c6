import { escapeControls, hasControls } from '@openclaw/runtime/escape-controls';
import { configJsonSchema, loadConfig, type JsonObject } from '@openclaw/config';
import { listConfigPaths } from '../config-path-candidates.ts';
import type { Completion } from '../command-manual.ts';
import { defineCommand } from '../define-command.ts';
import { readGlobalOptions } from '../global-options.ts';
import type { Host } from '../host.ts';
import { planCompletion, type Candidate } from '../plan-completion.ts';

/**
 * Prints candidates for a shell: one per line, followed by a tab and its description. Candidates with control
 * characters are left out, because they cannot be typed. Never fails: a shell cannot show errors.
 */
export const completeWords = defineCommand({
  arguments: [],
  variadic: true,
  options: {},
  formats: [],
  examples: [
    { line: 'openclaw __complete -- mod', does: 'The commands that start with "mod".' },
    { line: 'openclaw __complete -- agent --model ""', does: 'The available models.' },
  ],
  docs: 'docs/cli.md#openclaw-completion',
  async run({ positionals, host }) {
    const { words, lookUp, prefix } = await planCompletion(positionals);
    const current = positionals.at(-1) ?? '';
    const find = async () => {
      // The completed command line differs from the one of this process.
      const { profile, dev } = readGlobalOptions(positionals.slice(0, -1));
      return lookUp === undefined ? [] : LOOK_UP[lookUp]({ ...host, profile: profile ?? host.profile, dev }, current);
    };
    const found = await find().catch(() => []);
    const candidates = [...words, ...found.map(({ word, description }) => ({ word: `${prefix}${word}`, description }))];
    host.output.write(
      candidates
        .filter(({ word }) => word.startsWith(current) && !hasControls(word))
        .map(({ word, description }) => `${word}\t${escapeControls(description)}\n`)
        .join(''),
    );
  },
});

const LOOK_UP: Record<Completion, (host: Host, current: string) => Promise<readonly Candidate[]>> = {
  model: async (host) => {
    const runtime = await host.createRuntime(await loadQuietly(host));
    try {
      const { models } = await runtime.inventory();
      return models.flatMap(({ ref, name, aliases }) => [
        { word: ref, description: name },
        ...aliases.map((alias) => ({ word: alias, description: ref })),
      ]);
    } finally {
      await runtime.close();
    }
  },
  provider: async (host) => {
    const { config } = await loadQuietly(host);
    return [...new Set(['ollama', ...Object.keys(config.models.providers)])].map((word) => ({ word, description: '' }));
  },
  client: async (host) => {
    const { config } = await loadQuietly(host);
    return Object.keys(config.gateway.auth.tokens).map((word) => ({ word, description: '' }));
  },
  // The shell completes files.
  file: async () => [],
  'config-path': async (host, current) =>
    listConfigPaths(await configJsonSchema(), { authored: await readAuthored(host), like: current }),
  'written-path': async (host, current) => listConfigPaths({}, { authored: await readAuthored(host), like: current }),
};

/** A path is needed to fix an invalid file, so the paths of the schema are offered for it too. */
async function readAuthored(host: Host): Promise<JsonObject> {
  return loadQuietly(host).then(
    ({ authored }) => authored,
    () => ({}),
  );
}

function loadQuietly({ env, cwd, profile }: Host): ReturnType<typeof loadConfig> {
  // The current shell already has its variables, and starting programs for each Tab is too slow.
  return loadConfig({ env: { ...env, OPENCLAW_LOAD_SHELL_ENV: '0' }, cwd, profile, readSecrets: false });
}
