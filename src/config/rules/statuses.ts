import { STATUSES } from '../../domain/ticket.ts';
import { listOf } from '../written/words.ts';
import type { Check } from './check.ts';

/** Whoever chooses a name in the base must mean one status by it, whatever its capitals. */
export const STATUS_NAMES_ONCE: Check = {
  reads: ['desk.yaml'],
  look({ policy, written }, report) {
    const taken = new Map(STATUSES.map((status) => [status as string, status as string]));
    for (const status of STATUSES) {
      if (written.desk.statuses[status] !== undefined) continue;
      for (const name of policy.desk.statuses[status]) taken.set(name.toLowerCase(), status);
    }
    for (const status of STATUSES) {
      const names = written.desk.statuses[status];
      listOf(names ?? []).forEach((name, index) => {
        const other = taken.get(name.toLowerCase());
        const path = Array.isArray(names) ? ['statuses', status, index] : ['statuses', status];
        if (other === undefined || (other === status && name.toLowerCase() === status))
          taken.set(name.toLowerCase(), status);
        else
          report.error(
            { file: 'desk.yaml', path },
            `"${name}" stands for ${other} already`,
            'Give each status names of its own.',
          );
      });
    }
  },
};
