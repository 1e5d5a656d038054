import type { Files } from '../playbook/rule-place.ts';
import { scalarChanged } from './changed-file.ts';
import type { FileChange } from './check.ts';

/** So much later is enough to see a difference, and little enough to take back. */
const STEP = { share: 10, count: 1, time: 0.5 };

/** Where a definition says what must have happened; of one that says several things a person chooses which to change. */
const PLACES = [
  ['after', 'noProgress'],
  ['after', 'waiting'],
  ['after', 'contacts'],
  ['after', 'ownerChanges'],
  ['after', 'slaUsed', 'first_reply'],
  ['after', 'slaUsed', 'total_resolution'],
  ['after', 'slaUsed', 'agent_work'],
  ['after', 'slaUsed', 'next_reply'],
] as const;

/** The config with a definition that fires a step later, or sooner; null where no one value of it says when. */
export function triggerMoved(files: Files, { name, isLater }: { name: string; isLater: boolean }): FileChange | null {
  const changes = PLACES.flatMap((path) => {
    const to = (written: unknown) => moved(String(written), isLater ? 1 : -1);
    return scalarChanged(files, { file: 'escalation.yaml', list: 'escalations', name, path, to }) ?? [];
  });
  return changes.length === 1 ? (changes[0] ?? null) : null;
}

/** `80%` a step later is `90%`, `2h` is `3h`, and 3 is 4. Null where there is no such step. */
function moved(written: string, direction: 1 | -1): string | null {
  const [, digits = '', unit = ''] = /^(\d+)\s*(%|m|h|d|)$/.exec(written) ?? [];
  const value = Number(digits);
  if (digits === '') return null;
  if (unit === '%') return within(value + direction * STEP.share, 100, '%');
  if (unit === '') return within(value + direction * STEP.count, 1000, '');
  const minutes = value * { m: 1, h: 60, d: 1440 }[unit as 'm' | 'h' | 'd'] * (1 + direction * STEP.time);
  return minutes % 60 === 0 ? `${minutes / 60}h` : `${Math.round(minutes)}m`;
}

function within(value: number, most: number, unit: string): string | null {
  return value >= 1 && value <= most ? `${value}${unit}` : null;
}
