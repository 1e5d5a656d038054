import { describe, expect, it } from 'vitest';
import { applyEffect } from '../../src/decide/apply.ts';
import { isDrawn } from '../../src/decide/follow-up/survey.ts';
import { decide, type Judgement } from '../../src/decide/index.ts';
import type { FollowUpPolicy, Policy } from '../../src/decide/policy.ts';
import type { Occasion } from '../../src/domain/occasion.ts';
import { sentenceOf } from '../../src/domain/sentence.ts';
import type { Ticket } from '../../src/domain/ticket.ts';
import { anIncident } from './incidents/a-report.ts';
import { ALWAYS, aPolicy, aRequester, at, aTicket, local, MORNING, someFacts } from '../support/builders.ts';

const DAY = 24 * 60;
const CLOSING = { minutes: 3 * DAY, calendar: null };
const SILENCE = {
  statuses: ['pending', 'needs_info'],
  calendar: null,
  remindMinutes: DAY,
  resolveMinutes: 2 * DAY,
  reminder: 'reminder',
} as const;
const SUMMARY = {
  wait: { minutes: 0, calendar: null },
  template: 'summary',
  advice: { billing: 'Keep a second card on file.' },
  afterSilence: false,
};
const CHECK_IN = {
  name: 'After an outage',
  why: 'What was mended in a hurry may break again.',
  owner: 'head of support',
  when: { kind: 'is', field: 'category', values: ['technical'] },
  place: 'follow-up.yaml:9',
  since: 'resolved',
  wait: { minutes: 7 * DAY, calendar: null },
  template: 'check-in',
} as const;
const SURVEY = { share: 1, pauseDays: 30, template: 'survey', when: ALWAYS, place: 'follow-up.yaml:20' };

/** A ticket that lives on: each occasion finds it as the one before left it. */
function aLife(given: { ticket?: Partial<Ticket>; followUp?: Partial<FollowUpPolicy>; policy?: Policy } = {}) {
  const policy = given.policy ?? aPolicy({ followUp: given.followUp ?? {} });
  const answered = { status: 'open', firstRespondedAt: MORNING, lastAgentMessageAt: MORNING } as const;
  const life = {
    ticket: aTicket({ ...answered, category: 'billing', ...given.ticket }),
    last: null as Judgement | null,
  };
  function happen(occasion: Occasion, now: Temporal.Instant, facts = someFacts()): Judgement {
    const judgement = decide(life.ticket, occasion, { policy, facts, now });
    life.ticket = judgement.effects.reduce((ticket, effect) => applyEffect(ticket, effect, now), life.ticket);
    life.last = judgement;
    return judgement;
  }
  return {
    get ticket() {
      return life.ticket;
    },
    happen,
    look: (now: Temporal.Instant, facts = someFacts()) => happen({ kind: 'due' }, now, facts),
    set: (status: string, now: Temporal.Instant) =>
      happen(
        { kind: 'edited', by: 'Ana', at: now, changes: [{ field: 'status', from: life.ticket.status, to: status }] },
        now,
      ),
    writes(text: string, now: Temporal.Instant, hasFiles = false) {
      life.ticket = { ...life.ticket, lastCustomerMessageAt: now };
      return happen({ kind: 'replied', by: 'customer', name: 'Greta Holm', text, at: now, hasFiles }, now);
    },
    answers(now: Temporal.Instant) {
      life.ticket = { ...life.ticket, lastAgentMessageAt: now };
      return happen({ kind: 'replied', by: 'agent', name: 'Ana', text: 'Did that help?', at: now }, now);
    },
  };
}

function lettersOf({ effects }: Judgement) {
  return effects.flatMap((effect) => (effect.kind === 'message' ? [effect] : []));
}

function codesOf({ reasons }: Judgement): readonly string[] {
  return reasons.map(({ code }) => code).filter((code) => code.startsWith('follow_up') || code.startsWith('intake'));
}

function saidOf({ reasons }: Judgement): readonly string[] {
  return reasons.filter(({ stage }) => stage === 'follow_up').map(sentenceOf);
}

