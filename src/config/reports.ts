import type { FigureId } from '../domain/figure.ts';
import { type ReviewTable, reviewTableOf } from './review-table.ts';
import type { Reports } from './written/reports.ts';
import { listOf, minutesOf, shareOf, WEEKDAYS } from './written/words.ts';

/** What the desk looks at. */
export interface ReportSettings {
  /** The figure with which reports lead. */
  primary: FigureId;
  /** For what people are worked out: work begins within so many minutes for this share of the tickets, 0 to 1. */
  staffing: { handlingMinutes: number; withinMinutes: number; share: number };
  /** How the weekly review is sent; null where it is not. */
  weekly: WeeklySettings | null;
  /** How it was before, as the team says itself, and what is taken for granted of what the desk is worth. */
  value: { baseline: GivenBaseline; assumptions: Assumptions };
}

/** Figures of the time before, as somebody wrote them down. */
export interface GivenBaseline {
  source: string | null;
  from: Temporal.PlainDate | null;
  until: Temporal.PlainDate | null;
  tickets: number | null;
  /** In the units of the figures: minutes, shares of 0 to 1. */
  figures: Readonly<Partial<Record<FigureId, number>>>;
}

/** What is taken for granted. Minutes are those of people. */
export interface Assumptions {
  /** Null where nobody said. */
  triageMinutes: number | null;
  correctionMinutes: number;
  reassignmentMinutes: number;
  /** Minutes of all people together in a week. */
  meetingsBefore: number;
  meetingsNow: number;
  /** Null where no money is to be worked out. */
  hourCost: number | null;
  /** In a month. */
  runningCost: number;
  currency: string;
}

export interface WeeklySettings {
  /** From 1 for Monday. */
  weekday: number;
  time: Temporal.PlainTime;
  /** Names of agents, or addresses. */
  to: readonly string[];
  /** Names of ways. */
  by: readonly string[];
  /** The table of the base that gets its figures as rows; null where none does. */
  table: ReviewTable | null;
}

export function reportSettingsOf(written: Reports): ReportSettings {
  const { primary, weekly, value } = written;
  const { handling, within, share } = written.staffing;
  const staffing = { handlingMinutes: minutesOf(handling), withinMinutes: minutesOf(within), share: shareOf(share) };
  return { primary, staffing, weekly: weekly === undefined ? null : weeklyOf(weekly), value: valueOf(value) };
}

function valueOf({ baseline, assumptions }: Reports['value']): ReportSettings['value'] {
  const { triage, correction, reassignment, meetings, hour, running, currency } = assumptions;
  return {
    baseline: baselineOf(baseline),
    assumptions: {
      triageMinutes: triage === undefined ? null : minutesOf(triage),
      correctionMinutes: minutesOf(correction),
      reassignmentMinutes: minutesOf(reassignment),
      meetingsBefore: minutesOf(meetings.before),
      meetingsNow: minutesOf(meetings.now),
      hourCost: hour ?? null,
      runningCost: running,
      currency,
    },
  };
}

function baselineOf(written: Reports['value']['baseline']): GivenBaseline {
  const { source = null, from, until, tickets = null, firstReply, resolution, reassignments, missed } = written;
  const dayOf = (day: string | undefined) => (day === undefined ? null : Temporal.PlainDate.from(day));
  return {
    source,
    from: dayOf(from),
    until: dayOf(until),
    tickets,
    figures: {
      ...(firstReply !== undefined && { first_reply_median: minutesOf(firstReply) }),
      ...(resolution !== undefined && { resolution_median: minutesOf(resolution) }),
      ...(reassignments !== undefined && { reassignments }),
      ...(missed !== undefined && { first_reply_kept: 1 - shareOf(missed) }),
    },
  };
}

function weeklyOf(weekly: NonNullable<Reports['weekly']>): WeeklySettings {
  const { at, to, by } = weekly;
  const [day = '', time = ''] = at.split(' ');
  const weekday = WEEKDAYS.findIndex((each) => each === day) + 1;
  return { weekday, time: Temporal.PlainTime.from(time), to: listOf(to), by: listOf(by), table: reviewTableOf(weekly) };
}
