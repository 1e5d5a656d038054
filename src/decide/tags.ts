import type { Evidence } from '../domain/decision.ts';
import { comparable, readField, valuesOf, written } from './conditions/fields.ts';
import type { Turn } from './turn.ts';

/** What a request bears by which somebody tries a channel. */
export const TEST_TAG = 'test';

/** Says of a test that it is one, for rules and for people; not where the list of tags is closed and has no such tag. */
export function tagTest(turn: Turn): void {
  const { occasion, ticket, policy } = turn;
  if (occasion.kind !== 'received' || occasion.message.isTest !== true) return;
  if (policy.triage.tags !== null && !policy.triage.tags.includes(TEST_TAG)) return;
  turn.change('tags', [...ticket.tags, TEST_TAG], {
    stage: 'intake',
    code: 'intake.test',
    params: { channel: ticket.channel },
    evidence: [],
    source: { kind: 'policy', name: 'placement' },
  });
}

/** Gives the tags that follow from what the form, the account or the channel says; rules then see them. */
export function tagByFields(turn: Turn): void {
  const added = new Set<string>();
  const evidence: Evidence[] = [];
  for (const { field, tags } of turn.policy.triage.tagsFrom) {
    const value = readField(turn.ticket, field);
    const given = valuesOf(value).flatMap((each) => tags[comparable(each)] ?? []);
    const news = given.filter((tag) => !turn.ticket.tags.includes(tag) && !added.has(tag));
    if (news.length === 0) continue;
    for (const tag of news) added.add(tag);
    evidence.push({ kind: 'field', name: field, value: written(value) });
  }
  if (added.size === 0) return;
  turn.change('tags', [...turn.ticket.tags, ...added], {
    stage: 'triage',
    code: 'triage.tags_by_fields',
    params: { added: [...added] },
    evidence,
    source: { kind: 'policy', name: 'tagsFrom' },
  });
}
