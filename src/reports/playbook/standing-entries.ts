import type { LoadedConfig } from '../../config/live.ts';
import { type Path, readSource } from '../../config/source.ts';
import type { Policy } from '../../decide/policy.ts';
import type { Stage } from '../../domain/decision.ts';
import { minutesWords, series } from '../../domain/sentences/words.ts';
import { conditionWords } from './condition-words.ts';
import { waitWords } from './wait-words.ts';
import type { Entry } from './entry.ts';
import { selfServiceWords } from './triage-entries.ts';

/** Something that the config switches on as a whole: it has no name, no reason and no owner of its own. */
type Standing = Pick<Entry, 'stage' | 'name' | 'trigger' | 'logic' | 'exception'> & {
  file: string;
  path: Path;
  key: string;
};

/** What no letter can do. */
const NO_LETTER = 'Nothing goes to an address that letters do not reach, to machines, or beyond the letters of a day.';

/** What happens by itself without being a rule of its own. */
export function standingEntries({ policy, files }: Pick<LoadedConfig, 'policy' | 'files'>): readonly Entry[] {
  const all = [...answersOf(policy), ...incidentsOf(policy), ...followUpOf(policy)];
  const sources = new Map(all.map(({ file }) => [file, readSource(file, files[file] ?? '')] as const));
  return all.map(({ file, path, key, ...rest }) => ({
    ...rest,
    why: null,
    owner: null,
    place: `${file}:${sources.get(file)?.placeOfKey(path, key).line ?? 1}`,
  }));
}

function answersOf(policy: Policy): readonly Standing[] {
  const { acknowledgement } = policy.intake;
  const served = selfServiceWords(policy);
  return [
    ...(acknowledgement === null
      ? []
      : [
          {
            ...standing('respond', 'acknowledgement'),
            file: 'desk.yaml',
            path: ['intake'],
            key: 'acknowledgement',
            trigger: 'a new ticket comes in',
            logic: [`The requester gets ${acknowledgement}.md.`],
            exception: NO_LETTER,
          },
        ]),
    ...(served.length === 0
      ? []
      : [
          {
            ...standing('respond', 'selfService'),
            file: 'triage.yaml',
            path: [],
            key: 'selfService',
            trigger: 'a new ticket gets a category that has an answer of its own',
            logic: served,
            exception: 'Whoever says that it did not help goes on to a person.',
          },
        ]),
  ];
}

function incidentsOf({ incidents }: Policy): readonly Standing[] {
  if (incidents === null) return [];
  const { reports, windowMinutes, similarity, when, notify } = incidents;
  return [
    {
      ...standing('link', 'incidents'),
      file: 'triage.yaml',
      path: [],
      key: 'incidents',
      trigger: conditionWords(when),
      logic: [
        `${reports} requesters within ${minutesWords(windowMinutes)} whose texts have ${Math.round(similarity * 100)}% in common make an incident.`,
        ...(notify.length === 0 ? [] : [`Tells ${series(notify)}.`]),
      ],
      exception: 'A person links and unlinks reports, and declares an incident by hand.',
    },
  ];
}

function followUpOf({ followUp }: Policy): readonly Standing[] {
  return [...closingOf(followUp), ...silenceOf(followUp), ...summaryOf(followUp), ...surveyOf(followUp)].map(
    ({ name, ...rest }) => ({ ...rest, ...standing('follow_up', name), file: 'follow-up.yaml', path: [], key: name }),
  );
}

type Followed = Pick<Entry, 'name' | 'trigger' | 'logic' | 'exception'>;

function closingOf({ closing }: Policy['followUp']): readonly Followed[] {
  if (closing === null) return [];
  const logic = [`Closed ${waitWords(closing)} after the solution.`];
  return [
    { name: 'closing', trigger: 'a ticket is resolved', logic, exception: 'An answer meanwhile opens it again.' },
  ];
}

function silenceOf({ silence }: Policy['followUp']): readonly Followed[] {
  if (silence === null) return [];
  const { calendar, remindMinutes, resolveMinutes, reminder } = silence;
  const logic = [
    `Reminds with ${reminder}.md after ${waitWords({ minutes: remindMinutes, calendar })}.`,
    `Counts it as resolved after ${waitWords({ minutes: resolveMinutes, calendar })}.`,
  ];
  const exception = 'An answer ends the wait; a ticket in another status is not waited for.';
  return [{ name: 'silence', trigger: 'the requester does not answer', logic, exception }];
}

function summaryOf({ summary }: Policy['followUp']): readonly Followed[] {
  if (summary === null) return [];
  const logic = [`Sums it up with ${summary.template}.md ${waitWords(summary.wait)} after the solution.`];
  return [{ name: 'summary', trigger: 'a ticket is resolved', logic, exception: NO_LETTER }];
}

function surveyOf({ survey }: Policy['followUp']): readonly Followed[] {
  if (survey === null) return [];
  const { share, pauseDays, template, when } = survey;
  const logic = [`Asks ${Math.round(share * 100)}% with ${template}.md, each person once in ${pauseDays} days.`];
  const trigger = `a ticket is closed, and: ${conditionWords(when)}`;
  return [{ name: 'survey', trigger, logic, exception: NO_LETTER }];
}

function standing(stage: Stage, name: string): Pick<Entry, 'stage' | 'name'> {
  return { stage, name };
}
