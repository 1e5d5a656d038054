import type { WrittenCondition } from '../written/condition.ts';
import type { ConfigFile } from '../written/index.ts';
import type { CheckedConfig, Spot } from './check.ts';

/** A condition, where it stands. */
export interface PlacedCondition {
  spot: Spot;
  when: WrittenCondition;
}

/** A condition that may be left out. */
type Placed = [path: Spot['path'], when: WrittenCondition | undefined];

/** Every condition of a file, in its order. */
const CONDITIONS: Readonly<Partial<Record<ConfigFile, (written: CheckedConfig['written']) => readonly Placed[]>>> = {
  'intake.yaml': ({ intake: { notTickets, clarify, light } }) => [
    ...inList('notTickets', notTickets),
    ...inList('clarify', clarify),
    [['light', 'when'], light?.when],
  ],
  'customers.yaml': ({ customers }) => inList('lookups', customers.lookups),
  'triage.yaml': ({ triage: { rules, incidents, model } }) => [
    ...inList('rules', rules),
    [['incidents', 'when'], incidents?.when],
    [['model', 'when'], model?.when],
  ],
  'routing.yaml': ({ routing }) => inList('rules', routing.rules),
  'sla.yaml': ({ sla }) => inList('policies', sla.policies),
  'escalation.yaml': ({ escalation }) => inList('escalations', escalation.escalations),
  'notices.yaml': ({ notices }) => [[['urgent', 'when'], notices.urgent.when]],
  'follow-up.yaml': ({ followUp: { checkIns, survey } }) => [
    ...inList('checkIns', checkIns),
    [['survey', 'when'], survey?.when],
  ],
  'events.yaml': ({ events }) =>
    Object.entries(events.subscriptions).map(([name, { when }]): Placed => [['subscriptions', name, 'when'], when]),
};

function inList(list: string, rules: readonly { when?: WrittenCondition | undefined }[]): readonly Placed[] {
  return rules.map(({ when }, index): Placed => [[list, index, 'when'], when]);
}

/** Files in which conditions stand; those of replies and articles are looked at when these can be understood. */
export const FILES_WITH_CONDITIONS = Object.keys(CONDITIONS) as readonly ConfigFile[];

/** The conditions that a file has. */
export function conditionsIn({ written }: CheckedConfig, file: ConfigFile): readonly PlacedCondition[] {
  const placed = CONDITIONS[file]?.(written) ?? [];
  return placed.flatMap(([path, when]) => (when === undefined ? [] : [{ spot: { file, path }, when }]));
}

/** The conditions in the heads of replies and articles. */
export function conditionsInTexts({ texts }: CheckedConfig): readonly PlacedCondition[] {
  const placed = [
    ...texts.drafts.map(({ file, suggestWhen }) => ({ spot: { file, path: ['suggestWhen'] }, when: suggestWhen })),
    ...texts.articles.map(({ file, head }) => ({ spot: { file, path: ['when'] }, when: head.when })),
  ];
  return placed.flatMap(({ spot, when }) => (when === undefined ? [] : [{ spot, when }]));
}
