import type { Customer } from './cast.ts';
import type { Chance } from './chance.ts';
import { fill, type Gaps } from './gaps.ts';
import type { Hours, Pattern } from './hours.ts';
import { customersLetter, ourLetter, thanks } from './letters.ts';
import type { Act, Deed } from './scene.ts';
import type { Pace, Topic } from './topics/topic.ts';

/** How a ticket goes on. */
export type Plot =
  | 'answered'
  | 'thanked'
  | 'asked back'
  | 'never heard again'
  | 'came back'
  | 'held'
  | 'handed over'
  | 'given back';

/** What a plot is made of. */
export interface Casting {
  topic: Topic;
  customer: Customer;
  gaps: Gaps;
  at: Temporal.Instant;
}

/** Minutes of working time, from and to, by how likely they are. */
type Delays = readonly (readonly [weight: number, span: readonly [least: number, most: number]])[];

/**
 * To the first answer. The targets of the example desk are 60, 120, 240 and 540 minutes: most answers are
 * well within, some after the warning, and about one in twelve too late.
 */
const FIRST_ANSWER: Readonly<Record<Pace, Delays>> = {
  'at once': [
    [80, [4, 25]],
    [15, [37, 55]],
    [5, [65, 110]],
  ],
  soon: [
    [58, [6, 60]],
    [25, [60, 95]],
    [9, [98, 118]],
    [8, [126, 420]],
  ],
  usual: [
    [46, [9, 80]],
    [32, [80, 190]],
    [14, [194, 237]],
    [8, [250, 700]],
  ],
  slow: [
    [52, [15, 180]],
    [32, [180, 420]],
    [11, [436, 534]],
    [5, [560, 1100]],
  ],
};

/** From a later message of the customer to its answer. */
const NEXT_ANSWER: Delays = [
  [70, [8, 110]],
  [24, [110, 175]],
  [6, [200, 560]],
];

/** Until a customer answers, in waking minutes. */
const THEIR_ANSWER: Delays = [
  [50, [12, 180]],
  [35, [180, 700]],
  [15, [700, 2400]],
];

/** Few topics have the words for the plots in the middle, so these are likely where they can be. */
const PLOTS: readonly (readonly [weight: number, plot: Plot])[] = [
  [30, 'answered'],
  [22, 'thanked'],
  [55, 'asked back'],
  [6, 'never heard again'],
  [40, 'came back'],
  [30, 'held'],
  [4, 'handed over'],
  [3, 'given back'],
];

/** Chooses a plot that the topic has the words for. */
export function choosePlot(chance: Chance, topic: Topic): Plot {
  return chance.weighted(PLOTS.filter(([, plot]) => isPossible(plot, topic)));
}

function isPossible(plot: Plot, { ask, again, hold, forOne }: Topic): boolean {
  if (plot === 'handed over' || plot === 'given back') return forOne !== true;
  if (plot === 'asked back' || plot === 'never heard again') return ask !== undefined;
  if (plot === 'came back') return again !== undefined;
  return plot !== 'held' || hold !== undefined;
}

/** Writes down act by act how a ticket goes on, as if it had all the time in the world. */
export function actsOf(plot: Plot, casting: Casting, { chance, hours }: { chance: Chance; hours: Hours }): Act[] {
  const acts = createScript(casting, { chance, hours });
  const { topic } = casting;
  if (topic.really !== undefined) acts.we(chance.between(6, 90), { do: 'category', to: topic.really });
  if (plot === 'given back') acts.we(chance.between(5, 40), { do: 'give back' });
  acts.we(firstDelay(casting, chance), firstWords(plot, topic));
  followUp(plot, topic, { acts, chance });
  return acts.list();
}

function firstWords(plot: Plot, { answer, ask, hold }: Topic): Deed {
  if (plot === 'asked back' || plot === 'never heard again') return { do: 'answer', text: ask?.[0] ?? answer };
  return { do: 'answer', text: plot === 'held' ? (hold?.[0] ?? answer) : answer };
}

