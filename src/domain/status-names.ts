import type { Status } from './ticket.ts';

/** What a desk calls each status. The first name is the one that we write; the others say the same. */
export type StatusNames = Readonly<Record<Status, readonly string[]>>;

/** For statuses to which a desk gives no names of its own. */
export const USUAL_STATUS_NAMES: StatusNames = {
  new: ['New'],
  open: ['Open'],
  pending: ['Pending'],
  on_hold: ['On hold'],
  needs_info: ['Needs info'],
  resolved: ['Resolved'],
  closed: ['Closed'],
};

/** What the desk calls a status. */
export function statusName(names: StatusNames, status: Status): string {
  return names[status][0] ?? status;
}

/** Worked out once for a desk: every change of every clock says it. */
const WORDS = new WeakMap<StatusNames, Map<Status, string>>();

/** The same within a sentence, as "waiting for the customer"; what is all capitals stays so. */
export function statusWords(names: StatusNames, status: Status): string {
  return WORDS.getOrInsertComputed(names, () => new Map()).getOrInsertComputed(status, () =>
    statusName(names, status).replace(/^\p{Lu}(?=\P{Lu})/u, (first) => first.toLowerCase()),
  );
}
