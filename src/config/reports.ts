import type { FigureId } from '../domain/figure.ts';
import type { Reports } from './written/reports.ts';
import { minutesOf, shareOf } from './written/words.ts';

/** What the desk looks at. */
export interface ReportSettings {
  /** The figure with which reports lead. */
  primary: FigureId;
  /** For what people are worked out: work begins within so many minutes for this share of the tickets, 0 to 1. */
  staffing: { handlingMinutes: number; withinMinutes: number; share: number };
}

export function reportSettingsOf({ primary, staffing: { handling, within, share } }: Reports): ReportSettings {
  const staffing = { handlingMinutes: minutesOf(handling), withinMinutes: minutesOf(within), share: shareOf(share) };
  return { primary, staffing };
}
