// A graph of bars, one for each of the last requests.

import { h, rate, svg } from './dom.js';

const BAR = 6;
const GAP = 2;
const HEIGHT = 40;
const MAX_BARS = 60;

/** Output tokens per second of the last requests, oldest first. */
export function renderGraph(speeds) {
  const shown = speeds.slice(-MAX_BARS);
  const fastest = Math.max(...shown);
  const slowest = Math.min(...shown);
  const width = shown.length * (BAR + GAP) - GAP;
  const caption = `Speed of the last ${shown.length} answers: ${rate(slowest)} to ${rate(fastest)}, the latest ${rate(shown.at(-1))}`;
  const bars = shown.map((speed, index) => {
    const height = Math.max(1, (speed / fastest) * HEIGHT);
    return svg(
      'rect',
      { x: index * (BAR + GAP), y: HEIGHT - height, width: BAR, height, rx: 1 },
      svg('title', {}, rate(speed)),
    );
  });
  const size = { viewBox: `0 0 ${width} ${HEIGHT}`, width, height: HEIGHT };
  return h(
    'figure',
    {},
    svg('svg', { class: 'graph', 'aria-hidden': 'true', ...size }, ...bars),
    h('figcaption', { class: 'note' }, caption),
  );
}
