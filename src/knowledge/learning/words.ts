import { percent } from '../../domain/opinion.ts';
import type { Missing } from '../classifier/index.ts';
import { costWords } from '../model/cost-words.ts';
import type { Comparison, Score } from './compare.ts';
import type { LearningState } from './index.ts';
import type { StoredVectors } from './stored-models.ts';
import type { StoredProposal } from './stored-proposals.ts';
import type { Worth } from './train.ts';
import type { VectorsStanding } from './vectors-standing.ts';

/** So many categories are named; the others are counted. */
const MOST_NAMED = 5;

/** What came of it, in a sentence; null while nobody has tried. */
export function endingWords({ ending, triedAt, endedAt }: LearningState): string | null {
  if (ending === null) return triedAt === null || endedAt !== null ? null : 'It is being learned just now.';
  switch (ending.kind) {
    case 'learned':
      return ending.comparison === null ? null : comparisonWords(ending.comparison);
    case 'kept':
      return comparisonWords(ending.comparison);
    case 'missing':
      return missingWords(ending.missing);
    case 'failed':
      return `It failed, and is tried again: ${ending.message}`;
  }
}

/** What there must be before anything is learned, and what there is. */
export function missingWords({ tickets, ticketsNeeded, categories, short }: Missing): string {
  const known = `${tickets.toLocaleString('en-GB')} ${tickets === 1 ? 'ticket is' : 'tickets are'} known`;
  const few = short.length === 0 ? '' : ` Fewer have ${namesOf(short)}.`;
  const enough = categories.length === 0 ? 'no category has five yet' : `five or more have ${categories.join(', ')}`;
  return (
    `Nothing is learned yet: at least ${ticketsNeeded} tickets that people know are needed, and two categories with ` +
    `five each. So far ${known}; ${enough}.${few}`
  );
}

/** What there is to suggest of a field, from how much, and what that is worth. */
export function proposalWords({ field, promise, outcome }: StoredProposal): string {
  const what = field === 'priority' ? 'Priority' : 'Queue';
  if (outcome.kind === 'missing') {
    const { tickets, ticketsNeeded } = outcome.missing;
    return (
      `${what}: nothing is suggested yet. At least ${ticketsNeeded} tickets are needed of which a person chose it, or ` +
      `chose something else and let it stand, five each of two values. So far there are ${tickets.toLocaleString('en-GB')}.`
    );
  }
  const { tickets, coverage, precision } = outcome.report;
  const from = `${what}: learned from ${tickets.toLocaleString('en-GB')} tickets in which people had a hand.`;
  if (coverage === 0) return `${from} It is never sure enough to suggest one.`;
  return (
    `${from} It would be sure of ${percent(coverage)} of them, and right in ${percent(precision)} of those; ` +
    `${percent(promise)} are promised.`
  );
}

function namesOf(short: Missing['short']): string {
  const named = short.slice(0, MOST_NAMED).map(({ category, tickets }) => `${category} (${tickets})`);
  const others = short.length - named.length;
  return others === 0 ? named.join(', ') : `${named.join(', ')} and ${others} more`;
}

function comparisonWords({ tickets, older, newer, isOlderBetter }: Comparison): string {
  const on = `On ${tickets} of the newest tickets, which neither had seen,`;
  if (isOlderBetter) {
    return `${on} what was learned now did clearly worse (${scoreWords(newer)}) than what was there (${scoreWords(older)}), so that stays.`;
  }
  return `${on} it did as well as what was there before: ${scoreWords(newer)}, against ${scoreWords(older)}.`;
}

/** What vectors are worth, whether they are heard, what they took, and why some could not be had; null where none are asked for. */
export function vectorsWords({ model, vectors }: Pick<LearningState, 'model' | 'vectors'>): string | null {
  const worth = model?.vectors === null || model === null ? null : worthOfVectors(model.vectors, model.tickets);
  if (vectors === null) return worth;
  const { name, unasked, failed } = vectors;
  if (unasked !== null) {
    return `Vectors of ${name} cannot be asked for, so words alone are heard. ${unasked.message} ${unasked.fix}`;
  }
  const parts = [
    worth ?? `Vectors of ${name} are learned from the next time.`,
    tookWords(vectors),
    failed === null ? null : failedWords(failed),
  ];
  return parts.filter((part) => part !== null).join(' ');
}

function failedWords({ problem, day }: NonNullable<VectorsStanding['failed']>): string {
  const on = Temporal.PlainDate.from(day).toLocaleString('en-GB', { day: 'numeric', month: 'long' });
  return `The last that could not be had was on ${on}, and words alone were heard: ${problem.message}`;
}

function tookWords({ requests, cost }: VectorsStanding): string | null {
  if (requests === 0) return null;
  const asked = `They took ${requests.toLocaleString('en-GB')} ${requests === 1 ? 'request' : 'requests'} this month`;
  return cost === null ? `${asked}.` : `${asked}, for ${costWords(cost.amount, cost.currency)}.`;
}

function worthOfVectors({ name, tickets, dimensions, words, joined, isUsed }: StoredVectors, all: number): string {
  if (joined === null) {
    const of = `of ${all.toLocaleString('en-GB')} tickets`;
    const few = tickets === 0 ? `none ${of} has one` : `only ${tickets.toLocaleString('en-GB')} ${of} have one`;
    return `Vectors of ${name} are not heard yet, as ${few}; the others are asked for in the night.`;
  }
  const of = `vectors of ${name} (${dimensions.toLocaleString('en-GB')} numbers each)`;
  const [withThem, without] = [worthWords(joined), worthWords(words)];
  return isUsed
    ? `With ${of} it would place ${withThem}; by words alone ${without}, which is how it judges where a vector is missing.`
    : `Words alone are heard: by them it would place ${without}; with ${of} it does no better: ${withThem}.`;
}

function worthWords({ coverage, precision }: Worth): string {
  return coverage === 0 ? 'nothing by itself' : `${percent(coverage)}, of which ${percent(precision)} are right`;
}

function scoreWords({ precision, coverage }: Score): string {
  return precision === null ? 'no answer' : `${percent(precision)} right, ${percent(coverage)} answered`;
}
