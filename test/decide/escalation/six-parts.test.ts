import { describe, expect, it } from 'vitest';
import { anAgent, aRequester, aRule } from '../../support/builders.ts';
import { aDefinition, aDeskThatEscalates, after, anEscalatedCase, on } from './escalated-case.ts';

const TWICE = after({ contacts: 2 });

/** A ticket that a second message escalates at 11:30. */
function escalated(definition: Parameters<typeof aDefinition>[0], start = {}, wishes = {}) {
  const one = anEscalatedCase(aDeskThatEscalates([aDefinition({ after: TWICE, ...definition })], wishes), start);
  return { ...one, began: one.customerWrites('11:30') };
}

describe('who is told (A-065)', () => {
  it.each([
    [['queue'], ['lead@desk.example']],
    [['owner'], ['Ana']],
    [
      ['Ben', 'legal@desk.example', 'Ben'],
      ['Ben', 'legal@desk.example'],
    ],
  ])('of %j are %j', (who, told) => {
    const { began } = escalated({ who });
    expect(began.notices).toMatchObject([{ notice: 'escalated', to: told }]);
  });

  it('is everybody in the queue where that notifies nobody, and they stand for the owner while there is none', () => {
    const inTechnical = { by: 'Ana', at: on('11:05'), from: 'support', to: 'technical' };
    const { began } = escalated(
      { who: ['owner'] },
      { queue: 'technical', assignee: null, overrides: { queue: inTechnical } },
      { agents: [anAgent({ name: 'Cy', away: true, cap: 0 }), anAgent({ name: 'Ana' }), anAgent({ name: 'Ben' })] },
    );
    expect(began.notices[0]?.to).toEqual(['Cy']);
  });

  it('hears all six parts', () => {
    const { began } = escalated({ who: ['owner'], priority: 'raise_by_one', until: ['answered', 'resolved'] });
    expect(began.notices[0]?.params).toEqual({
      Escalated: 'level 1',
      Because: 'Somebody must look',
      Why: 'Nobody else would.',
      Priority: 'high, was medium',
      Accountable: 'Ana',
      Requester: 'is told nothing',
      Ends: 'when the requester is answered, or when the ticket is resolved',
    });
  });

  it('is nobody where a definition says so, and the log says it', () => {
    const { began } = escalated({ who: [] });
    expect(began.notices).toEqual([]);
    expect(began.sentences).toContain('Told nobody of the escalation: nobody is named for it.');
  });
});

describe('a channel that reaches nobody (A-066)', () => {
  it('falls back to those whom the queue notifies, and says so', () => {
    const { began } = escalated({ who: ['Cy'] });
    expect(began.notices[0]?.to).toEqual(['lead@desk.example']);
    expect(began.sentences).toContain('Told lead@desk.example of the escalation by email instead; no address for Cy.');
  });

  it('falls back to the last resort of the desk where the queue notifies nobody', () => {
    const definition = aDefinition({ after: TWICE, who: ['queue'] });
    const policy = aDeskThatEscalates([], {
      escalation: { definitions: [definition], lastResort: ['boss@desk.example'] },
    });
    const one = anEscalatedCase(policy, { queue: 'technical', assignee: 'Cy' });
    expect(one.customerWrites('11:30').notices[0]?.to).toEqual(['boss@desk.example']);
  });

  it('is told in the log when there is nobody at all', () => {
    const { began } = escalated({ who: ['queue'] }, { queue: 'technical', assignee: 'Cy' });
    expect(began.notices).toEqual([]);
    expect(began.sentences).toContain('Told nobody of the escalation: no address for Cy, nor for anybody instead.');
  });
});

