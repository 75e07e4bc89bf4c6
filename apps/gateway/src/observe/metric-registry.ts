/** Values of a metric's labels, in the order of its label names. */
export type LabelValues = readonly string[];

/** Only goes up. */
export interface Counter {
  add(amount: number, labels: LabelValues): void;
}

/** Sorts observations into buckets. */
export interface Histogram {
  observe(value: number, labels: LabelValues): void;
}

/** One value of a metric that is read when it is asked for. */
export interface Sample {
  readonly labels: LabelValues;
  readonly value: number;
}

/** Metrics, and their text in Prometheus' exposition format 0.0.4. */
export interface MetricRegistry {
  counter(definition: MetricDefinition): Counter;
  histogram(definition: MetricDefinition & { readonly buckets: readonly number[] }): Histogram;
  /** Metrics of one value, which each rendering reads once. */
  source<Value>(read: () => Value): MetricSource<Value>;
  render(): string;
}

/** A value that several metrics are read from. */
export interface MetricSource<Value> {
  read(definition: MetricDefinition & { readonly type: ReadType }, samples: (value: Value) => readonly Sample[]): void;
}

/** The types of metrics that are read from a source. */
export type ReadType = 'gauge' | 'counter';

export interface MetricDefinition {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
}

/** Series of one metric; past that a new one is counted under `other`, so that no client can fill the memory with names. */
const MAX_SERIES = 500;

/** Makes an empty registry. */
export function createMetricRegistry(): MetricRegistry {
  const renderers: (() => string)[] = [];
  return {
    counter(definition) {
      const series = createSeries(() => ({ value: 0 }));
      renderers.push(() =>
        renderMetric(
          { ...definition, type: 'counter' },
          series.all().map(({ labels, state }) => renderSample(definition, { labels, value: state.value })),
        ),
      );
      return {
        add(amount, labels) {
          series.at(labels).value += amount;
        },
      };
    },
    histogram(definition) {
      const { buckets } = definition;
      const series = createSeries(() => ({ counts: buckets.map(() => 0), count: 0, sum: 0 }));
      renderers.push(() =>
        renderMetric(
          { ...definition, type: 'histogram' },
          series.all().flatMap((one) => renderHistogram(definition, one)),
        ),
      );
      return {
        observe(value, labels) {
          const state = series.at(labels);
          state.count++;
          state.sum += value;
          const index = buckets.findIndex((bound) => value <= bound);
          if (index !== -1) state.counts[index] = (state.counts[index] ?? 0) + 1;
        },
      };
    },
    source<Value>(read: () => Value): MetricSource<Value> {
      const metrics: ((value: Value) => string)[] = [];
      renderers.push(() => {
        const value = read();
        return metrics.map((render) => render(value)).join('');
      });
      return {
        read(definition, samples) {
          metrics.push((value) =>
            renderMetric(
              definition,
              samples(value).map((sample) => renderSample(definition, sample)),
            ),
          );
        },
      };
    },
    render: () => renderers.map((render) => render()).join(''),
  };
}

interface HistogramState {
  readonly counts: number[];
  count: number;
  sum: number;
}

/** The values lie in a tree, one level for each label: joined, they would be a new string to hash for each request. */
function createSeries<State>(create: () => State) {
  const all: { readonly labels: LabelValues; readonly state: State }[] = [];
  const root: SeriesNode<State> = { children: new Map() };

  function at(labels: LabelValues): State {
    let node = root;
    for (const label of labels) {
      const child = node.children.get(label);
      if (child === undefined) return add(labels);
      node = child;
    }
    return node.state ?? add(labels);
  }

  function add(labels: LabelValues): State {
    const isRoom = all.length < MAX_SERIES || labels.every((label) => label === OTHER);
    if (!isRoom) return at(labels.map(() => OTHER));
    let node = root;
    for (const label of labels) {
      const child = node.children.get(label) ?? { children: new Map() };
      node.children.set(label, child);
      node = child;
    }
    const state = create();
    node.state = state;
    all.push({ labels, state });
    return state;
  }

  return { at, all: () => all };
}

interface SeriesNode<State> {
  readonly children: Map<string, SeriesNode<State>>;
  state?: State;
}

/** Stands for all values that came when there was no room for them. */
const OTHER = 'other';

function renderMetric(
  { name, help, type }: MetricDefinition & { readonly type: string },
  lines: readonly string[],
): string {
  return lines.length === 0 ? '' : `# HELP ${name} ${help}\n# TYPE ${name} ${type}\n${lines.join('')}`;
}

function renderSample({ name, labels: names }: MetricDefinition, { labels, value }: Sample): string {
  return `${name}${renderLabels(names, labels)} ${value}\n`;
}

function renderHistogram(
  { name, labels: names, buckets }: MetricDefinition & { readonly buckets: readonly number[] },
  { labels, state }: { readonly labels: LabelValues; readonly state: HistogramState },
): string[] {
  let below = 0;
  const lines = buckets.map((bound, index) => {
    below += state.counts[index] ?? 0;
    return `${name}_bucket${renderLabels([...names, 'le'], [...labels, String(bound)])} ${below}\n`;
  });
  return [
    ...lines,
    `${name}_bucket${renderLabels([...names, 'le'], [...labels, '+Inf'])} ${state.count}\n`,
    `${name}_sum${renderLabels(names, labels)} ${state.sum}\n`,
    `${name}_count${renderLabels(names, labels)} ${state.count}\n`,
  ];
}

function renderLabels(names: readonly string[], values: LabelValues): string {
  if (names.length === 0) return '';
  return `{${names.map((name, index) => `${name}="${escapeLabel(values[index] ?? '')}"`).join(',')}}`;
}

function escapeLabel(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
