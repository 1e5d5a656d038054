import { AGREED, type Summary } from './summary.ts';

/** When a change counts as worse, so that a team's CI stops it. */
export type Threshold =
  /** Category, priority, queue or owner agree less often with what people finally did. */
  | { kind: 'agreement' }
  /** More first answers or resolutions break their promise. */
  | { kind: 'sla' }
  /** More than so many percent of the tickets come out otherwise. */
  | { kind: 'changed'; percent: number };

/** `agreement`, `sla`, `changed=10%`, or several with commas between; null for anything else. */
export function thresholdsIn(written: string): readonly Threshold[] | null {
  const all = written.split(',').map((part) => thresholdIn(part.trim()));
  return all.every((each) => each !== null) ? all : null;
}

function thresholdIn(written: string): Threshold | null {
  if (written === 'agreement' || written === 'sla') return { kind: written };
  const [, digits] = /^changed[=>](\d{1,3}(?:\.\d+)?)%?$/.exec(written) ?? [];
  return digits === undefined ? null : { kind: 'changed', percent: Number(digits) };
}

/** A sentence for each threshold that is crossed. */
export function crossed(summary: Summary, thresholds: readonly Threshold[]): readonly string[] {
  return thresholds.flatMap((threshold) => crossedBy(summary, threshold));
}

function crossedBy({ agreement, sla, tickets, changed }: Summary, threshold: Threshold): readonly string[] {
  switch (threshold.kind) {
    case 'agreement':
      return AGREED.filter((field) => agreement[field].after < agreement[field].before).map((field) => {
        const { before, after, tickets: judged } = agreement[field];
        return `The ${field} agrees with what people finally did for ${after} of ${judged} tickets, and did for ${before}.`;
      });
    case 'sla':
      return (['firstResponse', 'resolution'] as const).flatMap((what) => {
        const { before, after } = sla[what];
        const words = what === 'firstResponse' ? 'first answers are' : 'resolutions are';
        return after.breached > before.breached
          ? [`${after.breached} ${words} too late, and ${before.breached} were.`]
          : [];
      });
    case 'changed': {
      const percent = tickets === 0 ? 0 : (100 * changed) / tickets;
      return percent > threshold.percent
        ? [`${percent.toFixed(1)} % of the tickets come out otherwise, above ${threshold.percent} %.`]
        : [];
    }
  }
}
