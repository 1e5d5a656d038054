import { type Status, STATUSES } from '../../domain/ticket.ts';
import { listOf } from '../written/words.ts';
import type { Check, CheckedConfig } from './check.ts';

/** Whoever chooses a name in the base must mean one status by it, whatever its capitals. */
export const STATUS_NAMES_ONCE: Check = {
  reads: ['desk.yaml'],
  look(config, report) {
    const taken = usualNames(config);
    for (const status of STATUSES) {
      const names = config.written.desk.statuses[status] ?? [];
      listOf(names).forEach((name, index) => {
        const small = name.toLowerCase();
        const other = STATUSES.find((each) => each === small && each !== status) ?? taken.get(small);
        const path = Array.isArray(names) ? ['statuses', status, index] : ['statuses', status];
        const fix = 'Give each status names of its own.';
        if (other === undefined) taken.set(small, status);
        else report.error({ file: 'desk.yaml', path }, `"${name}" stands for ${other} already`, fix);
      });
    }
  },
};

/** Of the statuses to which the desk gives no names. */
function usualNames({ policy, written }: CheckedConfig): Map<string, Status> {
  const left = STATUSES.filter((status) => written.desk.statuses[status] === undefined);
  return new Map(left.flatMap((status) => policy.desk.statuses[status].map((name) => [name.toLowerCase(), status])));
}
