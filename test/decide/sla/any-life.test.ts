import { describe, expect, it } from 'vitest';
import { POLICY_METRICS } from '../../../src/domain/clock.ts';
import { sentenceOf } from '../../../src/domain/sentence.ts';
import { fc } from '../../support/properties.ts';
import { aClockedTicket, anSlaPolicy, aTarget, berlin, type Look, slaDesk } from './clocked-ticket.ts';

/** Thursday 10 September 2026. */
const OPENED = '2026-09-10T09:00';

describe('any life of a ticket', () => {
  const minutes = { medium: 300, high: 100, critical: 30 };
  const policy = slaDesk([
    anSlaPolicy(
      POLICY_METRICS.map((metric) =>
        aTarget(metric, 0, { minutes, calendar: metric === 'agent_work' ? null : 'office' }),
      ),
    ),
  ]);

  it('needs no look before it asks for one, and none twice', () => {
    fc.assert(
      fc.property(someLife(), fc.integer({ min: 0, max: 100 }), (life, share) => {
        for (const { ticket, look, now } of lived(life)) {
          expect(ticket.wake(now).effects).toEqual([]);
          const until = look.wakeAt ?? now.add({ hours: 24 * 30 });
          expect(Temporal.Instant.compare(until, now)).toBe(1);
          const before = now.add({ seconds: Math.floor(((until.since(now).total('seconds') - 1) * share) / 100) });
          expect(ticket.wake(before).effects).toEqual([]);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('warns before each breach, and tells of each once, when it is looked at whenever it asks', () => {
    fc.assert(
      fc.property(someLife(), (life) => {
        const seen = [...lived(life, { wakes: true })];
        const looks = seen.map(({ look }) => look);
        const keys = looks.flatMap(({ notices }) => notices.map(({ key }) => key));
        const unwarned = looks.flatMap(({ reasons }) =>
          reasons.filter(({ code }) => code === 'sla.warning_superseded'),
        );
        expect(new Set(keys).size).toBe(keys.length);
        const breaches = keys.filter((key) => key.startsWith('sla_breach:'));
        const warned = breaches.filter((key) => keys.includes(key.replace('sla_breach', 'sla_warning')));
        expect(warned.length + unwarned.length).toBe(breaches.length);
        for (const key of warned) {
          expect(keys.indexOf(key.replace('sla_breach', 'sla_warning'))).toBeLessThan(keys.indexOf(key));
        }
        // Who always looks in time is only taken by surprise by an edit.
        for (const { look, isWoken } of seen) if (isWoken) expect(look.codes).not.toContain('sla.warning_superseded');
      }),
      { numRuns: 40 },
    );
  });

  it('has a sentence of at most 200 characters for every reason, without gaps', () => {
    fc.assert(
      fc.property(someLife(), (life) => {
        for (const { look } of lived(life)) {
          for (const sentence of look.reasons.map(sentenceOf)) {
            expect(sentence.length).toBeLessThanOrEqual(200);
            expect(sentence).toMatch(/^[A-Z].*[^ ]\.$/);
            expect(sentence).not.toMatch(/undefined|null|NaN|  | ,|\(\)/);
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  /** Each look at a ticket on its way; with `wakes`, also those for which it asks in between. */
  function* lived(life: readonly { wait: number; what: string }[], { wakes = false } = {}) {
    let now = berlin(OPENED);
    const ticket = aClockedTicket({ policy, openedAt: OPENED, ticket: { assignee: 'Ana' } });
    let look = ticket.receive();
    yield { ticket, look, now, isWoken: false };
    for (const { wait, what } of life) {
      now = now.add({ minutes: wait });
      const until = wakes ? now : berlin(OPENED);
      while (look.wakeAt !== null && Temporal.Instant.compare(look.wakeAt, until) < 0) {
        const at = look.wakeAt;
        look = ticket.wake(at);
        yield { ticket, look, now: at, isWoken: true };
      }
      look = happen(ticket, what, now.toZonedDateTimeISO('Europe/Berlin').toPlainDateTime().toString());
      yield { ticket, look, now, isWoken: false };
    }
  }
});

/** A life of a ticket: what happens, and how many minutes after what was before. */
function someLife() {
  const happenings = ['customer', 'agent', 'pending', 'open', 'on_hold', 'resolved', 'high', 'low', 'medium', 'closed'];
  const step = fc.record({ wait: fc.integer({ min: 0, max: 900 }), what: fc.constantFrom(...happenings) });
  return fc.array(step, { maxLength: 10 });
}

function happen(ticket: ReturnType<typeof aClockedTicket>, what: string, when: string): Look {
  if (what === 'customer') return ticket.customerWrites(when);
  if (what === 'agent') return ticket.agentWrites(when);
  if (what === 'high' || what === 'low' || what === 'medium') return ticket.edit(when, { priority: what });
  return ticket.edit(when, { status: what });
}
