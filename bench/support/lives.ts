import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAcknowledged } from '../../test/support/post.ts';
import { until } from '../../test/support/until.ts';
import { type BaseDesk, haveEverybodyWork, isFilled, PERSON, type SimulatedBase, TABLE } from './base-desk.ts';
import { atMost, exactly, type Figure, median, quantile } from './figures.ts';
import { paymentPost, postAtRate } from './load.ts';

/** When people do what to a row, in seconds since it appeared. The warning comes at 45 s. */
const ANSWERED_AFTER = 10;
const RESOLVED_AFTER = 55;
const CLOSED_AFTER = 70;

/** How a warning is told in a row, as in "45 minutes of 1 hour are used". */
const WARNED = 'are used';

/** Longest wait for the last one, in seconds, besides what a life takes. */
const PATIENCE = 300;

/** How many lives, and what one may cost. */
export interface Lives {
  perSecond: number;
  seconds: number;
  /** So many minutes in place of the one that a life fits into. */
  minutes: number;
  /** Requests a ticket. */
  goal: number;
}

/** A row, and what people have done to it so far. */
interface Life {
  bornAt: number;
  step: 'new' | 'answered' | 'resolved' | 'closed';
  answeredAt: number;
  /** Until the cells of the answer were empty again, in milliseconds. */
  understoodAfter: number | null;
}

/**
 * Lets tickets live from the first request to the end: created and acknowledged, answered by a person, warned
 * of, resolved and closed by a person. Says what they cost, and how soon people saw that they were understood.
 */
export async function liveWhole(desk: BaseDesk, given: Lives): Promise<readonly Figure[]> {
  const { base } = desk;
  const { perSecond, seconds, minutes, goal } = given;
  const total = perSecond * seconds;
  const patience = { seconds: seconds + PATIENCE * minutes };
  await haveEverybodyWork(desk);
  await writeFile(join(desk.configFolder, 'sla.yaml'), slaOf(minutes));
  const service = await desk.start();
  const lives = new Map<string, Life>();
  try {
    await service.settled();
    base.clearLog();
    const make = (n: number) => paymentPost(`life-${n}`);
    const sending = postAtRate(service.address, { perSecond, seconds, make });
    // A post without an answer is no request that anybody took; it is told by the figures, and not waited for.
    const expected = { rows: total };
    const isOver = () => actAsPeople(base, lives, minutes) && lives.size >= expected.rows;
    const living = until('every ticket is closed', isOver, patience);
    const acknowledged = (await sending).filter(isAcknowledged).length;
    expected.rows = acknowledged;
    await living;
    await until('every row tells its whole life', () => wholeRows(base).length >= acknowledged, patience);
    await service.settled(patience);
    return [
      { what: 'acknowledged', value: acknowledged, unit: '', goal: exactly(total) },
      ...told(base, { total, goal }),
      ...waited([...lives.values()]),
    ];
  } finally {
    await service.kill();
  }
}

/** Resolution within so many minutes around the clock. */
function slaOf(minutes: number): string {
  return `policies:
  - name: Quick
    why: A life that fits into minutes shows every step of it.
    owner: bench
    calendar: always
    warnAt: 75%
    targets:
      first_reply: { critical: 30m, high: 30m, medium: 30m, low: 30m }
      total_resolution: { critical: ${minutes}m, high: ${minutes}m, medium: ${minutes}m, low: ${minutes}m }
`;
}

/** Does what is due. True when everything was done. */
function actAsPeople({ people }: SimulatedBase, lives: Map<string, Life>, minutes: number): boolean {
  const now = performance.now();
  const person = people.as(PERSON.name);
  for (const { id, fields } of people.rows(TABLE)) {
    const life = lives.get(id) ?? { bornAt: now, step: 'new', answeredAt: 0, understoodAfter: null };
    lives.set(id, life);
    const age = (now - life.bornAt) / 1000 / minutes;
    if (life.step === 'answered' && life.understoodAfter === null && !isFilled(fields['Send'])) {
      life.understoodAfter = now - life.answeredAt;
    }
    if (life.step === 'new' && age >= ANSWERED_AFTER) {
      person.edit(TABLE, id, { Reply: 'We are looking into it.', Send: true });
      Object.assign(life, { step: 'answered', answeredAt: now });
    } else if (life.step === 'answered' && age >= RESOLVED_AFTER) {
      person.edit(TABLE, id, { Status: 'Resolved' });
      life.step = 'resolved';
    } else if (life.step === 'resolved' && age >= CLOSED_AFTER) {
      person.edit(TABLE, id, { Status: 'Closed' });
      life.step = 'closed';
    }
  }
  return [...lives.values()].every(({ step }) => step === 'closed');
}

/** Rows that know when they were answered and closed. */
function wholeRows({ people }: SimulatedBase) {
  const columns = ['First responded at', 'Closed at'];
  const rows = people.rows(TABLE).filter(({ fields }) => fields['Status'] === 'Closed');
  return rows.filter(({ fields }) => columns.every((title) => isFilled(fields[title])));
}

function told(base: SimulatedBase, { total, goal }: { total: number; goal: number }): readonly Figure[] {
  const { requests, byKind, tooMany } = base.counters();
  const rows = base.people.rows(TABLE);
  const warned = rows.filter(({ fields }) => String(fields['Activity']).includes(WARNED));
  return [
    { what: 'rows', value: rows.length, unit: '', goal: exactly(total) },
    { what: 'rows that tell the whole life', value: wholeRows(base).length, unit: '', goal: exactly(total) },
    { what: 'rows that tell of a warning', value: warned.length, unit: '', goal: exactly(total) },
    { what: 'requests for a ticket', value: requests / total, unit: '', goal: atMost(goal) },
    { what: 'answered 429', value: tooMany, unit: '', goal: exactly(0) },
    ...Object.entries(byKind).map(([kind, value = 0]) => ({ what: `requests: ${kind}`, value, unit: '' })),
  ];
}

function waited(lives: readonly Life[]): readonly Figure[] {
  const waits = lives.flatMap(({ understoodAfter }) => understoodAfter ?? []);
  return [
    { what: 'an answer taken after, p50', value: median(waits) / 1000, unit: 's' },
    { what: 'an answer taken after, p99', value: quantile(waits, 0.99) / 1000, unit: 's' },
  ];
}
