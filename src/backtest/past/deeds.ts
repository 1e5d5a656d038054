import { decodeTime, isValid } from 'ulid';
import type { HandoffAnswer, HandoffAsked, Occasion } from '../../domain/occasion.ts';
import { readingOf } from '../../domain/opinion.ts';
import type { FieldValue, TicketField } from '../../domain/ticket.ts';
import { SCORES, type Score } from '../../domain/follow-up.ts';
import { type Verdict, VERDICTS } from '../../domain/escalation.ts';
import type { Deed } from '../replay/past.ts';
import type { Decided, Recorded, Said } from './recorded.ts';

type Taken = Extract<Deed, { does: 'take' }>;

/** What has no decision of its own comes after what was decided in the same moment. */
const LAST = Number.MAX_SAFE_INTEGER;

/** Fields that follow from an edit of another: the replay works them out again. */
const FOLLOWING: ReadonlySet<string> = new Set([
  'confidence',
  'resolvedAt',
  'closedAt',
  'reopenCount',
  'contactCount',
  'firstRespondedAt',
]);

/** Codes under which a person's change of a field stands in the log. */
const CHANGED: ReadonlySet<string> = new Set([
  'edit.changed',
  'edit.corrected',
  'edit.left_to_us',
  'edit.status_changed',
  'edit.review_asked',
  'edit.review_accepted',
  'edit.steps_ticked',
  'edit.given_back',
  'escalate.raised_by_hand',
  'escalate.lowered_by_hand',
  'link.by_hand',
  'link.unlinked',
  'link.declared',
  'link.withdrawn',
]);

const LINKED: ReadonlySet<string> = new Set(['link.joined', 'link.joined_known', 'link.found']);

const ASKED: ReadonlySet<string> = new Set(['handoff.asked', 'handoff.held', 'handoff.helps', 'handoff.moved']);

/** What people did with a ticket since it came in, each at its time. */
export function deedsOf(
  ticket: Recorded,
  { said, decided }: { said: readonly Said[]; decided: readonly Decided[] },
): readonly Deed[] {
  const opening = said.find(({ author }) => author === 'customer');
  return [
    ...customerReplies(
      said.filter((each) => each.author === 'customer' && each !== opening),
      decided,
    ),
    ...agentWords(said.filter(({ author }) => author === 'agent')),
    ...edits(decided),
    ...ratings(decided),
    ...links(decided),
    ...advice(ticket),
  ];
}

/** The first of the replies is told by the first decision of one. */
function customerReplies(replies: readonly Said[], decided: readonly Decided[]): readonly Deed[] {
  const told = decided.filter(({ code }) => code === 'intake.replied');
  return replies.map((reply, index): Deed => {
    const decision = told[index];
    const name = textIn(decision?.params['name']) ?? reply.authorName;
    const isSaidByButton = decided.some(
      ({ code, at }) => code === 'intake.said_solved' && at.equals(decision?.at ?? reply.at),
    );
    const { text, at } = reply;
    const hasFiles = reply.files > 0;
    const occasion: Occasion = {
      kind: 'replied',
      by: 'customer',
      name,
      text,
      at,
      hasFiles,
      ...(isSaidByButton && { saysSolved: true }),
    };
    return { does: 'take', at: decision?.at ?? momentOf(reply), seq: decision?.seq ?? LAST, occasion };
  });
}

function agentWords(words: readonly Said[]): readonly Deed[] {
  return words.map((word): Deed => {
    const { authorName: name, text, at, visibility } = word;
    const occasion: Taken['occasion'] =
      visibility === 'internal' ? { kind: 'noted', by: name, at } : { kind: 'replied', by: 'agent', name, text, at };
    return { does: 'take', at: momentOf(word), seq: LAST, occasion };
  });
}

/** When it was taken in, which its id says: what was written elsewhere bears the time at which it was written. */
function momentOf({ id, at }: Said): Temporal.Instant {
  if (!isValid(id)) return at;
  const milliseconds = decodeTime(id);
  return at.epochMilliseconds === milliseconds ? at : Temporal.Instant.fromEpochMilliseconds(milliseconds);
}

