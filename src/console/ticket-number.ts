/** `1042`, `T-1042`, `t1042`: the number; null for anything else. */
export function ticketNumber(written: string, prefix: string): number | null {
  const bare = written.toUpperCase().startsWith(prefix.toUpperCase()) ? written.slice(prefix.length) : written;
  const digits = /^[-#]?(\d{1,15})$/.exec(bare)?.[1];
  return digits === undefined ? null : Number(digits);
}
