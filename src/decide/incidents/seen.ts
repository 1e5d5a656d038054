import type { Incident } from '../../domain/incident.ts';
import type { Turn } from '../turn.ts';

/** The ticket of that number, as this turn was told of it; null when there is none. */
export function incidentIn({ facts }: Turn, number: number | null): Incident | null {
  return number === null ? null : (facts.incidents.find((each) => each.number === number) ?? null);
}
