import { chmodSync } from 'node:fs';
import { defineCommand } from '../define-command.ts';
import { diagnose } from '../doctor/diagnose.ts';
import { gatherEvidence } from '../doctor/gather-evidence.ts';
import type { Finding, SafeFix } from '../doctor/finding.ts';
import { renderFindings } from '../doctor/render-findings.ts';
import { changeConfig } from '../change-config.ts';
import type { Host } from '../host.ts';
import { shortPath } from '../short-path.ts';

/** Diagnoses problems. `--fix` applies fixes that remove nothing. The exit code is 1 while an error remains. */
export const doctor = defineCommand({
  options: {
    fix: { type: 'boolean', description: 'Apply safe fixes: file modes, and keys that only add something' },
    streaming: {
      type: 'boolean',
      description: 'Compare a streamed and a whole answer with a tool; the default model is asked twice',
    },
  },
  formats: ['json'],
  examples: [
    { line: 'openclaw doctor', does: 'Show each problem, its cause, and the command that fixes it.' },
    { line: 'openclaw doctor --fix --json', does: 'Apply safe fixes, and report as JSON.' },
  ],
  docs: 'docs/cli.md#openclaw-doctor',
  async run({ values, host }) {
    const streaming = values.streaming === true;
    const before = diagnose(await gatherEvidence(host, { streaming }));
    const applied =
      values.fix === true
        ? before.flatMap((finding) => (finding.safeFixes ?? []).map((safeFix) => ({ check: finding.check, safeFix })))
        : [];
    for (const { safeFix } of applied) await applySafeFix(safeFix, host);
    const findings = applied.length === 0 ? before : diagnose(await gatherEvidence(host, { streaming }));
    const healthy = findings.every(({ level }) => level !== 'error');
    host.output.show({
      json: () => ({
        ok: healthy,
        findings: findings.map(encodeFinding),
        fixed: applied.map(({ check, safeFix }) => ({ check, ...safeFix })),
      }),
      text: () =>
        shortenPaths(
          renderFindings(findings, {
            fixed: applied.map(({ safeFix }) => describeSafeFix(safeFix)),
            style: host.output.style,
            columns: host.stdout.columns,
          }),
          host,
        ),
    });
    return healthy ? 0 : 1;
  },
});

async function applySafeFix(safeFix: SafeFix, host: Host): Promise<void> {
  switch (safeFix.type) {
    case 'mode':
      return chmodSync(safeFix.path, safeFix.mode);
    case 'config':
      await changeConfig(host, { changes: [{ type: 'set', path: safeFix.path, value: safeFix.value }] });
  }
}

function describeSafeFix(safeFix: SafeFix): string {
  return safeFix.type === 'mode'
    ? `${safeFix.path} is now readable only by you.`
    : `${safeFix.path} is now ${JSON.stringify(safeFix.value)}.`;
}

function encodeFinding({ check, level, message, fix = [], safeFixes = [] }: Finding): unknown {
  return { check, level, message, fix, fixable: safeFixes.length > 0 };
}

/** A shell does not expand `~` inside quotes, so quoted paths stay complete. */
function shortenPaths(text: string, host: Host): string {
  return text.replaceAll(/(?<=^|\s)\/\S+/gm, (path) => shortPath(path, host));
}