describe('the priority (A-067)', () => {
  it('is raised, with old and new in the record, and the clocks run to the new target in the same turn', () => {
    const one = anEscalatedCase(aDeskThatEscalates([aDefinition({ after: TWICE, priority: 'critical' })]));
    one.receive();
    expect(one.held.ticket.firstResponseDueAt).toEqual(on('12:00'));
    const { reasons } = one.customerWrites('11:20');
    expect(one.held.ticket).toMatchObject({ priority: 'critical', firstResponseDueAt: on('11:30') });
    expect(reasons.find(({ code }) => code === 'escalate.priority_raised')).toMatchObject({
      change: { field: 'priority', from: 'medium', to: 'critical' },
      source: { kind: 'rule', name: 'Somebody must look', owner: 'head of support' },
    });
  });

  it.each([
    ['low', 'medium'],
    ['high', 'critical'],
    ['critical', 'critical'],
  ] as const)('is raised by one from %s to %s', (priority, raised) => {
    const { held } = escalated({ priority: 'raise_by_one' }, { priority });
    expect(held.ticket.priority).toBe(raised);
  });

  it('never sinks, and comes back when the escalation is over', () => {
    const { held, agentWrites } = escalated({ priority: 'low', until: ['answered'] }, { priority: 'high' });
    expect(held.ticket.priority).toBe('high');
    agentWrites('11:40');
    expect(held.ticket.priority).toBe('high');
    const other = escalated({ priority: 'critical', until: ['answered'] });
    expect(other.agentWrites('11:40').sentences).toContain('Priority medium again, as before the escalation.');
    expect(other.held.ticket).toMatchObject({
      priority: 'medium',
      escalationLevel: 0,
      escalation: { priorityBefore: null },
    });
  });

  it('stays as a person chose it, before or meanwhile', () => {
    const chosen = { by: 'Ana', at: on('11:05'), from: 'medium', to: 'low' };
    const { held, began } = escalated({ priority: 'critical' }, { priority: 'low', overrides: { priority: chosen } });
    expect(held.ticket.priority).toBe('low');
    expect(began.sentences).toContain('Priority stays low though it is escalated, because Ana chose it.');
    const other = escalated({ priority: 'critical', until: ['answered'] });
    other.edit('11:35', { priority: 'high' });
    other.agentWrites('11:40');
    expect(other.held.ticket.priority).toBe('high');
  });

  it('goes back to what triage came to say meanwhile', () => {
    const policy = aDeskThatEscalates([aDefinition({ after: TWICE, priority: 'critical', until: ['answered'] })], {
      triage: { rules: [aRule({ priority: 'high' })] },
    });
    const one = anEscalatedCase(policy);
    one.customerWrites('11:30');
    one.edit('11:35', { category: 'technical' });
    expect(one.held.ticket.priority).toBe('critical');
    one.agentWrites('11:40');
    expect(one.held.ticket.priority).toBe('high');
  });

  it('ends no escalation that asked for it, though the condition is of the ticket as it was', () => {
    const when = { kind: 'is', field: 'priority', values: ['medium'] } as const;
    const one = anEscalatedCase(
      aDeskThatEscalates([aDefinition({ when, priority: 'critical', until: ['condition_clears'] })]),
    );
    one.wake('11:05');
    for (const later of ['11:10', '11:15', '11:20']) expect(one.wake(later).codes).toEqual([]);
    expect(one.held.ticket).toMatchObject({ priority: 'critical', escalationLevel: 1 });
  });
});

describe('who answers for it (A-068)', () => {
  it('is set apart from who is told and from who has the ticket', () => {
    const { held, began } = escalated({ who: ['queue'], accountable: 'Ben' });
    expect(held.ticket).toMatchObject({ accountable: 'Ben', assignee: 'Ana' });
    expect(began.notices[0]?.to).toEqual(['lead@desk.example']);
  });

  it('is the owner, whoever that comes to be, where nobody is named', () => {
    const { held, edit } = escalated({ accountable: null });
    expect(held.ticket.accountable).toBe('Ana');
    edit('11:40', { assignee: 'Ben' });
    expect(held.ticket.accountable).toBe('Ben');
  });

  it('stays with whom a person chose', () => {
    const { held, edit, wake } = escalated({ accountable: 'Ben' });
    edit('11:40', { accountable: 'boss@desk.example' });
    wake('11:50');
    expect(held.ticket.accountable).toBe('boss@desk.example');
    expect(edit('11:55', { accountable: 'Nobody we know' }).reasons[0]?.code).toBe('edit.refused');
  });

  it('answers for it no more when it is over, though a person chose them, and the next time it is worked out anew (A-070)', () => {
    const { held, edit } = escalated({ accountable: 'Ben' });
    edit('11:40', { accountable: 'boss@desk.example' });
    const { sentences } = edit('11:50', { escalationLevel: 0 });
    expect(sentences).toContain('boss@desk.example need not answer for it any more.');
    expect([held.ticket.accountable, held.ticket.overrides]).toEqual([null, {}]);
    edit('11:55', { escalationLevel: 1 });
    expect(held.ticket.accountable).toBe('Ana');
  });
});

