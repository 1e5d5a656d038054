import type { LoadedConfig } from '../../config/live.ts';
import type { Queries } from '../../db/connection.ts';
import { figuresOf } from '../figures/catalogue.ts';
import { measure } from '../figures/measure.ts';
import { entriesOf } from '../playbook/entries.ts';
import { afterSolutionFindings } from './after-solution.ts';
import { groupCases } from './cases.ts';
import { categoryFindings, readConfused } from './categories.ts';
import { type CaseGroup, CHECK_IDS, type CheckId, type Finding, type Scope } from './check.ts';
import { CHECKS } from './checks.ts';
import { escalationFindings } from './escalations.ts';
import { handoffFindings } from './handoffs.ts';
import { manyOwned, type ManyOwned } from './owners.ts';
import { routingFindings } from './routing.ts';
import { templateFindings } from './templates.ts';
import { triageFindings } from './triage.ts';

/** Tickets that a page names one by one. */
const MOST_OWNED = 10;

/** What the quality checks have to say of a period. */
export interface Quality {
  /** What to mend, by what it is about; the most tickets first. */
  findings: readonly { title: string; findings: readonly Finding[] }[];
  groups: Readonly<Record<CheckId, readonly CaseGroup[]>>;
  manyOwners: { tickets: readonly ManyOwned[]; total: number };
}

/** Looks at everything that was decided in a period, and says which rules to mend. */
export async function readQuality(
  queries: Queries,
  { config, scope }: { config: Pick<LoadedConfig, 'policy' | 'files'>; scope: Scope },
): Promise<Quality> {
  const groups = {} as Record<CheckId, readonly CaseGroup[]>;
  for (const id of CHECK_IDS) groups[id] = await groupCases(queries, CHECKS[id], scope);
  const ground = { policy: config.policy, files: config.files, entries: entriesOf(config) };
  const opened = await openedIn(queries, scope);
  const findings = [
    { title: 'Triage', findings: triageFindings(groups.triage, ground) },
    {
      title: 'Categories',
      findings: categoryFindings(groups.triage, { ...ground, confused: await readConfused(queries) }),
    },
    { title: 'Routing', findings: routingFindings(groups.routing, ground) },
    { title: 'Escalation', findings: escalationFindings(groups.escalations, { ...ground, opened }) },
    { title: 'Hand-offs', findings: handoffFindings(groups.handoffs, ground) },
    { title: 'Replies', findings: templateFindings(groups.templates) },
    { title: 'After the solution', findings: await afterSolutionFindings(queries, scope) },
  ];
  return {
    findings: findings
      .filter((part) => part.findings.length > 0)
      .map((part) => ({ ...part, findings: part.findings.toSorted((one, other) => other.cases - one.cases) })),
    groups,
    manyOwners: await manyOwned(queries, scope, MOST_OWNED),
  };
}

async function openedIn(queries: Queries, { span, among, now }: Scope): Promise<number> {
  const measured = await measure(queries, { figures: figuresOf('opened'), span, among, now });
  return measured.get('')?.['opened']?.value ?? 0;
}