const RESOLVED = { status: 'resolved', resolvedAt: MORNING } as const;

describe('the waiting period of a resolved ticket (A-080)', () => {
  it('closes it to the minute, and not before', () => {
    const life = aLife({ ticket: RESOLVED, followUp: { closing: CLOSING } });
    expect(life.look(at('2026-11-23T09:59:59Z')).wakeAt).toEqual(at('2026-11-23T10:00:00Z'));
    expect(life.ticket.status).toBe('resolved');
    const closed = life.look(at('2026-11-23T10:00:00Z'));
    expect(life.ticket).toMatchObject({ status: 'closed', closedAt: at('2026-11-23T10:00:00Z') });
    expect(saidOf(closed)[0]).toBe('Closed: nobody wrote for 3 days after it was resolved.');
    expect(closed.wakeAt).toBeNull();
  });

  it('closes nothing over a weekend where business time counts', () => {
    // Resolved on Friday at 11:00; open Mon-Fri 09-17. Six hours are left of Friday, three are Monday's.
    const life = aLife({ ticket: RESOLVED, followUp: { closing: { minutes: 9 * 60, calendar: 'office' } } });
    expect(life.look(local('2026-11-22T23:00', 'Europe/Berlin')).wakeAt).toEqual(
      local('2026-11-23T12:00', 'Europe/Berlin'),
    );
    expect(life.ticket.status).toBe('resolved');
    life.look(local('2026-11-23T12:00', 'Europe/Berlin'));
    expect(life.ticket.status).toBe('closed');
  });

  it('opens it again for a real reply on the last day, and counts anew from the next solution', () => {
    const life = aLife({ ticket: RESOLVED, followUp: { closing: CLOSING } });
    life.writes('It broke again', at('2026-11-23T09:00:00Z'));
    expect(life.ticket).toMatchObject({ status: 'open', resolvedAt: null, reopenCount: 1 });
    expect(life.look(at('2026-11-24T00:00:00Z')).wakeAt).toBeNull();
    life.set('resolved', at('2026-11-24T10:00:00Z'));
    expect(life.look(at('2026-11-25T00:00:00Z')).wakeAt).toEqual(at('2026-11-27T10:00:00Z'));
  });

  it('begins anew when a person takes a closed ticket back to resolved', () => {
    const life = aLife({
      ticket: { status: 'closed', resolvedAt: MORNING, closedAt: MORNING },
      followUp: { closing: CLOSING },
    });
    life.set('resolved', at('2026-12-10T10:00:00Z'));
    expect(life.ticket).toMatchObject({ status: 'resolved', resolvedAt: at('2026-12-10T10:00:00Z'), closedAt: null });
  });

  it('does not end by itself where nothing is configured', () => {
    const life = aLife({ ticket: RESOLVED });
    expect(life.look(at('2027-11-20T10:00:00Z')).effects).toEqual([]);
    expect(life.ticket.status).toBe('resolved');
  });
});

describe('thanks (A-082)', () => {
  it('are counted and open no resolved ticket again', () => {
    const life = aLife({ ticket: RESOLVED, followUp: { closing: CLOSING } });
    const heard = life.writes(
      'Perfect, that works, thank you Ana!\n\nBest regards\nGreta Holm',
      at('2026-11-21T10:00:00Z'),
    );
    expect(life.ticket).toMatchObject({ status: 'resolved', contactCount: 2, reopenCount: 0 });
    expect(codesOf(heard)).toContain('intake.thanked');
    expect(heard.wakeAt).toEqual(at('2026-11-23T10:00:00Z'));
  });

  it('know the phrases of the team', () => {
    const life = aLife({ ticket: RESOLVED, followUp: { gratitude: ['teşekkürler'] } });
    life.writes('Teşekkürler!', at('2026-11-21T10:00:00Z'));
    expect(life.ticket.status).toBe('resolved');
  });

  it('with a file are a real reply, and so are thanks for a question of ours', () => {
    const withFile = aLife({ ticket: RESOLVED });
    withFile.writes('Thanks!', at('2026-11-21T10:00:00Z'), true);
    expect(withFile.ticket.status).toBe('open');
    const pending = aLife({ ticket: { status: 'pending' } });
    pending.writes('Thanks!', at('2026-11-21T10:00:00Z'));
    expect(pending.ticket.status).toBe('open');
  });
});

