import type { Queries } from '../db/connection.ts';
import { agents } from '../db/schema.ts';
import type { Policy } from '../decide/policy.ts';
import { type Person, peopleOf, timeOffAt } from '../decide/routing/people.ts';
import { createShifts } from '../decide/routing/shifts.ts';
import type { Agent } from '../domain/person.ts';

/** Somebody who works here, as the page of the team shows them. */
export interface TeamMember {
  agent: Agent;
  /** The queues of which they take tickets. */
  queues: readonly string[];
  open: number;
  /** Whether new tickets come to them now, and what keeps them if not. */
  presence: 'here' | 'away' | 'away_by_config' | 'time_off' | 'off_shift';
  /** When the time off ends, or the next shift begins; null where nobody knows. */
  backAt: Temporal.Instant | null;
  /** Who switched them last, and when; null when nobody did. */
  switched: { by: string; at: Temporal.Instant } | null;
}

/** Everybody who works here, in the order of people.yaml; then those of the table of the base. */
export async function readTeam(
  queries: Queries,
  { policy, now }: { policy: Policy; now: Temporal.Instant },
): Promise<readonly TeamMember[]> {
  const rows = new Map((await queries.select().from(agents)).map((row) => [row.name, row]));
  return policy.agents.map((agent) => {
    const row = rows.get(agent.name);
    const queues = Object.values(policy.queues).filter(({ members }) => members.includes(agent.name));
    const person = peopleOf(policy).named(agent.name);
    const shifts = createShifts({ policy, now }, queues[0] ?? null);
    const isInBase = agent.switchedIn === 'base';
    const isAway = isInBase ? agent.away : row?.away === true;
    const presence = isAway ? 'away' : presenceOf(agent, person, shifts);
    // Somebody may have ticked or unticked it in the base since.
    const isLast = !isInBase || row?.away === agent.away;
    const isOffByTheClock = person !== null && (presence === 'time_off' || presence === 'off_shift');
    return {
      agent,
      queues: queues.map(({ name }) => name),
      open: row?.open ?? 0,
      presence,
      backAt: isOffByTheClock ? shifts.nextArrival([{ person }]) : null,
      switched: isLast && row?.awayBy && row.awayAt ? { by: row.awayBy, at: row.awayAt } : null,
    };
  });
}

function presenceOf(
  agent: Agent,
  person: Person | null,
  shifts: ReturnType<typeof createShifts>,
): TeamMember['presence'] {
  if (agent.away) return 'away_by_config';
  if (person === null) return 'here';
  if (timeOffAt(person, shifts.now) !== null) return 'time_off';
  return shifts.isOnShift(person) ? 'here' : 'off_shift';
}
