import type { LoadedConfig } from '../../config/live.ts';
import type { Stage } from '../../domain/decision.ts';
import type { Entry, EntryKey } from './entry.ts';
import { checkInEntries, escalationEntries } from './follow-up-entries.ts';
import { handoffEntries, routingEntries, slaEntries } from './routing-entries.ts';
import { standingEntries } from './standing-entries.ts';
import { intakeEntries, triageEntries } from './triage-entries.ts';

/** The stages of the playbook, in the order in which a ticket meets them, and what each is for. */
export const CHAPTERS: readonly { stage: Stage; title: string; about: string }[] = [
  { stage: 'intake', title: 'Intake', about: 'What is no ticket.' },
  { stage: 'clarify', title: 'Clarification', about: 'What is asked before triage.' },
  { stage: 'triage', title: 'Triage', about: 'What a ticket is about, and how urgent it is.' },
  { stage: 'link', title: 'Incidents', about: 'What several tickets report.' },
  { stage: 'route', title: 'Routing', about: 'Where a ticket goes, and who may take it.' },
  { stage: 'handoff', title: 'Hand-offs', about: 'What queues have agreed on.' },
  { stage: 'sla', title: 'Due times', about: 'What the team aims at, and what requesters are promised.' },
  { stage: 'escalate', title: 'Escalation', about: 'What goes wrong, and who must see to it.' },
  { stage: 'respond', title: 'Automatic replies', about: 'What requesters are told before anybody looks.' },
  { stage: 'follow_up', title: 'Follow-up', about: 'What happens when nobody works on a ticket any more.' },
];

/** Every rule of a config, chapter by chapter, in the order of the files. */
export function entriesOf(config: Pick<LoadedConfig, 'policy' | 'files'>): readonly Entry[] {
  const { policy } = config;
  const all = [
    ...intakeEntries(policy),
    ...triageEntries(policy),
    ...routingEntries(policy),
    ...handoffEntries(policy),
    ...slaEntries(policy),
    ...escalationEntries(policy),
    ...checkInEntries(policy),
    ...standingEntries(config),
  ];
  return CHAPTERS.flatMap(({ stage }) => all.filter((entry) => entry.stage === stage));
}

/** The rule of a name; null when this config has none. */
export function entryOf(entries: readonly Entry[], { stage, name }: EntryKey): Entry | null {
  return entries.find((entry) => entry.stage === stage && entry.name === name) ?? null;
}
