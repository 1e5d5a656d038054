import type { IncidentPolicy } from '../../decide/policy.ts';
import type { Incidents } from '../written/incidents.ts';
import { listOf, minutesOf, shareOf } from '../written/words.ts';
import { compileCondition, type Names } from './condition.ts';

/** How the desk knows reports of one incident; null where it looks for none. */
export function incidentsOf(written: Incidents | undefined, names: Names): IncidentPolicy | null {
  if (written === undefined) return null;
  const { window, similarity, reports, when, notify, template = null, resolvedTemplate = null } = written;
  return {
    windowMinutes: minutesOf(window),
    similarity: shareOf(similarity),
    reports,
    when: compileCondition(when, names),
    notify: listOf(notify),
    template,
    resolvedTemplate,
  };
}
