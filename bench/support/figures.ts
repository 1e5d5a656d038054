import { availableParallelism, loadavg } from 'node:os';

/** A figure that a benchmark exists for. */
export interface Figure {
  what: string;
  value: number;
  unit: string;
  /** What is to be reached, such as `below(50)`; left out where there is only something to know. */
  goal?: Goal;
  /** The least and the most of several draws, of which the value is the mean. */
  range?: readonly [number, number];
}

export interface Goal {
  written: string;
  isReached(value: number): boolean;
}

export function below(most: number): Goal {
  return { written: `< ${most}`, isReached: (value) => value < most };
}

export function atMost(most: number): Goal {
  return { written: `<= ${most.toLocaleString('en')}`, isReached: (value) => value <= most };
}

export function atLeast(least: number): Goal {
  return { written: `>= ${least.toLocaleString('en')}`, isReached: (value) => value >= least };
}

export function exactly(wanted: number): Goal {
  return { written: String(wanted), isReached: (value) => value === wanted };
}

/** Prints figures as a table of Markdown, so that it can be pasted where it is wanted. */
export function printFigures(title: string, figures: readonly Figure[]): void {
  const rows = figures.map(({ what, value, unit, goal, range }) => [
    what,
    `${written(value)}${unit === '' ? '' : ` ${unit}`}${range === undefined ? '' : ` (${range.map(written).join(' to ')})`}`,
    goal?.written ?? '',
    goal === undefined ? '' : goal.isReached(value) ? 'yes' : 'NO',
  ]);
  const table = [['figure', 'measured', 'goal', 'reached'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const lines = table.map((row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
  lines.splice(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`);
  // Whoever reads a figure must know whether the machine had other things to do.
  const busy = `load ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores, Node ${process.versions.node}`;
  process.stdout.write(`\n${title} (${busy})\n\n${lines.join('\n')}\n\n`);
}

function written(value: number): string {
  if (Number.isInteger(value) || Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en');
  return value.toFixed(Math.abs(value) < 10 ? 2 : 1);
}

/** The value below which so much of all lies: 0.5 for the median, 0.99 for what one in a hundred exceeds. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}
