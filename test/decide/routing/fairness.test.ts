import { describe, expect, it } from 'vitest';
import type { Agent } from '../../../src/domain/person.ts';
import { isOpen } from '../../../src/domain/ticket.ts';
import { anAgent, aPolicy, aQueue, at } from '../../support/builders.ts';
import { createChance } from '../../support/chance.ts';
import { aDesk, type SimulatedDesk } from '../../support/desk-simulator.ts';

const TICKETS = 300;
const CAP = 5;
const SHIFT_HOURS = 8;
const FIRST_MONDAY = at('2026-11-02T00:00:00Z');
/** Four working weeks. */
const DAYS = Array.from({ length: 20 }, (_, day) => FIRST_MONDAY.add({ hours: 24 * (day + 2 * Math.floor(day / 5)) }));
const END = FIRST_MONDAY.add({ hours: 24 * 28 });

/** Somebody who begins at eight, nine or ten, drawn anew each day. */
function withRandomShifts(name: string, chance: () => number): Agent {
  const begins = DAYS.map((day) => day.add({ hours: 8 + Math.floor(chance() * 3) }));
  const ends = begins.map((begin) => begin.add({ hours: SHIFT_HOURS }));
  const timeOff = [FIRST_MONDAY, ...ends].map((from, index) => ({ from, until: begins[index] ?? END }));
  return anAgent({ name, cap: CAP, timeOff });
}

/** Each ticket is worked for one to eight hours. */
function resolveOld(desk: SimulatedDesk, now: Temporal.Instant): void {
  for (const { key, number, status, assignee, updatedAt } of desk.tickets()) {
    const isDone = now.since(updatedAt).total('hours') > 1 + (number % 8);
    if (assignee !== null && isOpen(status) && isDone) {
      desk.edit(now, key, [{ field: 'status', from: status, to: 'resolved' }]);
    }
  }
}

function simulate(names: readonly string[], seed: number): { perHour: readonly number[]; mostOpen: number } {
  const chance = createChance(seed);
  const agents = names.map((name) => withRandomShifts(name, chance));
  const desk = aDesk(
    aPolicy({ agents, queues: [aQueue({ members: names }), aQueue({ name: 'review', members: [], method: 'none' })] }),
  );
  const arrivals = Array.from({ length: TICKETS }, () => {
    const day = DAYS[Math.floor(chance() * DAYS.length)] ?? FIRST_MONDAY;
    return day.add({ hours: 8, seconds: Math.floor(chance() * 10 * 3600) });
  }).sort(Temporal.Instant.compare);
  let mostOpen = 0;
  for (const arrival of arrivals) {
    desk.passTo(arrival);
    resolveOld(desk, arrival);
    desk.receive(arrival);
    mostOpen = Math.max(mostOpen, ...names.map((name) => desk.openOf(name)));
  }
  const hours = DAYS.length * SHIFT_HOURS;
  const perHour = names.map((name) => desk.tickets().filter(({ assignee }) => assignee === name).length / hours);
  return { perHour, mostOpen };
}

describe('fairness', () => {
  it.each([1, 2, 3, 4, 5, 6])('gives three people about the same per hour on shift, seed %i (RT-12, A-049)', (seed) => {
    const { perHour, mostOpen } = simulate(['Ana', 'Ben', 'Cy'], seed);
    expect(Math.max(...perHour) / Math.min(...perHour)).toBeLessThanOrEqual(1.2);
    expect(mostOpen).toBeLessThanOrEqual(CAP);
  });
});
