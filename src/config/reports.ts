import type { FigureId } from '../domain/figure.ts';
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
}

export interface WeeklySettings {
  /** From 1 for Monday. */
  weekday: number;
  time: Temporal.PlainTime;
  /** Names of agents, or addresses. */
  to: readonly string[];
  /** Names of ways. */
  by: readonly string[];
}

export function reportSettingsOf({ primary, staffing: { handling, within, share }, weekly }: Reports): ReportSettings {
  const staffing = { handlingMinutes: minutesOf(handling), withinMinutes: minutesOf(within), share: shareOf(share) };
  return { primary, staffing, weekly: weekly === undefined ? null : weeklyOf(weekly) };
}

function weeklyOf({ at, to, by }: NonNullable<Reports['weekly']>): WeeklySettings {
  const [day = '', time = ''] = at.split(' ');
  const weekday = WEEKDAYS.findIndex((each) => each === day) + 1;
  return { weekday, time: Temporal.PlainTime.from(time), to: listOf(to), by: listOf(by) };
}