describe('a customer who does not answer (A-081)', () => {
  const asked = () => {
    const life = aLife({ followUp: { silence: SILENCE, closing: CLOSING } });
    life.set('pending', MORNING);
    return life;
  };

  it('is reminded first, and then the ticket is resolved, and later closed', () => {
    const life = asked();
    expect(life.look(at('2026-11-21T09:59:00Z')).wakeAt).toEqual(at('2026-11-21T10:00:00Z'));
    const reminded = life.look(at('2026-11-21T10:00:00Z'));
    expect(lettersOf(reminded)).toMatchObject([
      { template: 'reminder', to: 'greta@example.com', gaps: { 'reminder.until': at('2026-11-22T10:00:00Z') } },
    ]);
    expect(saidOf(reminded)).toEqual(['Reminded greta@example.com, who has not answered for 24 hours.']);
    expect(reminded.wakeAt).toEqual(at('2026-11-22T10:00:00Z'));
    const resolved = life.look(at('2026-11-22T10:00:00Z'));
    expect(life.ticket).toMatchObject({ status: 'resolved', resolvedAt: at('2026-11-22T10:00:00Z'), silence: null });
    expect(saidOf(resolved)[0]).toBe('Resolved from pending: Greta Holm did not answer for 2 days.');
    expect(resolved.wakeAt).toEqual(at('2026-11-25T10:00:00Z'));
  });

  it('is reminded once, however often we look', () => {
    const life = asked();
    life.look(at('2026-11-21T10:00:00Z'));
    expect(lettersOf(life.look(at('2026-11-21T10:00:01Z')))).toEqual([]);
    expect(lettersOf(life.look(at('2026-11-22T09:00:00Z')))).toEqual([]);
  });

  it('has all the time between reminder and end when the reminder went late', () => {
    const life = asked();
    const late = life.look(at('2026-11-25T10:00:00Z'));
    expect(lettersOf(late)).toHaveLength(1);
    expect(life.ticket.status).toBe('pending');
    expect(late.wakeAt).toEqual(at('2026-11-26T10:00:00Z'));
  });

  it('ends the wait by a message, which takes the reminder back that has not left', () => {
    const life = asked();
    life.look(at('2026-11-21T10:00:00Z'));
    const heard = life.writes('Here is the file', at('2026-11-21T10:01:00Z'));
    expect(life.ticket).toMatchObject({ status: 'open', silence: null });
    const key = `reminded:${life.ticket.key}:${MORNING.epochMilliseconds}`;
    expect(heard.effects).toContainEqual({ kind: 'withdraw', key });
  });

  it('gets a new count when we write once more, and a reminder of its own', () => {
    const life = asked();
    life.look(at('2026-11-21T10:00:00Z'));
    expect(life.answers(at('2026-11-21T12:00:00Z')).wakeAt).toEqual(at('2026-11-22T12:00:00Z'));
    expect(lettersOf(life.look(at('2026-11-22T12:00:00Z')))).toHaveLength(1);
  });

  it('is waited for from now on when the config begins to, however old the question is', () => {
    const life = aLife({ ticket: { status: 'pending' }, followUp: { silence: SILENCE } });
    const seen = life.look(at('2027-03-01T10:00:00Z'));
    expect(lettersOf(seen)).toEqual([]);
    expect(seen.wakeAt).toEqual(at('2027-03-02T10:00:00Z'));
  });

  it('without an address gets no reminder, which is noted once, and the ticket is resolved all the same', () => {
    const life = aLife({ ticket: { requester: aRequester({ email: null }) }, followUp: { silence: SILENCE } });
    life.set('pending', MORNING);
    const noted = life.look(at('2026-11-21T10:00:00Z'));
    expect(saidOf(noted)).toEqual(['No reminder after 24 hours without an answer: there is no address.']);
    expect(saidOf(life.look(at('2026-11-21T11:00:00Z')))).toEqual([]);
    life.look(at('2026-11-22T10:00:00Z'));
    expect(life.ticket.status).toBe('resolved');
  });

  it('is waited for in business time where that counts', () => {
    const silence = { ...SILENCE, calendar: 'office', remindMinutes: 8 * 60, resolveMinutes: 16 * 60 };
    const life = aLife({ followUp: { silence } });
    life.set('pending', MORNING);
    expect(life.look(MORNING).wakeAt).toEqual(local('2026-11-23T11:00', 'Europe/Berlin'));
  });
});

