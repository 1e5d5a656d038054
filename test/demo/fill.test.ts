import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decisions, inbox, messages, outbox, tickets } from '../../src/db/schema.ts';
import { ownerOf, SLA_STATES, STATUSES } from '../../src/domain/ticket.ts';
import { at } from '../support/builders.ts';
import { aDemoDesk, type DemoDesk } from '../support/demo-desk.ts';

/** A Wednesday afternoon in Amsterdam. */
const STORY = { seed: 1, days: 2, end: at('2026-11-18T14:20:00Z') };

async function everything({ stage: { connection } }: DemoDesk) {
  const { queries } = connection;
  const rows = await queries.select().from(tickets).orderBy(tickets.number);
  return {
    rows,
    tickets: rows.map(({ ticket }) => ticket),
    decisions: await queries.select().from(decisions).orderBy(decisions.seq),
    messages: await queries.select().from(messages).orderBy(messages.at),
    outbox: await queries.select().from(outbox).orderBy(outbox.seq),
    inbox: await queries.select().from(inbox).orderBy(inbox.seq),
  };
}

describe('a desk that is filled with a story', () => {
  const held: { demo?: DemoDesk; all?: Awaited<ReturnType<typeof everything>> } = {};
  const all = () => {
    if (held.all === undefined) throw new Error('nothing was filled');
    return held.all;
  };

  beforeAll(async () => {
    held.demo = await aDemoDesk(STORY);
    held.all = await everything(held.demo);
  }, 120_000);
  afterAll(() => held.demo?.drop());

  it('has the same tickets for the same seed and end', { timeout: 120_000 }, async () => {
    const other = await aDemoDesk(STORY);
    const again = await everything(other);
    await other.drop();
    expect(again.tickets).toEqual(all().tickets);
    expect(again.decisions.map(({ sentence }) => sentence)).toEqual(all().decisions.map(({ sentence }) => sentence));
  });

  it('has tickets of every status', () => {
    expect(new Set(all().tickets.map(({ status }) => status))).toEqual(new Set(STATUSES));
  });

  it('has tickets of every SLA state', () => {
    expect(new Set(all().tickets.map(({ slaState }) => slaState))).toEqual(new Set(SLA_STATES));
  });

  it('has tickets that are at risk, late, in review and waiting for a person', () => {
    const open = all().rows.filter((row) => row.isOpen);
    expect(open.filter(({ slaState }) => slaState === 'warning').length).toBeGreaterThanOrEqual(3);
    expect(open.filter(({ slaState }) => slaState === 'breached').length).toBeGreaterThanOrEqual(3);
    expect(open.filter(({ needsReview }) => needsReview).length).toBeGreaterThanOrEqual(3);
    expect(open.filter(({ isWaiting }) => isWaiting).length).toBeGreaterThanOrEqual(2);
  });

  it('has an owner for every ticket, and each in a queue that exists (A-048)', () => {
    const queues = Object.keys(held.demo?.stage.config.current().policy.queues ?? {});
    expect(all().tickets.filter((ticket) => ownerOf(ticket).trim() === '')).toEqual([]);
    expect(all().tickets.filter(({ queue }) => !queues.includes(queue))).toEqual([]);
  });

  it('says why of every decision, in one sentence of at most 200 characters (A-034)', () => {
    const sentences = all().decisions.map(({ sentence }) => sentence);
    expect(sentences.length).toBeGreaterThan(all().tickets.length * 10);
    expect(sentences.filter((sentence) => sentence.trim() === '' || sentence.length > 200)).toEqual([]);
  });

  it.each([
    ['overrides', 'edit.changed'],
    ['reopened tickets', 'intake.reopened'],
    ['duplicates', 'intake.duplicate'],
    ['answers that ended a wait', 'intake.answered'],
    ['warnings', 'sla.warned'],
    ['breaches', 'sla.breached'],
    ['tickets given back', 'edit.given_back'],
    ['tickets handed off to another queue', 'handoff.moved'],
    ['reviews that a person ended', 'triage.category_known'],
    ['paused clocks', 'sla.paused'],
    ['reports of an incident', 'link.found'],
  ])('has %s', (_, code) => {
    expect(all().decisions.filter((decision) => decision.code === code)).not.toEqual([]);
  });

  it('has tickets whose category or assignee a person chose', () => {
    const overridden = all().tickets.flatMap(({ overrides }) => Object.keys(overrides));
    expect(overridden).toEqual(expect.arrayContaining(['category', 'assignee']));
  });

  it('has notes, answers and files', () => {
    const { messages: written } = all();
    expect(written.filter(({ visibility }) => visibility === 'internal')).not.toEqual([]);
    expect(written.filter(({ author, visibility }) => author === 'agent' && visibility === 'public')).not.toEqual([]);
    expect(written.flatMap(({ attachments }) => attachments)).not.toEqual([]);
    expect(written.filter(({ text }) => /\{\w+\}/.test(text))).toEqual([]);
  });

  it('has key customers of the app, and requests by telephone', () => {
    expect(all().tickets.filter(({ requester }) => requester.account['vip'] === true)).not.toEqual([]);
    expect(new Set(all().tickets.map(({ channel }) => channel))).toEqual(new Set(['website', 'app', 'console']));
  });

  it('has every request in the inbox, and what could not be read under lost and found', () => {
    const states = Map.groupBy(all().inbox, ({ state }) => state);
    expect(new Set(states.keys())).toEqual(new Set(['done', 'lost', 'ignored']));
    expect(states.get('lost')?.map(({ problem }) => problem?.code)).toContain('request.not-json');
    const keys = new Set(all().tickets.map(({ key }) => key));
    expect(states.get('done')?.filter(({ ticketKey }) => !keys.has(ticketKey ?? ''))).toEqual([]);
  });

  it('has sent nothing, and says so of each message', () => {
    const states = Map.groupBy(all().outbox, ({ state }) => state);
    expect(states.get('sent')).toBeUndefined();
    expect(new Set(states.get('not_sent')?.map(({ problem }) => problem?.message))).toEqual(
      new Set(['not sent: this is a demo, which sends nothing']),
    );
    expect(states.get('dead')?.map(({ problem }) => problem?.code)).toContain('email.rejected');
    expect(states.get('waiting')?.map(({ problem }) => problem?.code)).toContain('email.put-off');
  });

  it('stands at its end: nothing is of the future, and nothing is left to be done', () => {
    const late = (moment: Temporal.Instant | null) =>
      moment !== null && Temporal.Instant.compare(moment, STORY.end) > 0;
    expect(all().messages.filter((message) => late(message.at))).toEqual([]);
    expect(all().decisions.filter((decision) => late(decision.at))).toEqual([]);
    expect(all().rows.filter(({ wakeAt }) => wakeAt !== null && !late(wakeAt))).toEqual([]);
    expect(all().rows.filter(({ dirtySince, rowId }) => dirtySince !== null || rowId === null)).toEqual([]);
  });

  it('notices a breach in the minute in which it happens', () => {
    const lags = all().tickets.flatMap(({ clocks }) =>
      clocks.flatMap(({ breachedAt, detectedAt }) =>
        breachedAt === null || detectedAt === null ? [] : [detectedAt.since(breachedAt).total('seconds')],
      ),
    );
    expect(lags).not.toEqual([]);
    expect(lags.filter((seconds) => seconds < 0 || seconds > 61)).toEqual([]);
  });
});
