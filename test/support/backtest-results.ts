import type { BacktestResult, Summary, TicketDiff } from '../../src/backtest/index.ts';

const SOME_RESULTS = { met: 90, breached: 1, at_risk: 0, running: 9, none: 0 };
const SAME = { before: SOME_RESULTS, after: SOME_RESULTS };
const AGREED = { tickets: 80, before: 70, after: 70 };

/** Of a hundred tickets of which none comes out otherwise. */
export function aSummary(overrides: Partial<Summary> = {}): Summary {
  return {
    tickets: 100,
    changed: 0,
    byDifference: {
      ticket: 0,
      category: 0,
      priority: 0,
      queue: 0,
      owner: 0,
      firstResponseDueAt: 0,
      resolutionDueAt: 0,
      tags: 0,
      escalation: 0,
      messages: 0,
      sla: 0,
    },
    due: { firstResponse: { sooner: 0, later: 0, hours: 0 }, resolution: { sooner: 0, later: 0, hours: 0 } },
    messages: {},
    sla: { firstResponse: SAME, resolution: SAME },
    agreement: { category: AGREED, priority: AGREED, queue: AGREED, owner: AGREED },
    rules: [],
    retold: {
      category: 100,
      priority: 100,
      queue: 100,
      owner: 100,
      firstResponseDueAt: 100,
      resolutionDueAt: 100,
      escalationLevel: 100,
    },
    fromTicket: 0,
    awaitingModel: 0,
    ...overrides,
  };
}

/** A ticket that becomes urgent. */
export function aDiff(overrides: Partial<TicketDiff> = {}): TicketDiff {
  return {
    key: '01JD0000000000000000000000',
    number: 1042,
    subject: 'Payment *failed*',
    changes: [
      {
        what: 'priority',
        before: 'medium',
        after: 'high',
        sentences: { before: null, after: 'Priority high, because the text says “failed” (rule Payments first).' },
      },
    ],
    finally: { status: 'resolved', category: 'billing', priority: 'high', queue: 'support', owner: 'Ana' },
    ...overrides,
  };
}

export function aResult(overrides: Partial<BacktestResult> = {}): BacktestResult {
  return { versions: { before: 'aaaa', after: 'bbbb' }, summary: aSummary(), diffs: [], ...overrides };
}
