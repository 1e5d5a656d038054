import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createHours } from '../../src/demo/hours.ts';
import { VERDICTS } from '../../src/domain/escalation.ts';
import type { Act, Scene, Story } from '../../src/demo/scene.ts';
import { tellStory } from '../../src/demo/story.ts';
import { TOPICS } from '../../src/demo/topics/index.ts';
import { aCalendar, at } from '../support/builders.ts';

const ZONE = 'Europe/Amsterdam';

const HOURS = createHours({
  office: aCalendar(ZONE, 'Mon-Fri 09:00-18:00', { name: 'office' }),
  extended: aCalendar(ZONE, 'Mon-Sat 07:00-21:00', { name: 'extended' }),
});

/** A Wednesday afternoon, a Sunday night and the night in which the clocks change. */
const ENDS = ['2026-11-18T14:20:00Z', '2026-11-22T02:10:00Z', '2026-10-25T01:30:00Z'].map(at);
const [WEDNESDAY = at('2026-11-18T14:20:00Z')] = ENDS;

/** Each is told once, as telling takes its time. */
const TOLD = new Map<string, Story>();

function aStory(given: { seed?: number; days?: number; end?: Temporal.Instant } = {}): Story {
  const told = TOLD.get(JSON.stringify(given)) ?? tell(given);
  TOLD.set(JSON.stringify(given), told);
  return told;
}

function tell(given: { seed?: number; days?: number; end?: Temporal.Instant } = {}): Story {
  return tellStory({ seed: 1, days: 90, end: WEDNESDAY, hours: HOURS, ...given });
}

function texts({ scenes }: Story): string[] {
  return scenes.flatMap(({ subject, text, acts }) => [
    subject,
    text,
    ...acts.flatMap((act) => ('text' in act ? [act.text] : [])),
  ]);
}

