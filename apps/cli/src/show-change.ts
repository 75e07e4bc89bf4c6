import type { ConfigEditResult } from '@openclaw/config';
import type { Host } from './host.ts';
import type { Style } from './render/style.ts';
import { shortPath } from './short-path.ts';

interface ShowChangeOptions {
  readonly result: ConfigEditResult;
  /** The change, for people: `Updated gateway.port`. */
  readonly done: string;
  readonly dryRun?: boolean | undefined;
  /** Additional fields of the document. */
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** Prints the result of an edit: one line, or with `--dry-run` its difference. */
export function showChange(host: Host, { result, done, dryRun = false, fields = {} }: ShowChangeOptions): void {
  const { path, changed } = result;
  const files = changed.map(({ file }) => shortPath(file, host)).join(' and ');
  host.output.show({
    json: () => ({ ok: true, ...fields, path, dryRun, changed }),
    text: () => {
      if (changed.length === 0) return `No change: ${shortPath(path, host)} has this value already.`;
      if (!dryRun) return `${done} in ${files}.`;
      const diffs = changed.flatMap(({ file, diff }) => [
        shortPath(file, host),
        ...diff.map((line) => paintDiffLine(line, host.output.style)),
      ]);
      return [...diffs, '', 'Valid. Nothing was written (--dry-run).'].join('\n');
    },
  });
}

function paintDiffLine(line: string, style: Style): string {
  if (line.startsWith('+')) return style.success(line);
  return line.startsWith('-') ? style.error(line) : style.dim(line);
}