describe('what the requester is told (A-069)', () => {
  const customer = { customer: 'we-are-on-it', until: ['answered'] as const };

  it('is the letter that is named, once an escalation', () => {
    const { held, began, wake, agentWrites, customerWrites } = escalated(customer);
    expect(held.letters).toEqual([
      {
        kind: 'message',
        key: `escalation:${held.ticket.key}:1:we-are-on-it`,
        template: 'we-are-on-it',
        to: 'greta@example.com',
        gaps: { 'escalation.accountable': 'Ana', 'escalation.since': on('11:30') },
      },
    ]);
    expect(began.notices[0]?.params['Requester']).toBe('is told');
    wake('11:40');
    agentWrites('11:45');
    customerWrites('11:50');
    expect(held.letters).toHaveLength(1);
  });

  it('is nothing where it says none, with the silence in the log', () => {
    expect(escalated({ customer: null }).began.sentences).toContain(
      'Told the requester nothing of the escalation: no letter is named for it.',
    );
  });

  it.each([
    [null, 'there is no address'],
    ['no-reply@example.com', 'the sender looks like a machine'],
  ])('is nothing to %s', (email, why) => {
    const { held, began } = escalated(customer, { requester: aRequester({ email }) });
    expect(held.letters).toEqual([]);
    expect(began.sentences).toContain(`Told the requester nothing of the escalation: ${why}.`);
  });
});

describe('how it ends (A-070)', () => {
  it('is by an answer, told once to those who were told, with all given back', () => {
    const { held, agentWrites, wake } = escalated({
      who: ['owner', 'queue'],
      priority: 'critical',
      until: ['answered'],
    });
    const { notices, sentences } = agentWrites('11:42');
    expect(sentences[0]).toBe(
      'No longer escalated: “Somebody must look” is over after 12 min, because the requester was answered.',
    );
    expect(notices).toMatchObject([{ notice: 'deescalated', to: ['Ana', 'lead@desk.example'] }]);
    expect(held.ticket).toMatchObject({ escalationLevel: 0, accountable: null, priority: 'medium' });
    expect(wake('11:50').notices).toEqual([]);
  });

  it('leaves the record with what a review of the definition asks for (A-100)', () => {
    const { agentWrites } = escalated({ until: ['answered'] });
    expect(agentWrites('11:42').reasons.find(({ code }) => code === 'escalate.ended')?.params).toMatchObject({
      name: 'Somebody must look',
      cause: 'answered',
      minutes: 12,
      level: 1,
      left: 0,
    });
  });

  it('is by the solution, and the status beneath was never another', () => {
    const { held, edit } = escalated({ until: ['resolved'] }, { status: 'pending' });
    expect(held.ticket.status).toBe('open');
    expect(edit('11:50', { status: 'resolved' }).codes).toContain('escalate.ended');
    expect(held.ticket).toMatchObject({ status: 'resolved', escalationLevel: 0 });
  });

  it('is by a person alone where it says by_hand, but for the end of the ticket', () => {
    const { held, agentWrites, edit } = escalated({ until: ['by_hand'] });
    agentWrites('11:40');
    edit('11:50', { status: 'resolved' });
    expect(held.ticket.escalationLevel).toBe(1);
    edit('11:55', { status: 'closed' });
    expect(held.ticket.escalationLevel).toBe(0);
  });

  it('is with its definition, when the config has it no more', () => {
    const { held, wake } = escalated({});
    held.policy = aDeskThatEscalates([]);
    expect(wake('11:40').sentences[0]).toContain('because the config has no such definition any more.');
    expect(held.ticket.escalationLevel).toBe(0);
  });

  it('fires no second time while its condition holds, and does when that comes anew', () => {
    const when = { kind: 'is', field: 'tags', values: ['legal'] } as const;
    const one = anEscalatedCase(aDeskThatEscalates([aDefinition({ when, until: ['answered'] })]), { tags: ['legal'] });
    one.wake('11:05');
    one.agentWrites('11:10');
    expect(one.held.ticket.escalationLevel).toBe(0);
    for (const later of ['11:20', '12:00', '16:00']) expect(one.wake(later).codes).toEqual([]);
    one.edit('16:10', { tags: [] });
    expect(one.edit('16:20', { tags: ['legal'] }).notices).toMatchObject([
      { key: `escalated:${one.held.ticket.key}:2:1`, to: ['lead@desk.example'] },
    ]);
  });
});

