import { loadConfig } from '@openclaw/config';
import { defineCommand, type Completion } from '../define-command.ts';
import type { Host } from '../host.ts';
import { planCompletion, type Candidate } from '../plan-completion.ts';

/** Answers a shell: a candidate per line, its description behind a tab. Never fails: a shell has nowhere to show it. */
export const completeWords = defineCommand({
  arguments: [],
  variadic: true,
  options: {},
  formats: [],
  examples: [
    { line: 'openclaw __complete -- mod', does: 'The commands that begin with "mod".' },
    { line: 'openclaw __complete -- agent --model ""', does: 'The models that can be named.' },
  ],
  docs: 'docs/cli.md#openclaw-completion',
  async run({ positionals, host }) {
    const { words, lookUp, prefix } = await planCompletion(positionals);
    const found = lookUp === undefined ? [] : await LOOK_UP[lookUp](host).catch(() => []);
    const current = positionals.at(-1) ?? '';
    const candidates = [...words, ...found.map(({ word, description }) => ({ word: `${prefix}${word}`, description }))];
    host.output.write(
      candidates
        .filter(({ word }) => word.startsWith(current))
        .map(({ word, description }) => `${word}\t${description}\n`)
        .join(''),
    );
  },
});

const LOOK_UP: Record<Completion, (host: Host) => Promise<readonly Candidate[]>> = {
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
  // The shell knows the files.
  file: async () => [],
};

function loadQuietly({ env, cwd, profile }: Host): ReturnType<typeof loadConfig> {
  return loadConfig({ env, cwd, profile });
}
