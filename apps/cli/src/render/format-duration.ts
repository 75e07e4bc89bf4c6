/** A duration with its two largest units: `45 s`, `3 min 20 s`, `2 h 5 min`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return join([Math.floor(whole / 60), 'min'], [whole % 60, 's']);
  if (whole < 86_400) return join([Math.floor(whole / 3600), 'h'], [Math.floor((whole % 3600) / 60), 'min']);
  return join([Math.floor(whole / 86_400), 'd'], [Math.floor((whole % 86_400) / 3600), 'h']);
}

type Amount = readonly [count: number, unit: string];

function join(...amounts: readonly Amount[]): string {
  return amounts.flatMap(([count, unit]) => (count === 0 ? [] : [`${count} ${unit}`])).join(' ');
}
