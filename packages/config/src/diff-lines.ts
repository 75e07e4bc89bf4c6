/** A text to compare, and its lines with masked secrets for display. */
export interface ComparedText {
  text: string;
  shown: string;
}

/**
 * The lines that differ, marked `-` and `+`, with up to three lines of context; empty if there is no difference.
 */
export function diffLines(before: ComparedText, after: ComparedText): string[] {
  const marked = markLines(linesOf(before), linesOf(after));
  const near = (index: number) =>
    marked.slice(Math.max(0, index - CONTEXT_LINES), index + CONTEXT_LINES + 1).some(({ mark }) => mark !== ' ');
  return marked.flatMap(({ mark, line }, index) => {
    if (!near(index)) return [];
    const gap = index > 0 && !near(index - 1) ? ['…'] : [];
    return [...gap, `${mark} ${line.shown}`.trimEnd()];
  });
}

interface Line {
  raw: string;
  shown: string;
}

function linesOf({ text, shown }: ComparedText): Line[] {
  const masked = shown.split(NEWLINE);
  const lines = text.split(NEWLINE).map((raw, index) => ({ raw, shown: masked[index] ?? '' }));
  // The last line end starts no further line.
  return lines.at(-1)?.raw === '' ? lines.slice(0, -1) : lines;
}

const NEWLINE = /\r\n|\n|\r/;
const CONTEXT_LINES = 3;

interface MarkedLine {
  mark: ' ' | '-' | '+';
  line: Line;
}

function markLines(old: readonly Line[], fresh: readonly Line[]): MarkedLine[] {
  const shorter = Math.min(old.length, fresh.length);
  let head = 0;
  while (head < shorter && old[head]?.raw === fresh[head]?.raw) head += 1;
  let tail = 0;
  while (tail < shorter - head && old.at(-1 - tail)?.raw === fresh.at(-1 - tail)?.raw) tail += 1;
  const same = (line: Line): MarkedLine => ({ mark: ' ', line });
  return [
    ...old.slice(0, head).map(same),
    ...markMiddle(old.slice(head, old.length - tail), fresh.slice(head, fresh.length - tail)),
    ...old.slice(old.length - tail).map(same),
  ];
}

/** The standard longest common subsequence; the part between the common head and tail is short. */
function markMiddle(old: readonly Line[], fresh: readonly Line[]): MarkedLine[] {
  const removed = old.map((line): MarkedLine => ({ mark: '-', line }));
  const added = fresh.map((line): MarkedLine => ({ mark: '+', line }));
  if (old.length * fresh.length > 1_000_000) return [...removed, ...added];
  const width = fresh.length + 1;
  const common = new Uint32Array((old.length + 1) * width);
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = fresh.length - 1; j >= 0; j -= 1) {
      common[i * width + j] =
        old[i]?.raw === fresh[j]?.raw
          ? 1 + (common[(i + 1) * width + j + 1] ?? 0)
          : Math.max(common[(i + 1) * width + j] ?? 0, common[i * width + j + 1] ?? 0);
    }
  }
  const marked: MarkedLine[] = [];
  let i = 0;
  let j = 0;
  for (;;) {
    const gone = old[i];
    const come = fresh[j];
    if (!gone || !come) break;
    if (gone.raw === come.raw) {
      marked.push({ mark: ' ', line: gone });
      i += 1;
      j += 1;
    } else if ((common[(i + 1) * width + j] ?? 0) >= (common[i * width + j + 1] ?? 0)) {
      marked.push({ mark: '-', line: gone });
      i += 1;
    } else {
      marked.push({ mark: '+', line: come });
      j += 1;
    }
  }
  return [...marked, ...removed.slice(i), ...added.slice(j)];
}