describe('the summary of what was done (A-090, A-091)', () => {
  it('goes out when a person resolves, with the words and the advice for the category', () => {
    const life = aLife({ followUp: { summary: SUMMARY } });
    const changes = [
      { field: 'status', from: 'open', to: 'resolved' },
      { field: 'resolution', from: null, to: 'We took the second charge back.' },
    ] as const;
    const solved = life.happen({ kind: 'edited', by: 'Ana', at: MORNING, changes }, MORNING);
    expect(lettersOf(solved)).toMatchObject([
      {
        key: `summary:${life.ticket.key}:${MORNING.epochMilliseconds}`,
        template: 'summary',
        gaps: {
          'resolution.text': 'We took the second charge back.',
          'resolution.advice': 'Keep a second card on file.',
        },
      },
    ]);
    expect(lettersOf(life.look(at('2026-11-20T11:00:00Z')))).toEqual([]);
  });

  it('goes out once for each solution', () => {
    const life = aLife({ followUp: { summary: SUMMARY } });
    const [first] = lettersOf(life.set('resolved', MORNING));
    life.writes('Not yet', at('2026-11-20T12:00:00Z'));
    const [second] = lettersOf(life.set('resolved', at('2026-11-20T13:00:00Z')));
    expect(first?.key).not.toBe(second?.key);
    expect(second?.gaps).toMatchObject({ 'resolution.text': '' });
  });

  it('waits where it is told to, and does not go when the solution was taken back', () => {
    const followUp = { summary: { ...SUMMARY, wait: { minutes: 10, calendar: null } } };
    const life = aLife({ followUp });
    expect(life.set('resolved', MORNING).wakeAt).toEqual(at('2026-11-20T10:10:00Z'));
    expect(lettersOf(life.look(at('2026-11-20T10:10:00Z')))).toHaveLength(1);
    const taken = aLife({ followUp });
    taken.set('resolved', MORNING);
    taken.set('open', at('2026-11-20T10:05:00Z'));
    expect(lettersOf(taken.look(at('2026-11-20T10:10:00Z')))).toEqual([]);
  });

  it('does not follow on silence, unless it is told to', () => {
    const silent = (afterSilence: boolean) => {
      const life = aLife({ followUp: { silence: SILENCE, summary: { ...SUMMARY, afterSilence } } });
      life.set('pending', MORNING);
      life.look(at('2026-11-21T10:00:00Z'));
      return lettersOf(life.look(at('2026-11-22T10:00:00Z'))).map(({ template }) => template);
    };
    expect(silent(false)).toEqual([]);
    expect(silent(true)).toEqual(['summary']);
  });

  describe('of a report that ends with its incident', () => {
    const incidents = {
      windowMinutes: 240,
      similarity: 0.3,
      reports: 3,
      when: ALWAYS,
      notify: [],
      template: null,
      resolvedTemplate: 'solved',
    };
    const ENDED = someFacts({ incidents: [anIncident({ status: 'resolved', resolvedAt: MORNING })] });

    /** Linked while the incident went on; the policy would sum up even what ends in silence. */
    function aReport(resolvedTemplate: string | null) {
      const summary = { ...SUMMARY, afterSilence: true };
      const policy = aPolicy({ incidents: { ...incidents, resolvedTemplate }, followUp: { summary } });
      return aLife({ ticket: { incident: 1000, incidentReport: { isTold: true, endedAt: null } }, policy });
    }

    it('does not go beside the letter about the end: one answer is enough', () => {
      const life = aReport('solved');
      expect(lettersOf(life.look(MORNING, ENDED)).map(({ template }) => template)).toEqual(['solved']);
      expect(life.ticket.status).toBe('resolved');
      expect(lettersOf(life.look(at('2026-11-20T11:00:00Z'), ENDED))).toEqual([]);
    });

    it('is the answer where there is no such letter', () => {
      expect(lettersOf(aReport(null).look(MORNING, ENDED)).map(({ template }) => template)).toEqual(['summary']);
    });

    it('goes for whoever a person resolved before, and for the next solution of the ticket itself', () => {
      const changes = [{ field: 'status', from: 'open', to: 'resolved' }] as const;
      const byHand = { kind: 'edited', by: 'Ana', at: MORNING, changes } as const;
      expect(lettersOf(aReport('solved').happen(byHand, MORNING, ENDED)).map(({ template }) => template)).toEqual([
        'summary',
      ]);
      const life = aReport('solved');
      life.look(MORNING, ENDED);
      life.writes('Not for me', at('2026-11-20T12:00:00Z'));
      const later = at('2026-11-20T13:00:00Z');
      const again = life.happen({ ...byHand, at: later }, later, ENDED);
      expect(lettersOf(again).map(({ template }) => template)).toEqual(['summary']);
    });
  });

  it('does not go to somebody whose ticket was closed without an answer', () => {
    const life = aLife({
      ticket: { status: 'new', firstRespondedAt: null, lastAgentMessageAt: null },
      followUp: { summary: SUMMARY, survey: SURVEY },
    });
    expect(lettersOf(life.set('closed', MORNING))).toEqual([]);
  });
});

