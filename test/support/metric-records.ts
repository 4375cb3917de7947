/** One value of one metric, as CloudWatch takes it out of a line. */
export interface MetricRecord {
  readonly namespace: string;
  readonly name: string;
  readonly unit: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
}

const UNITS =
  /^(?:(?:Seconds|Microseconds|Milliseconds|Percent|None)|(?:(?:Kilob|Megab|Gigab|Terab|B)(?:ytes|its)|Count)(?:\/Second)?)$/u;
const NAMESPACE = /^(?!:|AWS\/)[\w.\-/#:]{1,255}$/u;

/**
 * The metrics of a line, by the rules of the Embedded Metric Format and its schema
 * (Amazon CloudWatch User Guide, Specification: Embedded metric format). A line without `_aws` has none.
 *
 * @throws Error when the line is no document of that format: CloudWatch would drop it
 */
export function readMetricRecords(line: string): readonly MetricRecord[] {
  require(!/[\r\n]/u.test(line) && Buffer.byteLength(line) <= 256 * 1024, 'one line of at most 256 KiB');
  const root = object(JSON.parse(line), 'the root');
  if (!('_aws' in root)) return [];
  const metadata = members(root['_aws'], ['Timestamp', 'CloudWatchMetrics']);
  require(Number.isSafeInteger(metadata['Timestamp']), 'Timestamp as milliseconds');
  const records = list(metadata['CloudWatchMetrics'], 'directives').flatMap((directive) =>
    ofDirective(root, directive),
  );
  const identities = records.map(({ name, dimensions }) => `${name} ${JSON.stringify(dimensions)}`);
  require(records.length <= 100 && new Set(identities).size === identities.length, 'at most 100 metrics, each once');
  return records;
}

function ofDirective(root: Readonly<Record<string, unknown>>, value: unknown): readonly MetricRecord[] {
  const directive = members(value, ['Namespace', 'Dimensions', 'Metrics']);
  const namespace = text(directive['Namespace'], 255);
  require(NAMESPACE.test(namespace), 'a namespace of CloudWatch');
  const sets = list(directive['Dimensions'], 'dimension sets');
  require(sets.length > 0, 'at least one dimension set');
  const metrics = list(directive['Metrics'], 'metrics');
  require(metrics.length > 0, 'a metric in each directive');
  return sets.flatMap((set) => {
    const names = list(set, 'dimensions').map((name) => text(name, 250));
    require(names.length <= 30, 'at most 30 dimensions');
    const dimensions = Object.fromEntries(names.map((name) => [name, text(root[name], 1_024)]));
    return metrics.map((metric) => ({ namespace, dimensions, ...ofMetric(root, metric) }));
  });
}

function ofMetric(
  root: Readonly<Record<string, unknown>>,
  value: unknown,
): Pick<MetricRecord, 'name' | 'unit' | 'value'> {
  const metric = members(value, ['Name', 'Unit']);
  const name = text(metric['Name'], 1_024);
  const unit = text(metric['Unit'], 20);
  require(UNITS.test(unit), `a unit of CloudWatch, not ${unit}`);
  const number = root[name];
  if (typeof number !== 'number' || !Number.isFinite(number)) throw new Error(`${name} is no number`);
  return { name, unit, value: number };
}

function members(value: unknown, names: readonly string[]): Readonly<Record<string, unknown>> {
  const found = object(value, names.join());
  require(Object.keys(found).sort().join() === names.toSorted().join(), `exactly the members ${names.join()}`);
  return found;
}

function object(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${what} is no object`);
  return Object.fromEntries(Object.entries(value));
}

function list(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new Error(`${what}: no array`);
  return value;
}

function text(value: unknown, longest: number): string {
  if (typeof value !== 'string' || value === '' || value.length > longest)
    throw new Error(`${String(value)} is no text`);
  return value;
}

function require(holds: boolean, what: string): void {
  if (!holds) throw new Error(`expected ${what}`);
}