describe('an escalation by hand', () => {
  const policy = aDeskThatEscalates([aDefinition({ after: TWICE })]);

  it('tells the owner and those whom the queue notifies who did it, and takes the status for what it is', () => {
    const one = anEscalatedCase(policy);
    const { notices, sentences } = one.edit('11:10', { escalationLevel: 2 }, { by: 'Ben' });
    expect(sentences[0]).toBe('Ben escalated it to level 2.');
    expect(notices).toMatchObject([{ to: ['Ana', 'lead@desk.example'], params: { Because: 'Ben, by hand' } }]);
    expect(one.held.ticket).toMatchObject({ status: 'open', escalationLevel: 2, accountable: 'Ana' });
    expect(one.edit('11:20', { status: 'resolved' }).codes).toContain('escalate.ended');
  });

  it('tells nobody what they did themselves', () => {
    expect(anEscalatedCase(policy).edit('11:10', { escalationLevel: 1 }, { by: 'Ana' }).notices[0]?.to).toEqual([
      'lead@desk.example',
    ]);
  });

  it('is ended by hand too, with what the person says of it, and is not fired again by what still holds (A-100)', () => {
    const { held, edit, wake } = escalated({ who: ['owner', 'queue'] });
    const { notices, reasons, sentences } = edit('11:40', { escalationLevel: 0 }, { by: 'Ana', verdict: 'premature' });
    expect(sentences[0]).toBe('Ana ended the escalation; it was premature.');
    expect(reasons[0]).toMatchObject({
      code: 'escalate.lowered_by_hand',
      params: { verdict: 'premature', names: ['Somebody must look'], minutes: 10 },
      change: { field: 'escalationLevel', from: 1, to: 0 },
    });
    expect(notices).toMatchObject([{ notice: 'deescalated', to: ['lead@desk.example'] }]);
    expect(wake('12:00').codes).toEqual([]);
    expect(held.ticket.escalationLevel).toBe(0);
  });

  it('can be taken down a level, which begins nothing anew', () => {
    const one = anEscalatedCase(policy);
    one.edit('11:10', { escalationLevel: 3 });
    const { notices, sentences } = one.edit('11:20', { escalationLevel: 1 });
    expect(sentences[0]).toBe('Ana took it down to level 1.');
    expect(notices).toEqual([]);
    expect(one.held.ticket.escalationLevel).toBe(1);
  });

  it('is refused where there is no such level', () => {
    const one = anEscalatedCase(policy);
    expect(one.edit('11:10', { escalationLevel: 7 }).reasons[0]).toMatchObject({
      code: 'edit.refused',
      params: { allowed: ['Level 1', 'Level 2', 'Level 3'] },
    });
    expect(one.held.ticket.escalationLevel).toBe(0);
  });

  it('is taken over from a row of which nothing else is known', () => {
    const one = anEscalatedCase(policy, { escalationLevel: 2 });
    const { sentences, notices } = one.wake('11:10');
    expect(sentences[0]).toBe('Somebody in the base escalated it to level 2.');
    expect(notices).toHaveLength(1);
    expect(one.wake('11:20').notices).toEqual([]);
  });
});

describe('steps of a category (A-078)', () => {
  const policy = aDeskThatEscalates([], { triage: { steps: { billing: ['Receive', 'Validate', 'Solve', 'Close'] } } });

  it('are ticked one after the other, each with who did it', () => {
    const one = anEscalatedCase(policy);
    const path = ['Receive', 'Validate', 'Solve', 'Close'];
    const said = path.map((_, index) => {
      const { reasons } = one.edit(`11:1${index}`, { stepsDone: path.slice(0, index + 1) }, { by: 'Ben' });
      return reasons[0]?.params['done'];
    });
    expect(said).toEqual([['Receive'], ['Validate'], ['Solve'], ['Close']]);
    expect(one.held.ticket.stepsDone).toEqual(path);
  });

  it('are taken back, and unknown ones refused', () => {
    const one = anEscalatedCase(policy, { stepsDone: ['Receive', 'Validate'] });
    expect(one.edit('11:10', { stepsDone: ['Receive', 'Dance'] }).reasons[0]).toMatchObject({
      code: 'edit.refused',
      params: { allowed: ['Receive', 'Validate', 'Solve', 'Close'] },
    });
    expect(one.edit('11:20', { stepsDone: ['Receive'] }).reasons[0]?.params).toMatchObject({ undone: ['Validate'] });
  });
});