describe('check-ins (A-092)', () => {
  const followUp = { checkIns: [CHECK_IN], closing: CLOSING };

  it('are planned at the solution for what they are meant for, and sent when their time comes, closed or not', () => {
    const life = aLife({ ticket: { category: 'technical' }, followUp });
    const planned = life.set('resolved', MORNING);
    expect(saidOf(planned)).toContain(
      'Asks how it is going Fri 27 Nov 11:00 (Europe/Berlin) (check-in “After an outage”).',
    );
    life.look(at('2026-11-23T10:00:00Z'));
    expect(life.ticket.status).toBe('closed');
    const sent = life.look(at('2026-11-27T10:00:00Z'));
    expect(lettersOf(sent)).toMatchObject([{ template: 'check-in', to: 'greta@example.com' }]);
    expect(life.ticket.checkIns).toEqual([]);
    expect(sent.wakeAt).toBeNull();
  });

  it('are not planned for others', () => {
    const life = aLife({ ticket: { category: 'billing' }, followUp });
    life.set('resolved', MORNING);
    expect(life.ticket.checkIns).toEqual([]);
  });

  it('are cancelled by any word of the customer, and told so', () => {
    const life = aLife({ ticket: { category: 'technical' }, followUp });
    life.set('resolved', MORNING);
    const heard = life.writes('Thank you!', at('2026-11-21T10:00:00Z'));
    expect(saidOf(heard)).toEqual(['No check-in “After an outage”: the requester wrote.']);
    expect(life.ticket).toMatchObject({ status: 'resolved', checkIns: [] });
  });

  it('are cancelled when a person opens the ticket again', () => {
    const life = aLife({ ticket: { category: 'technical' }, followUp });
    life.set('resolved', MORNING);
    life.set('open', at('2026-11-21T10:00:00Z'));
    expect(life.ticket.checkIns).toEqual([]);
  });

  it('can count from an answer of ours on an open ticket, the latest of them', () => {
    const life = aLife({
      ticket: { category: 'technical' },
      followUp: { checkIns: [{ ...CHECK_IN, since: 'answered' }] },
    });
    life.answers(MORNING);
    life.answers(at('2026-11-21T10:00:00Z'));
    expect(life.ticket.checkIns).toEqual([{ name: 'After an outage', dueAt: at('2026-11-28T10:00:00Z') }]);
    life.set('resolved', at('2026-11-22T10:00:00Z'));
    expect(life.ticket.checkIns).toEqual([]);
  });
});

