import { arrivalsOf } from './arrivals.ts';
import { CUSTOMERS, type Customer, customerNamed } from './cast.ts';
import { type Chance, createChance } from './chance.ts';
import { finale } from './finale.ts';
import type { Hours } from './hours.ts';
import { mishapsOf } from './mishaps.ts';
import { readingsOf } from './readers.ts';
import type { Scene, Story } from './scene.ts';
import { type Drawn, sceneOf, type Teller } from './teller.ts';
import { FREQUENCIES, type TopicGroup, TOPICS } from './topics/index.ts';
import type { Topic } from './topics/topic.ts';

/** Requests by key customers: they are few and write often. */
const BY_KEY_CUSTOMERS = 0.07;

/** Over the question mark in the app; the others use the form on the site. */
const OVER_THE_APP = 0.38;

/** Days with many alike, so many days before the end: an outage, a sync gone wrong, and the new sign-in. */
const WAVES: readonly { daysAgo: number; from: string; minutes: number; count: number; group: TopicGroup }[] = [
  { daysAgo: 23, from: '09:12', minutes: 48, count: 8, group: 'outages' },
  { daysAgo: 51, from: '16:40', minutes: 25, count: 3, group: 'outages' },
  { daysAgo: 9, from: '11:05', minutes: 70, count: 6, group: 'bugs' },
  { daysAgo: 5, from: '09:20', minutes: 300, count: 11, group: 'accounts' },
];

/** Since the new sign-in more people have trouble with it. */
const GROWING = { group: 'accounts', days: 20, times: 2.4 } as const;

/** Whoever was not helped for good asks the same kind of thing again within days. */
const ASKS_AGAIN = 0.03;

/** For these it goes badly of late, and one of those who used to ask every other week has gone quiet. */
const UNHAPPY = {
  names: ['Helen Sutcliffe', 'Marcus Bell', 'Beatrice Fontaine'],
  groups: ['refunds', 'bugs', 'refunds', 'bugs', 'refunds'],
  days: 26,
} as const;
const GONE_QUIET = {
  name: 'Felix Armstrong',
  groups: ['questions', 'billing', 'bugs', 'questions', 'ideas', 'questions'],
  days: 34,
  every: 9,
} as const;

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
  const usual = arrivalsOf(chance, given).map((at) => draw.any(at, isOfLate(at, end)));
  const fates = fatesOf({ draw, given });
  const waves = WAVES.flatMap((wave) => wavesOf(wave, { chance, given, draw }));
  const told = [...usual, ...waves, ...fates].map((drawn) => ({ drawn, scene: sceneOf(drawn, teller) }));
  const again = told.flatMap((each) => (chance.isLucky(ASKS_AGAIN) ? askedAgain(each, { draw, chance }) : []));
  const all = [...told.map(({ scene }) => scene), ...again.map((drawn) => sceneOf(drawn, teller))];
  const scenes = [...all, ...finale(teller, end)].filter(({ at }) => Temporal.Instant.compare(at, end) < 0);
  const begin = scenes.reduce((first, { at }) => (Temporal.Instant.compare(at, first) < 0 ? at : first), end);
  const readings = readingsOf({ seed, begin, end });
  return { begin, end, scenes, mishaps: mishapsOf(teller, { begin, end }), readings };
}

const GROWN_FREQUENCIES = FREQUENCIES.map(
  ([weight, group]) => [group === GROWING.group ? weight * GROWING.times : weight, group] as const,
);

function isOfLate(at: Temporal.Instant, end: Temporal.Instant): boolean {
  return Temporal.Instant.compare(at, end.subtract({ hours: 24 * GROWING.days })) > 0;
}

interface Drawing {
  any(at: Temporal.Instant, isGrowing: boolean): Drawn;
  of(group: TopicGroup, at: Temporal.Instant, customer?: Customer): Drawn;
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
  function of(group: TopicGroup, at: Temporal.Instant, customer?: Customer): Drawn {
    const topic = topicOf(group);
    const via = group === 'phone' ? 'phone' : chance.isLucky(OVER_THE_APP) ? 'app' : 'website';
    return { at, topic, customer: customer ?? customerFor(topic), via };
  }
  function customerFor(topic: Topic): Customer {
    const all = customersFor(topic, chance);
    const fresh = all.filter(({ email }) => !asked.has(`${email} ${topic.text}`));
    const customer = chance.pick(fresh.length > 0 ? fresh : all);
    asked.add(`${customer.email} ${topic.text}`);
    return customer;
  }
  return { of, any: (at, isGrowing) => of(chance.weighted(isGrowing ? GROWN_FREQUENCIES : FREQUENCIES), at) };
}

function customersFor({ language = 'en' }: Topic, chance: Chance): readonly Customer[] {
  const isKey = language === 'en' && chance.isLucky(BY_KEY_CUSTOMERS);
  return CUSTOMERS.filter(
    (customer) => customer.language === language && customer.isKey === isKey && customer.name !== GONE_QUIET.name,
  );
}

/** Those for whom it goes badly, spread over their days, and the one who used to ask and does no more. */
function fatesOf({ draw, given }: { draw: Drawing; given: Given }): readonly Drawn[] {
  const daysBefore = (days: number) => given.end.subtract({ hours: Math.round(24 * days) });
  const unhappy = UNHAPPY.names.flatMap((name, person) =>
    UNHAPPY.groups.map((group, index) => {
      const days = UNHAPPY.days - index * 4.3 - person * 0.9;
      return { days, drawn: { ...draw.of(group, daysBefore(days), customerNamed(name)), isUnhappy: true } };
    }),
  );
  const quiet = GONE_QUIET.groups.map((group, index) => {
    const days = GONE_QUIET.days + index * GONE_QUIET.every;
    return { days, drawn: draw.of(group, daysBefore(days), customerNamed(GONE_QUIET.name)) };
  });
  return [...unhappy, ...quiet].flatMap(({ days, drawn }) => (days > given.days ? [] : [drawn]));
}

/** The same customer about the same kind of thing, some days after all was said. */
function askedAgain(
  { drawn, scene }: { drawn: Drawn; scene: Scene },
  { draw, chance }: { draw: Drawing; chance: Chance },
): readonly Drawn[] {
  const last = scene.acts.at(-1);
  const group = groupOf(drawn.topic);
  if (last === undefined || group === null) return [];
  return [draw.of(group, last.at.add({ minutes: chance.between(300, 5000) }), drawn.customer)];
}

function groupOf(topic: Topic): TopicGroup | null {
  const groups = Object.keys(TOPICS) as TopicGroup[];
  return groups.find((group) => TOPICS[group].includes(topic)) ?? null;
}

interface Given {
  days: number;
  end: Temporal.Instant;
  timeZone: string;
}

function wavesOf(
  { daysAgo, from, minutes, count, group }: (typeof WAVES)[number],
  { chance, given, draw }: { chance: Chance; given: Given; draw: Drawing },
): readonly Drawn[] {
  if (daysAgo > given.days) return [];
  const day = weekdayBefore(given.end.toZonedDateTimeISO(given.timeZone).toPlainDate().subtract({ days: daysAgo }));
  const first = day.toZonedDateTime({ timeZone: given.timeZone, plainTime: from }).toInstant();
  return Array.from({ length: count }, () => draw.of(group, first.add({ seconds: chance.between(0, minutes * 60) })));
}

function weekdayBefore(day: Temporal.PlainDate): Temporal.PlainDate {
  return day.dayOfWeek > 5 ? day.subtract({ days: day.dayOfWeek - 5 }) : day;
}
