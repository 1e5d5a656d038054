import type { Verdict } from '../domain/escalation.ts';
import type { Score } from '../domain/follow-up.ts';
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
  | 'wrote after the end'
  | 'escalated'
  | 'held'
  | 'handed over'
  | 'given back';

/** What a plot is made of. */
export interface Casting {
  topic: Topic;
  customer: Customer;
  gaps: Gaps;
  at: Temporal.Instant;
  /** Whether it goes badly for this customer of late. */
  isUnhappy: boolean;
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
  [10, 'wrote after the end'],
  [5, 'escalated'],
  [5, 'handed over'],
  [3, 'given back'],
];

/** How content customers are, and what they write with it; most write nothing. */
const CONTENT: readonly (readonly [weight: number, score: Score, comment: string | null])[] = [
  [34, 5, null],
  [10, 5, 'Quick and kind, as always.'],
  [24, 4, null],
  [5, 4, 'Good answer, could have been sooner.'],
  [9, 3, null],
  [3, 2, 'I had to explain it twice.'],
  [2, 1, 'Nobody understood what I asked.'],
];
const DISCONTENT: typeof CONTENT = [
  [10, 4, null],
  [30, 3, null],
  [35, 2, 'It came back the next day.'],
  [25, 1, 'Third time I write about the same.'],
];

/** Who is asked how it was answers this often. */
const ANSWERS_SURVEYS = 0.55;

/** Of answers for which words are suggested, so many begin with them, and so many of those are left as they are. */
const TAKES_SUGGESTION = 0.75;
const LEAVES_IT = 0.6;

/** What another queue knows more of goes there more often than not. */
const OFTEN_PASSED_ON = 400;

/** Hand-offs to a queue that is asked first come back this often. */
const REJECTED = 0.55;

/** Words that raise the priority; as often as not a person takes that back. */
const LOUD = /urgent|asap|as soon as possible|immediately|right away|opening tomorrow/i;
const CALMED = 0.55;

/** Chooses a plot that the topic has the words for. */
export function choosePlot(chance: Chance, topic: Topic): Plot {
  const passedOn = topic.forOthers === undefined ? [] : [[OFTEN_PASSED_ON, 'handed over'] as const];
  return chance.weighted([...PLOTS.filter(([, plot]) => isPossible(plot, topic)), ...passedOn]);
}

function isPossible(plot: Plot, { ask, again, hold, forOne }: Topic): boolean {
  if (plot === 'handed over' || plot === 'given back' || plot === 'escalated') return forOne !== true;
  if (plot === 'asked back' || plot === 'never heard again') return ask !== undefined;
  if (plot === 'came back' || plot === 'wrote after the end') return again !== undefined;
  return plot !== 'held' || hold !== undefined;
}

/** Writes down act by act how a ticket goes on, as if it had all the time in the world. */
export function actsOf(plot: Plot, casting: Casting, { chance, hours }: { chance: Chance; hours: Hours }): Act[] {
  const { topic } = casting;
  const isDisappointed = plot === 'came back' || plot === 'wrote after the end';
  const acts = createScript({ ...casting, isUnhappy: casting.isUnhappy || isDisappointed }, { chance, hours });
  if (topic.really !== undefined) acts.we(chance.between(6, 90), { do: 'category', to: topic.really });
  else if (topic.mistaken !== undefined && chance.isLucky(topic.mistaken.often))
    acts.we(chance.between(6, 90), { do: 'category', to: topic.mistaken.really });
  if (LOUD.test(topic.text) && chance.isLucky(CALMED)) acts.we(chance.between(3, 30), { do: 'priority', to: 'medium' });
  if (plot === 'escalated') acts.we(chance.between(10, 60), { do: 'escalate' });
  if (plot === 'given back') acts.we(chance.between(5, 40), { do: 'give back' });
  // With the answer an escalation ends by itself; whoever has it says before what it was worth, or does not.
  acts.we(firstDelay(casting, chance), { do: 'calm', verdict: verdictOn(casting, chance) });
  acts.we(1, firstWords(plot, topic, chance));
  followUp(plot, topic, { acts, chance });
  return acts.list();
}

function verdictOn({ isUnhappy }: Casting, chance: Chance): Verdict {
  return chance.weighted<Verdict>([
    [50, 'necessary'],
    [isUnhappy ? 60 : 6, 'too_late'],
    [44, 'premature'],
  ]);
}

function firstWords(plot: Plot, { answer, ask, hold, ownWords }: Topic, chance: Chance): Deed {
  if (plot === 'asked back' || plot === 'never heard again') return { do: 'answer', text: ask?.[0] ?? answer };
  if (plot === 'held') return { do: 'answer', text: hold?.[0] ?? answer };
  if (ownWords === true || !chance.isLucky(TAKES_SUGGESTION)) return { do: 'answer', text: answer };
  const begins = chance.isLucky(LEAVES_IT) ? 'as suggested' : 'with the suggested words';
  return { do: 'answer', text: answer, begins };
}

/** What comes after the first answer. */
function followUp(plot: Plot, topic: Topic, { acts, chance }: { acts: Script; chance: Chance }): void {
  switch (plot) {
    case 'answered':
    case 'escalated':
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
    case 'wrote after the end':
      acts.we(3, { do: 'status', to: 'resolved' });
      acts.we(chance.between(1500, 1900), { do: 'status', to: 'closed' });
      acts.they(chance.between(200, 1500), { do: 'write', text: topic.again?.[0] ?? '' });
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
      acts.we(chance.between(20, 200), { do: 'answer hand-off', ...yesOrNo(chance) });
      acts.we(pickDelay(chance, NEXT_ANSWER), { do: 'note', text: 'Looked into it, all is as written. Settled.' });
      return finish(topic, { acts, chance });
  }
}

function yesOrNo(chance: Chance): Pick<Extract<Deed, { do: 'answer hand-off' }>, 'accepts' | 'code'> {
  if (!chance.isLucky(REJECTED)) return { accepts: true, code: null };
  return { accepts: false, code: chance.pick(['not_ours', 'needs_details']) };
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
  const closes = chance.between(700, 1600);
  if (chance.isLucky(0.7)) acts.we(closes, { do: 'status', to: 'closed' });
  if (!chance.isLucky(ANSWERS_SURVEYS)) return;
  const [score, comment] = chance.weighted(
    (acts.isUnhappy ? DISCONTENT : CONTENT).map(([weight, ...said]) => [weight, said] as const),
  );
  acts.they(chance.between(1700, 2600), { do: 'rate', score, comment });
}

function firstDelay({ topic, customer, isUnhappy }: Casting, chance: Chance): number {
  // Nobody knows why it is always the same who wait.
  if (isUnhappy) return chance.between(300, 900);
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
  /** Whether the customer has reason to complain. */
  isUnhappy: boolean;
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
    isUnhappy: casting.isUnhappy,
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
