/** Minutes as people say them: `45 min`, `8 h`, `7 h 30 min`. Never days: a working day has its own length. */
export function durationWords(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), Math.round(minutes % 60)];
  if (hours === 0) return `${rest} min`;
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}

/** The same, and by which hours it counts. */
export function waitWords({ minutes, calendar }: { minutes: number; calendar: string | null }): string {
  return calendar === null ? durationWords(minutes) : `${durationWords(minutes)} of ${calendar}`;
}
