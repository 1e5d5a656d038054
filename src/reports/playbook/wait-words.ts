import { minutesWords } from '../../domain/sentences/words.ts';

/** How long is waited, and by which hours it counts: `2 h of office`. */
export function waitWords({ minutes, calendar }: { minutes: number; calendar: string | null }): string {
  return calendar === null ? minutesWords(minutes) : `${minutesWords(minutes)} of ${calendar}`;
}