describe('the story of a demo', () => {
  it('is the same for the same seed and end, and another for another', () => {
    expect(tell({ days: 20 })).toEqual(tell({ days: 20 }));
    expect(texts(aStory({ seed: 2, days: 20 }))).not.toEqual(texts(aStory({ days: 20 })));
  });

  it('has six to nine requests on a day', () => {
    const { scenes } = aStory();
    expect(scenes.length).toBeGreaterThanOrEqual(540);
    expect(scenes.length).toBeLessThanOrEqual(810);
  });

  it('grows, and has ever more trouble with accounts of late', () => {
    const { scenes, end } = aStory();
    const daysAgo = ({ at: begin }: Scene) => begin.until(end).total('hours') / 24;
    const inDays = (from: number, to: number) =>
      scenes.filter((scene) => daysAgo(scene) >= from && daysAgo(scene) < to);
    expect(inDays(5, 35).length).toBeGreaterThan(inDays(60, 90).length * 1.2);
    const texts = TOPICS.accounts.map(({ text }) => text.slice(0, 20).toLowerCase());
    const share = (some: readonly Scene[]) =>
      some.filter(({ text }) => texts.some((begin) => text.toLowerCase().includes(begin))).length / some.length;
    expect(share(inDays(5, 20))).toBeGreaterThan(share(inDays(30, 90)) * 1.5);
  });

  it('has people who read each article of the example, and some whom it answers', () => {
    const { readings, begin, end } = aStory();
    const files = readdirSync(join(import.meta.dirname, '../../config/examples/bramble/articles'));
    const names = new Set(readings.map(({ article }) => article));
    expect([...names].map((name) => `${name}.md`).toSorted()).toEqual(files.toSorted());
    for (const name of names) {
      const own = readings.filter(({ article }) => article === name);
      expect(own.length).toBeGreaterThan(30);
      expect(new Set(own.map(({ isAnswered }) => isAnswered))).toEqual(new Set([true, false]));
    }
    expect(readings.filter(({ at: moment }) => Temporal.Instant.compare(moment, begin) < 0)).toEqual([]);
    expect(begin.until(end).total('hours')).toBeGreaterThan(89 * 24);
  });

  it('has what each report looks at: what customers say, verdicts, hand-offs that come back, words that are suggested', () => {
    const acts = aStory().scenes.flatMap((scene) => scene.acts);
    const of = <Do extends Act['do']>(what: Do) =>
      acts.filter((act): act is Extract<Act, { do: Do }> => act.do === what);
    expect(new Set(of('rate').map(({ score }) => score))).toEqual(new Set([1, 2, 3, 4, 5]));
    expect(new Set(of('calm').map(({ verdict }) => verdict))).toEqual(new Set(VERDICTS));
    expect(new Set(of('answer hand-off').map(({ accepts }) => accepts))).toEqual(new Set([true, false]));
    expect(of('hand off').length).toBeGreaterThan(20);
    expect(of('escalate').length).toBeGreaterThan(10);
    expect(of('category').length).toBeGreaterThan(40);
    expect(new Set(of('answer').map(({ begins }) => begins))).toEqual(
      new Set([undefined, 'as suggested', 'with the suggested words']),
    );
  });

  it('has customers for whom it goes badly of late, and one who has gone quiet', () => {
    const { scenes, end } = aStory();
    const lately = (name: string, days: number) =>
      scenes.filter(({ customer, at: begin }) => customer.name === name && begin.until(end).total('hours') < days * 24);
    expect(lately('Helen Sutcliffe', 28).length).toBeGreaterThanOrEqual(5);
    expect(lately('Felix Armstrong', 28)).toEqual([]);
    expect(lately('Felix Armstrong', 90).length).toBe(6);
  });

  it('has requests at working hours for the most part, and a few at night', () => {
    const hours = aStory().scenes.map((scene) => scene.at.toZonedDateTimeISO(ZONE).hour);
    const byDay = hours.filter((hour) => hour >= 8 && hour < 18).length;
    const atNight = hours.filter((hour) => hour < 6).length;
    expect(byDay / hours.length).toBeGreaterThan(0.7);
    expect(atNight).toBeGreaterThan(0);
    expect(atNight / hours.length).toBeLessThan(0.06);
  });

  it('has fewer requests on a Sunday than on a Monday', () => {
    const days = aStory().scenes.map((scene) => scene.at.toZonedDateTimeISO(ZONE).dayOfWeek);
    const on = (day: number) => days.filter((each) => each === day).length;
    expect(on(7) * 2).toBeLessThan(on(1));
  });

  it('tells of more than sixty different things, with more than three hundred different first lines', () => {
    const { scenes } = aStory();
    expect(Object.values(TOPICS).flat().length).toBeGreaterThan(100);
    expect(new Set(scenes.map(({ text }) => text)).size).toBeGreaterThan(scenes.length * 0.95);
    expect(new Set(scenes.map(({ subject }) => subject)).size).toBeGreaterThan(200);
  });

  it('leaves no gap unfilled but that for whoever writes', () => {
    const left = texts(aStory()).flatMap((text) => text.match(/\{\w+\}/g) ?? []);
    expect(new Set(left)).toEqual(new Set(['{agent}']));
  });

  it('names nobody who could exist: all addresses are of example domains', () => {
    const addresses = aStory().scenes.map(({ customer }) => customer.email);
    expect(addresses.filter((address) => !/@[a-z0-9.-]+\.example\.(?:com|org)$/.test(address))).toEqual([]);
  });

  it('has customers who come back, and none who asks the same twice', () => {
    const { scenes } = aStory();
    const byCustomer = Map.groupBy(scenes, ({ customer }) => customer.email);
    expect([...byCustomer.values()].filter((list) => list.length > 3).length).toBeGreaterThan(50);
  });

  it.each(ENDS)('has its acts after the request, in the order of time (end %s)', (end) => {
    const { scenes } = aStory({ end, days: 20 });
    const outOfOrder = scenes.filter(({ at: begin, acts }) => {
      const moments = [begin, ...acts.map((act) => act.at)];
      return moments.some((moment, index) => {
        const before = moments[index - 1];
        return before !== undefined && Temporal.Instant.compare(before, moment) > 0;
      });
    });
    expect(outOfOrder.map(({ subject }) => subject)).toEqual([]);
  });

  it.each(ENDS)('begins before its end, and no request comes later (end %s)', (end) => {
    const { begin, scenes, mishaps } = aStory({ end, days: 1 });
    expect(Temporal.Instant.compare(begin, end)).toBe(-1);
    expect([...scenes, ...mishaps].filter((each) => Temporal.Instant.compare(each.at, end) > 0)).toEqual([]);
  });
});
