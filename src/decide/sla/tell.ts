import { statusWords } from '../../domain/status-names.ts';
import type { Because, Turn } from '../turn.ts';
import { fieldOf } from './due-fields.ts';
import type { Kept, Step } from './keep-clock.ts';
import { isSame, localTime } from './moment.ts';
import { reasonOf, timeZoneOf } from './reason.ts';

/** What is said when several things were done to a clock at once: the first of these. */
const TELLING: readonly [Step, string][] = [
  ['stopped', 'sla.met'],
  ['dropped', 'sla.dropped'],
  ['paused', 'sla.paused'],
  ['started', 'sla.due_set'],
  ['reopened', 'sla.reopened'],
  ['retargeted', 'sla.target_changed'],
  ['resumed', 'sla.resumed'],
];

/** Says what happened to a clock, once, and moves the due time that the ticket shows. */
export function tellClock(turn: Turn, kept: Kept): void {
  if (kept.takenBackAt !== null) turn.note(takenBack(turn, kept, kept.takenBackAt));
  const code = codeOf(kept);
  if (code === null) return;
  const reason = reasonOf(turn, kept, { code, params: paramsOf(turn, kept) });
  const field = fieldOf(turn.ticket, kept.clock);
  if (field === null || !turn.change(field, kept.clock.dueAt, reason)) turn.note(reason);
}

function codeOf({ before, clock, reading, steps }: Kept): string | null {
  const [step, code] = TELLING.find(([done]) => steps.has(done)) ?? [null, null];
  if (step === 'stopped') return reading.breachedAt === null ? code : 'sla.missed';
  if (step === 'started' && clock.dueAt === null) return 'sla.never_due';
  if (step !== null) return code;
  if (isSame(before?.dueAt ?? null, clock.dueAt)) return null;
  return clock.dueAt === null ? 'sla.never_due' : 'sla.due_moved';
}

function paramsOf(turn: Turn, { before, calendar, formerMinutes }: Kept): Because['params'] {
  const formerDueAt = before?.dueAt ?? null;
  return {
    status: statusWords(turn.policy.desk.statuses, turn.ticket.status),
    priority: turn.ticket.priority,
    formerMinutes,
    formerDueAt: formerDueAt?.toString() ?? null,
    formerDueLocal: formerDueAt === null ? null : localTime(formerDueAt.epochMilliseconds, timeZoneOf(turn, calendar)),
  };
}

function takenBack(turn: Turn, kept: Kept, at: Temporal.Instant): Because {
  const params = {
    breachedAt: at.toString(),
    breachedLocal: localTime(at.epochMilliseconds, timeZoneOf(turn, kept.calendar)),
  };
  return reasonOf(turn, kept, { code: 'sla.breach_taken_back', params });
}