describe('the survey (A-093)', () => {
  const resolved = (share = 1) =>
    aLife({ ticket: RESOLVED, followUp: { closing: CLOSING, survey: { ...SURVEY, share } } });
  const CLOSES = at('2026-11-23T10:00:00Z');

  it('draws 20 ± 3 % of a thousand tickets, the same ones every time', () => {
    const keys = Array.from({ length: 1000 }, (_, index) => aTicket({ number: index + 1 }).key);
    const drawn = keys.filter((key) => isDrawn(key, 0.2));
    expect(drawn.length).toBeGreaterThanOrEqual(170);
    expect(drawn.length).toBeLessThanOrEqual(230);
    expect(keys.filter((key) => isDrawn(key, 0.2))).toEqual(drawn);
    expect(drawn.every((key) => isDrawn(key, 0.3))).toBe(true);
    expect(keys.filter((key) => isDrawn(key, 0))).toEqual([]);
    expect(keys.filter((key) => isDrawn(key, 1))).toEqual(keys);
  });

  it('goes out as the ticket closes, and leads to our page', () => {
    const life = resolved();
    expect(lettersOf(life.look(CLOSES))).toMatchObject([{ template: 'survey', leadsTo: 'survey' }]);
    expect(life.ticket.surveyedAt).toEqual(CLOSES);
  });

  it('asks nobody twice within the days that are set', () => {
    const asked = (days: number) => {
      const judgement = resolved().look(CLOSES, someFacts({ lastSurveyAt: CLOSES.subtract({ hours: days * 24 }) }));
      return { letters: lettersOf(judgement).length, said: saidOf(judgement).at(-1) };
    };
    expect(asked(29)).toEqual({
      letters: 0,
      said: 'Does not ask how it was: the requester was asked within the last 30 days.',
    });
    expect(asked(30).letters).toBe(1);
  });

  it('says why it does not ask', () => {
    const said = (life: ReturnType<typeof aLife>, now = CLOSES, facts = someFacts()) =>
      saidOf(life.look(now, facts)).at(-1);
    expect(said(resolved(0))).toBe('Does not ask how it was: it is not among the 0 % that are drawn.');
    expect(said(resolved(), CLOSES, someFacts({ hasSurveyPage: false }))).toBe(
      'Does not ask how it was: PUBLIC_URL is not set, so nobody could answer.',
    );
    expect(said(resolved(), at('2027-06-01T10:00:00Z'))).toBe('Does not ask how it was: it is too long ago.');
  });

  it('takes the score and the comment over, and a correction of them', () => {
    const life = resolved();
    life.look(CLOSES);
    const rated = life.happen({ kind: 'rated', score: 4, comment: 'Quick!', at: CLOSES }, CLOSES);
    expect(saidOf(rated)).toEqual(['Greta Holm gives 4 of 5 and says “Quick!”.', 'Greta Holm says “Quick!”.']);
    expect(life.happen({ kind: 'rated', score: 4, comment: 'Quick!', at: CLOSES }, CLOSES).effects).toEqual([]);
    life.happen({ kind: 'rated', score: 5, comment: null, at: CLOSES }, CLOSES);
    expect(life.ticket).toMatchObject({ status: 'closed', satisfaction: 5, surveyComment: null });
  });
});

describe('a status that a person sets (A-079)', () => {
  it('can be any but New once somebody answered, and the row is told', () => {
    const life = aLife();
    const refused = life.set('new', MORNING);
    expect(life.ticket.status).toBe('open');
    expect(refused.reasons.map(sentenceOf)).toContain(
      '“new” is for tickets that nobody answered; put back. It can be Open, Pending, On hold, Needs info, Resolved or Closed.',
    );
    for (const status of ['pending', 'on_hold', 'needs_info', 'resolved', 'closed', 'resolved', 'open'] as const) {
      life.set(status, MORNING);
      expect(life.ticket.status).toBe(status);
    }
  });

  it('can be New again where nobody answered', () => {
    const life = aLife({ ticket: { firstRespondedAt: null, lastAgentMessageAt: null } });
    life.set('new', MORNING);
    expect(life.ticket.status).toBe('new');
  });
});
