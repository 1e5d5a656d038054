import type { Figure } from '../figures/figure.ts';
import { unitWords, wholeWords } from '../words.ts';
import type { Baseline, Before } from './baseline.ts';
import { type Difference, mayBeChance } from './difference.ts';
import type { Side } from './side.ts';

/** Of fewer tickets, a handful of odd ones decide. */
const FEW_TICKETS = 30;

/** So large a share of tickets that is about something else makes another desk of it. */
const OTHER_MIX = 0.2;

/** What is older may have been another team, and other customers. */
const OLD_DAYS = 365;

/** Why one comparison says less than it seems to; empty where nothing speaks against it. */
export function doubtsOf(
  figure: Figure,
  { before, now, better }: { before: Before; now: Side; better: Difference },
): readonly string[] {
  const few = [
    { side: before, when: 'before' },
    { side: now, when: 'now' },
  ].flatMap(({ side: { tickets }, when }) =>
    tickets !== null && tickets < FEW_TICKETS ? [`${wholeWords(tickets)} ${when}`] : [],
  );
  return [
    ...(few.length === 0 ? [] : [`Few tickets: ${few.join(', ')}.`]),
    ...(mayBeChance(better) ? ['Chance alone could make this difference.'] : []),
    ...(before.by === 'given' ? ['The figure before is taken as it was given; how exact it is, nobody says.'] : []),
    ...(before.by === 'shadow' && figure.unit === 'minutes'
      ? ['Before is a shadow week: only tickets that were solved within it are known to the end.']
      : []),
  ];
}

/** What speaks against comparing the two times at all. */
export function doubtsOfAll(given: {
  baseline: Baseline;
  /** Shares of tickets by category; null where nobody knows any. */
  mix: { before: ReadonlyMap<string, number> | null; now: ReadonlyMap<string, number> };
  from: Temporal.PlainDate;
}): readonly string[] {
  const { baseline, mix, from } = given;
  if (baseline.sources.length === 0)
    return ['Nobody knows how it was before, so only triage and meetings are worked out.'];
  const until = baseline.sources.map((source) => source.until).find((day) => day !== null) ?? null;
  const isOld = until !== null && until.until(from).days > OLD_DAYS;
  return [
    ...mixDoubts(mix),
    ...(isOld ? ['The time before ended more than a year ago: much else may have changed since.'] : []),
  ];
}

function mixDoubts({ before, now }: Parameters<typeof doubtsOfAll>[0]['mix']): readonly string[] {
  if (before === null)
    return ['What tickets were about before is not known, so nobody can tell whether the same was asked.'];
  if (now.size === 0) return [];
  const names = new Set([...before.keys(), ...now.keys()]);
  const other = [...names].reduce((sum, name) => sum + Math.abs((before.get(name) ?? 0) - (now.get(name) ?? 0)), 0) / 2;
  if (other <= OTHER_MIX) return [];
  return [
    `Another mix: ${unitWords('share', other)} of the tickets are in other categories than before. What was faster may ` +
      'only have been easier.',
  ];
}
