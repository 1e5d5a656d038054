import { arrivalsOf } from './arrivals.ts';
import { CUSTOMERS, type Customer } from './cast.ts';
import { type Chance, createChance } from './chance.ts';
import { finale } from './finale.ts';
import type { Hours } from './hours.ts';
import { mishapsOf } from './mishaps.ts';
import type { Story } from './scene.ts';
import { type Drawn, sceneOf, type Teller } from './teller.ts';
import { FREQUENCIES, type TopicGroup, TOPICS } from './topics/index.ts';
import type { Topic } from './topics/topic.ts';

/** Requests by key customers: they are few and write often. */
const BY_KEY_CUSTOMERS = 0.07;

/** Over the question mark in the app; the others use the form on the site. */
const OVER_THE_APP = 0.38;

/** Days with many alike, so many days before the end: the morning of the outage, and a sync gone wrong. */
const WAVES: readonly { daysAgo: number; from: string; minutes: number; count: number; group: TopicGroup }[] = [
  { daysAgo: 23, from: '09:12', minutes: 48, count: 8, group: 'outages' },
  { daysAgo: 51, from: '16:40', minutes: 25, count: 3, group: 'outages' },
];

export interface StoryGiven {
  /** The same seed and end give the same story. */
  seed: number;
  days: number;
  end: Temporal.Instant;
  hours: Hours;
}

/** Tells so many days of a help desk, up to its end: who wrote when, and what became of it. */
export function tellStory({ seed, days, end, hours }: StoryGiven): Story {
  const chance = createChance(seed);
  const draw = createDrawing(chance);
  const teller: Teller = { chance, hours };
  const given = { days, end, timeZone: hours.timeZone };
  const usual = arrivalsOf(chance, given).map((at) => draw.any(at));
  const waves = WAVES.flatMap((wave) => wavesOf(wave, { chance, given, draw }));
  const told = [...usual, ...waves].map((drawn) => sceneOf(drawn, teller));
  const scenes = [...told, ...finale(teller, end)].filter(({ at }) => Temporal.Instant.compare(at, end) < 0);
  const begin = scenes.reduce((first, { at }) => (Temporal.Instant.compare(at, first) < 0 ? at : first), end);
  return { begin, end, scenes, mishaps: mishapsOf(teller, { begin, end }) };
}

interface Drawing {
  any(at: Temporal.Instant): Drawn;
  of(group: TopicGroup, at: Temporal.Instant): Drawn;
}

/** Draws topics so that each has had its turn before one comes again, and nobody asks the same thing twice. */
function createDrawing(chance: Chance): Drawing {
  const left = new Map<TopicGroup, Topic[]>();
  const asked = new Set<string>();
  function topicOf(group: TopicGroup): Topic {
    const rest = left.get(group) ?? [];
    if (rest.length === 0) rest.push(...TOPICS[group]);
    const topic = chance.pick(rest);
    left.set(
      group,
      rest.filter((each) => each !== topic),
    );
    return topic;
  }
  function of(group: TopicGroup, at: Temporal.Instant): Drawn {
    const topic = topicOf(group);
    const via = group === 'phone' ? 'phone' : chance.isLucky(OVER_THE_APP) ? 'app' : 'website';
    return { at, topic, customer: customerFor(topic), via };
  }
  function customerFor(topic: Topic): Customer {
    const all = customersFor(topic, chance);
    const fresh = all.filter(({ email }) => !asked.has(`${email} ${topic.text}`));
    const customer = chance.pick(fresh.length > 0 ? fresh : all);
    asked.add(`${customer.email} ${topic.text}`);
    return customer;
  }
  return { of, any: (at) => of(chance.weighted(FREQUENCIES), at) };
}

function customersFor({ language = 'en' }: Topic, chance: Chance): readonly Customer[] {
  const isKey = language === 'en' && chance.isLucky(BY_KEY_CUSTOMERS);
  return CUSTOMERS.filter((customer) => customer.language === language && customer.isKey === isKey);
}

function wavesOf(
  { daysAgo, from, minutes, count, group }: (typeof WAVES)[number],
  {
    chance,
    given,
    draw,
  }: { chance: Chance; given: { days: number; end: Temporal.Instant; timeZone: string }; draw: Drawing },
): readonly Drawn[] {
  if (daysAgo > given.days) return [];
  const day = weekdayBefore(given.end.toZonedDateTimeISO(given.timeZone).toPlainDate().subtract({ days: daysAgo }));
  const first = day.toZonedDateTime({ timeZone: given.timeZone, plainTime: from }).toInstant();
  return Array.from({ length: count }, () => draw.of(group, first.add({ seconds: chance.between(0, minutes * 60) })));
}

function weekdayBefore(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.dayOfWeek > 5 ? day.subtract({ days: day.dayOfWeek - 5 }) : day;
}
