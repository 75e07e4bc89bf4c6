import { chmodSync } from 'node:fs';
import { defineCommand } from '../define-command.ts';
import { diagnose } from '../doctor/diagnose.ts';
import { gatherEvidence } from '../doctor/gather-evidence.ts';
import type { Finding, Mend } from '../doctor/finding.ts';
import { renderFindings } from '../doctor/render-findings.ts';
import { changeConfig } from '../change-config.ts';
import type { Host } from '../host.ts';
import { shortPath } from '../short-path.ts';

/** Looks, explains, and with `--fix` mends what takes nothing away; 1 while an error remains. */
export const doctor = defineCommand({
  options: {
    fix: { type: 'boolean', description: 'Mend what is safe to mend: file modes, and keys that only add something' },
  },
  formats: ['json'],
  examples: [
    { line: 'openclaw doctor', does: 'What is wrong, why, and the command that puts it right.' },
    { line: 'openclaw doctor --fix --json', does: 'Mend what is safe, and report to a program.' },
  ],
  docs: 'docs/cli.md#openclaw-doctor',
  async run({ values, host }) {
    const before = diagnose(await gatherEvidence(host));
    const mends =
      values.fix === true
        ? before.flatMap((finding) => (finding.mends ?? []).map((mend) => ({ check: finding.check, mend })))
        : [];
    for (const { mend } of mends) await mendIt(mend, host);
    const findings = mends.length === 0 ? before : diagnose(await gatherEvidence(host));
    const healthy = findings.every(({ level }) => level !== 'error');
    host.output.show({
      json: () => ({
        ok: healthy,
        findings: findings.map(encodeFinding),
        fixed: mends.map(({ check, mend }) => ({ check, ...mend })),
      }),
      text: () =>
        shortenPaths(
          renderFindings(findings, {
            fixed: mends.map(({ mend }) => describeMend(mend)),
            style: host.output.style,
            columns: host.stdout.columns,
          }),
          host,
        ),
    });
    return healthy ? 0 : 1;
  },
});

async function mendIt(mend: Mend, host: Host): Promise<void> {
  switch (mend.type) {
    case 'mode':
      return chmodSync(mend.path, mend.mode);
    case 'config':
      await changeConfig(host, { changes: [{ type: 'set', path: mend.path, value: mend.value }] });
  }
}

function describeMend(mend: Mend): string {
  return mend.type === 'mode'
    ? `${mend.path} is now for your eyes only.`
    : `${mend.path} is now ${JSON.stringify(mend.value)}.`;
}

function encodeFinding({ check, level, message, fix = [], mends = [] }: Finding): unknown {
  return { check, level, message, fix, fixable: mends.length > 0 };
}

/** Inside quotes a shell takes `~` for itself, so there the whole path stays. */
function shortenPaths(text: string, host: Host): string {
  return text.replaceAll(/(?<=^|\s)\/\S+/gm, (path) => shortPath(path, host));
}
