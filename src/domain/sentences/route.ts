import type { Reason } from '../decision.ts';
import { because, counted, cut, plain, series, type Sentences, word, words } from './words.ts';

/** How a queue picks, in words. */
const BY_METHOD: Readonly<Record<string, string>> = {
  round_robin: 'by round robin',
  load: 'by load',
  weighted: 'by weight',
  none: 'by name',
};

/** Up to so many people are named, more are counted. */
const MOST_NAMED = 4;

/** Which queue, which person, and who is waited for. */
export const routeSentences: Sentences = {
  'route.rule': (reason) => `To ${queueOf(reason)}${because(reason)}.`,
  'route.default': (reason) => `To ${queueOf(reason)}, because no routing rule fits.`,
  'route.review': (reason) => `To ${queueOf(reason)}, because a person must look first; nothing is routed on a guess.`,
  'route.by_hand': (reason) => `Stays in ${queueOf(reason)}, because ${word(reason.params, 'by')} chose it.`,
  'route.nobody': (reason) =>
    `To ${queueOf(reason)}, because nobody in ${word(reason.params, 'wanted')} ${missing(reason)}.`,
  'route.assigned': (reason) => `To ${assignment(reason)}${extras(reason)}.`,
  'route.announced': ({ params }) => `Told ${word(params, 'agent')} of the new ticket.`,
  'route.unassigned': ({ params }) =>
    `Taken from ${word(params, 'agent')}: ${leaving(params['why'], word(params, 'queue'))}.`,
  'route.given_back': ({ params }) =>
    `Back to ${word(params, 'queue')}: ${word(params, 'agent')} did nothing with it for ${forMinutes(params)}.`,
  'route.given_back_told': ({ params }) => `Told ${word(params, 'agent')} that it went back.`,
  'route.round_over': ({ params }) => {
    const to = words(params, 'to');
    const told = to.length === 0 ? '' : `; told ${series(to, { most: 2 })}`;
    return `Stays in ${word(params, 'queue')}: everybody there had it, and nobody worked on it (${series(words(params, 'had'), { most: MOST_NAMED })})${told}.`;
  },
  'route.kept': ({ params }) => `Stays with ${word(params, 'agent')}, who is off at the moment.`,
  'route.waiting': waiting,
  'route.fallback_queue': ({ params }) =>
    `To ${word(params, 'queue')}, because nobody in ${word(params, 'from')} could take it for ${forMinutes(params)}.`,
  'route.fallback_agent': ({ params }) =>
    `${word(params, 'agent')} may take it too, because nobody in ${word(params, 'queue')} could for ${forMinutes(params)}.`,
  'route.fallback_alert': ({ params }) =>
    `Told ${series(words(params, 'to'))}, because nobody in ${word(params, 'queue')} could take it for ${forMinutes(params)}.`,
  'route.fallback_skipped': ({ params }) =>
    `Stays in ${word(params, 'queue')}, because ${word(params, 'by')} chose it; ${word(params, 'instead')} would be next.`,
  'route.nobody_told': ({ params }) =>
    `Told ${series(words(params, 'to'))}, because nobody in ${word(params, 'wanted')} can ever take it.`,
};

/** `to Bea by round robin`, or `waits in billing`, as it also stands behind a category in the sentence of a turn. */
export function whereabouts(reason: Reason): string {
  return reason.code === 'route.waiting' ? `waits in ${queueOf(reason)}` : `to ${assignment(reason)}`;
}

function assignment({ params }: Reason): string {
  const method = word(params, 'method');
  return `${word(params, 'agent')} ${BY_METHOD[method] ?? plain(method)}`;
}

function extras({ params }: Reason): string {
  const parts = [` from ${word(params, 'queue')}`];
  const among = words(params, 'among').length;
  const tieBreak = word(params, 'tieBreak');
  if (among > 1) parts.push(tieBreak === '' ? `, first of ${among}` : `, ${plain(tieBreak)} of ${among}`);
  if (among === 1) parts.push(', who alone can take it now');
  if (params['overCap'] === true)
    parts.push(`, one over the cap because ${params['vip'] === true ? 'a VIP asks' : 'it is urgent'}`);
  const unmet = words(params, 'unmet');
  if (unmet.length > 0) parts.push(`; nobody with ${series(unmet, { last: 'or' })} ${word(params, 'unmetWhy')}`);
  return parts.join('');
}

function waiting({ params }: Reason): string {
  const queue = word(params, 'queue');
  if (params['method'] === 'none') return `In ${queue} until somebody takes it.`;
  const excluded = words(params, 'excluded');
  const place = params['vip'] === true ? `at the head of ${queue} as a VIP` : `in ${queue}`;
  if (excluded.length === 0) return `Waits ${place}: it has no members.`;
  return `Waits ${place}, because nobody can take it now: ${series(whyNot(excluded), { most: MOST_NAMED })}.`;
}

/** `Ana: at cap`, or `12 off shift` when there are too many to name. */
function whyNot(excluded: readonly string[]): readonly string[] {
  if (excluded.length <= MOST_NAMED) return excluded.map((text) => cut(text, 40));
  const counts = new Map<string, number>();
  for (const text of excluded) {
    const why = text.slice(text.lastIndexOf(': ') + 1).trim();
    counts.set(why, (counts.get(why) ?? 0) + 1);
  }
  return [...counts].map(([why, count]) => `${count} ${cut(why, 40)}`);
}

function missing({ params }: Reason): string {
  const skills = words(params, 'skills');
  return skills.length === 0 ? 'can ever take it' : `has the skill ${series(skills)}`;
}

function leaving(why: unknown, queue: string): string {
  if (why === 'gone') return 'no longer on the desk';
  if (why === 'off') return 'off while the customer writes again';
  if (why === 'skill') return `${queue} needs other skills now`;
  return `the ticket moved to ${queue}`;
}

function forMinutes(params: Reason['params']): string {
  return counted(Number(params['minutes']), 'minute');
}

function queueOf({ params }: Reason): string {
  return word(params, 'queue');
}
