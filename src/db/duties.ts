/** Which role does what, so that one can tell what nobody does. */
import type { Role } from '../kit/role.ts';
import { type Lane, LANES } from './queues.ts';

/** What a process does. */
export interface Duties {
  /** Whether senders and people come in here; every role answers monitoring. */
  hasDoors: boolean;
  /** The lanes of work that it serves. */
  lanes: readonly Lane[];
  /** Whether it keeps the connections of channels that fetch what comes. */
  listens: boolean;
  /** Whether it wakes lanes by the clock. */
  hasTicks: boolean;
}

/** Lanes that are woken by the clock and go through many tickets at once. */
const BY_THE_CLOCK: readonly Lane[] = ['sweep', 'full_pass', 'compare', 'weekly', 'housekeeping'];

const DUTIES: Readonly<Record<Role, Duties>> = {
  all: { hasDoors: true, lanes: LANES, listens: true, hasTicks: true },
  web: { hasDoors: true, lanes: [], listens: false, hasTicks: false },
  worker: {
    hasDoors: false,
    lanes: LANES.filter((lane) => !BY_THE_CLOCK.includes(lane)),
    listens: true,
    hasTicks: false,
  },
  sweeps: { hasDoors: false, lanes: BY_THE_CLOCK, listens: false, hasTicks: true },
};

export function dutiesOf(role: Role): Duties {
  return DUTIES[role];
}

/** The roles of which none of the processes does the work; empty when every work has somebody. */
export function unmannedRoles(present: readonly Role[]): readonly Exclude<Role, 'all'>[] {
  if (present.includes('all')) return [];
  return (['web', 'worker', 'sweeps'] as const).filter((role) => !present.includes(role));
}
