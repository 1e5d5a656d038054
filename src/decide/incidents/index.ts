/**
 * Reports of one incident: a ticket that resembles others is linked to the oldest of them, waits with it and ends with
 * it. `docs/incidents.md` tells those who run a desk.
 */
import type { Turn } from '../turn.ts';
import { goAlong } from './go-along.ts';
import { joinIncident } from './join.ts';
import { leadIncident } from './lead.ts';

/** Links a ticket to the incident that it reports, has it go along with that, and keeps account of its own reports. */
export function link(turn: Turn): void {
  const { incidents, related } = turn.policy;
  if (related > 0 && turn.occasion.kind === 'received') turn.keep('related', turn.facts.related);
  if (incidents === null) return;
  joinIncident(turn, incidents);
  goAlong(turn, incidents);
  leadIncident(turn, incidents);
}
