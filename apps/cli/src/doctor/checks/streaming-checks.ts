import { tryParseModelRef } from '@openclaw/model-selection';
import { streamingPath } from '../../onboarding/plan-onboarding.ts';
import type { Check } from '../check.ts';
import type { StreamingEvidence } from '../evidence.ts';
import type { Finding } from '../finding.ts';
import { quoteForShell } from '../quote-for-shell.ts';

/** Reports whether streaming can be enabled, or notes how to disable it: older servers garble streams. */
export const diagnoseStreaming: Check = ({ loaded, streaming }) => {
  const settings = loaded?.config.agents.defaults.models ?? {};
  const enabled = Object.entries(settings).filter(
    ([ref, model]) => model.streaming === true && tryParseModelRef(ref)?.provider === 'ollama',
  );
  const notes = enabled
    .filter(([ref]) => ref !== streaming?.model)
    .map(([ref]) => ({
      level: 'note' as const,
      message: `Streaming is enabled for ${ref}. If answers are garbled or contain names of tools, disable it.`,
      fix: [streamingCommand(ref, false)],
    }));
  if (streaming === undefined) return notes;
  const isEnabled = enabled.some(([ref]) => ref === streaming.model);
  return [...notes, judgeComparison(streaming, { isEnabled })];
};

function judgeComparison(
  { model, comparison }: StreamingEvidence,
  { isEnabled }: { readonly isEnabled: boolean },
): Omit<Finding, 'check'> {
  switch (comparison.type) {
    case 'equal':
      return isEnabled
        ? { level: 'ok', message: `A streamed answer of ${model} with a tool is equal to a whole one.` }
        : {
            level: 'note',
            message: `A streamed answer of ${model} with a tool is equal to a whole one, so programs can get streams, too.`,
            fix: [streamingCommand(model, true)],
          };
    case 'different':
      return {
        level: isEnabled ? 'warning' : 'note',
        message: [
          `A streamed answer of ${model} with a tool differs from a whole one.`,
          `Whole: ${comparison.whole}`,
          `Streamed: ${comparison.streamed}`,
        ].join('\n'),
        ...(isEnabled ? { fix: [streamingCommand(model, false)] } : {}),
      };
    case 'no-tool-call':
      return { level: 'note', message: `${model} called no tool, so nothing is known about its streams.` };
    case 'failed':
      return { level: 'warning', message: `Streaming could not be tested: ${comparison.message}` };
  }
}

function streamingCommand(ref: string, value: boolean): string {
  return `openclaw config set ${quoteForShell(streamingPath(ref))} ${value}`;
}