/** What one person did in one moment was one edit. */
function edits(decided: readonly Decided[]): readonly Deed[] {
  const ofPeople = decided.filter(({ source, stage }) => source.kind === 'person' && stage !== 'intake');
  const groups = Map.groupBy(ofPeople, ({ at, source }) => `${at.toString()} ${nameIn(source)}`);
  return [...groups.values()].flatMap((group) => editOf(group));
}

function editOf(group: readonly Decided[]): readonly Deed[] {
  const [first] = group;
  if (first === undefined) return [];
  const changes = group.flatMap(changeIn);
  const handoff = group.flatMap((each) => handoffIn(each, group))[0];
  const answer = group.flatMap(answerIn)[0];
  const verdict = group.flatMap(({ params }) => verdictIn(params['verdict']))[0];
  if (changes.length === 0 && handoff === undefined && answer === undefined) return [];
  const said = { ...(handoff && { handoff }), ...(answer && { answer }), ...(verdict && { verdict }) };
  const occasion: Occasion = { kind: 'edited', by: nameIn(first.source), at: saidAt(group), changes, ...said };
  return [{ does: 'take', at: first.at, seq: first.seq, occasion }];
}

function changeIn({ code, field, fromValue, toValue }: Decided) {
  if (field === null || FOLLOWING.has(field) || !CHANGED.has(code)) return [];
  return [{ field: field as TicketField, from: fromValue as FieldValue, to: toValue as FieldValue }];
}

/** A base tells of an edit a little later; the time of what ended with it is the person's. */
function saidAt(group: readonly Decided[]): Temporal.Instant {
  const ended = group.find(({ code, toValue }) => code === 'edit.resolved' && typeof toValue === 'string');
  return ended === undefined
    ? (group[0]?.at ?? Temporal.Instant.fromEpochMilliseconds(0))
    : Temporal.Instant.from(String(ended.toValue));
}

/** A hand-off that was taken back was asked back to where the ticket is. */
function handoffIn({ code, params }: Decided, group: readonly Decided[]): readonly HandoffAsked[] {
  const key = textIn(params['key']);
  if (key === null) return [];
  const reason = textIn(params['reason']);
  if (ASKED.has(code)) return [{ to: textIn(params['to']), reason, key }];
  if (code === 'handoff.reason_added') return [{ to: null, reason, key }];
  const isTakenBack = code === 'handoff.withdrawn' && !group.some((each) => ASKED.has(each.code));
  return isTakenBack ? [{ to: textIn(params['queue']), reason: null, key }] : [];
}

function answerIn({ code, params }: Decided): readonly HandoffAnswer[] {
  const key = textIn(params['key']);
  if (key === null) return [];
  if (code === 'handoff.accepted') return [{ accepts: true, code: null, key }];
  return code === 'handoff.rejected' ? [{ accepts: false, code: textIn(params['code']), key }] : [];
}

function ratings(decided: readonly Decided[]): readonly Deed[] {
  return decided.flatMap(({ code, toValue, params, at, seq }): Deed[] => {
    const score = SCORES.find((each) => each === toValue);
    if (code !== 'follow_up.rated' || score === undefined) return [];
    const occasion = { kind: 'rated', score: score satisfies Score, comment: textIn(params['comment']), at } as const;
    return [{ does: 'take', at, seq, occasion }];
  });
}

function links(decided: readonly Decided[]): readonly Deed[] {
  return decided.flatMap(({ code, field, toValue, at, seq }): Deed[] =>
    LINKED.has(code) && field === 'incident' && typeof toValue === 'number'
      ? [{ does: 'link', incident: toValue, at, seq }]
      : [],
  );
}

/** What a language model answered when it was asked last. */
function advice({ advice: asked, opinions }: Recorded): readonly Deed[] {
  if (asked === null || asked.endedAt === null) return [];
  const { of, by, category, failure, endedAt: at } = asked;
  const reading = readingOf({ opinions });
  const answer =
    by === null || reading === null ? { failure: failure ?? 'not_asked' } : { name: by, category, reading };
  return [{ does: 'take', at, seq: LAST, occasion: { kind: 'advised', of, answer, at } }];
}

function nameIn(source: Decided['source']): string {
  return source.kind === 'default' ? '' : source.name;
}

function verdictIn(value: unknown): readonly Verdict[] {
  return VERDICTS.filter((verdict) => verdict === value);
}

function textIn(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