/** What comes after the first answer. */
function followUp(plot: Plot, topic: Topic, { acts, chance }: { acts: Script; chance: Chance }): void {
  switch (plot) {
    case 'answered':
    case 'given back':
      return finish(topic, { acts, chance });
    case 'thanked':
      acts.they(pickDelay(chance, THEIR_ANSWER), { do: 'write', text: '' });
      return finish(topic, { acts, chance });
    case 'asked back':
      acts.we(1, { do: 'status', to: chance.isLucky(0.8) ? 'pending' : 'needs_info' });
      acts.they(pickDelay(chance, THEIR_ANSWER), { do: 'write', text: topic.ask?.[1] ?? '' });
      acts.we(pickDelay(chance, NEXT_ANSWER), { do: 'answer', text: topic.answer });
      return finish(topic, { acts, chance });
    case 'never heard again':
      acts.we(1, { do: 'status', to: 'pending' });
      acts.we(chance.between(3000, 4200), {
        do: 'note',
        text: 'No answer for a week. Closed; a reply opens a new ticket.',
      });
      return acts.we(1, { do: 'status', to: 'closed' });
    case 'came back':
      acts.we(1, { do: 'status', to: 'resolved' });
      acts.they(chance.between(300, 2600), { do: 'write', text: topic.again?.[0] ?? '' });
      acts.we(pickDelay(chance, NEXT_ANSWER), { do: 'answer', text: topic.again?.[1] ?? topic.answer });
      return finish(topic, { acts, chance });
    case 'held':
      acts.we(1, { do: 'status', to: 'on_hold' });
      acts.we(4, { do: 'note', text: topic.hold?.[1] ?? '' });
      acts.we(chance.between(400, 2300), { do: 'answer', text: topic.answer });
      return finish(topic, { acts, chance });
    case 'handed over':
      acts.we(chance.between(10, 60), {
        do: 'note',
        text: 'Handing this on: there is more to it, see the last mails.',
      });
      acts.we(1, passOn(topic));
      acts.we(pickDelay(chance, NEXT_ANSWER), { do: 'note', text: 'Looked into it, all is as written. Settled.' });
      return finish(topic, { acts, chance });
  }
}

/** To the queue that knows more of it, or else to a colleague. */
export function passOn({ forOthers }: Topic): Deed {
  return forOthers === undefined ? { do: 'hand over', to: null } : { do: 'hand off', ...forOthers };
}

/** A note now and then, the end, and some days later the tidying up. */
function finish({ note }: Topic, { acts, chance }: { acts: Script; chance: Chance }): void {
  if (note !== undefined && chance.isLucky(0.6)) acts.we(chance.between(1, 6), { do: 'note', text: note });
  if (chance.isLucky(0.03)) acts.we(2, { do: 'priority', to: chance.pick(['low', 'high']) });
  acts.we(chance.between(1, 4), { do: 'status', to: 'resolved' });
  if (chance.isLucky(0.5)) acts.we(chance.between(1500, 2600), { do: 'status', to: 'closed' });
}

function firstDelay({ topic, customer }: Casting, chance: Chance): number {
  const minutes = pickDelay(chance, FIRST_ANSWER[topic.pace]);
  // Key customers were promised the hour.
  return customer.isKey && topic.pace !== 'at once' ? Math.ceil(minutes / 4) : minutes;
}

function pickDelay(chance: Chance, delays: Delays): number {
  const [least, most] = chance.weighted(delays);
  return chance.between(least, most);
}

/** Acts one after the other, each so much after the one before. */
interface Script {
  we(minutes: number, deed: Deed): void;
  they(minutes: number, deed: Deed): void;
  list(): Act[];
}

function createScript(casting: Casting, { chance, hours }: { chance: Chance; hours: Hours }): Script {
  const { topic, customer, gaps } = casting;
  const acts: Act[] = [];
  const pattern: Pattern = topic.pace === 'at once' ? 'always' : customer.isKey ? 'extended' : 'office';
  let at = casting.at;
  function add(deed: Deed, minutes: number, whose: Pattern): void {
    at = hours.after(at, minutes, whose).add({ seconds: chance.between(3, 56) });
    acts.push({ ...worded(deed, { customer, gaps, chance }), at });
  }
  return {
    we: (minutes, deed) => add(deed, minutes, pattern),
    they: (minutes, deed) => add(deed, minutes, 'awake'),
    list: () => acts,
  };
}

/** A customer who has nothing to say says thanks. */
function worded(deed: Deed, to: { customer: Customer; gaps: Gaps; chance: Chance }): Deed {
  switch (deed.do) {
    case 'answer':
      return { ...deed, text: ourLetter(deed.text, to) };
    case 'note':
      return { ...deed, text: fill(deed.text, to.gaps) };
    case 'write':
      if (deed.text === '') return { ...deed, text: thanks(to.chance, to.customer.language) };
      return { ...deed, text: customersLetter(deed.text, to) };
    default:
      return deed;
  }
}
