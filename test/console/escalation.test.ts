import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aDefinition, aDeskThatEscalates, after } from '../decide/escalation/escalated-case.ts';
import { aRule } from '../support/builders.ts';
import { aVisitor } from '../support/console-visitor.ts';
import { aForm, allDecisions, allTickets, postForm } from '../support/pipeline.ts';
import { aVisitedConsole, type VisitedConsole } from '../support/visited-console.ts';

const STEPS = ['Receive', 'Validate', 'Solve'];

const POLICY = aDeskThatEscalates(
  [
    aDefinition({
      name: 'Slow <b>',
      why: 'It takes too long.',
      after: after({ slaUsed: { first_reply: 0.5 } }),
      priority: 'high',
      until: ['answered'],
    }),
  ],
  { triage: { rules: [aRule({ category: 'billing' })], steps: { billing: STEPS } } },
);

describe('escalations in the console', () => {
  let world: VisitedConsole;
  beforeAll(async () => {
    world = await aVisitedConsole({ policy: POLICY });
    const { database, desk } = world;
    for (const name of ['Greta', 'Hans']) await postForm(database.connection, aForm(name));
    await desk.pipeline.drainInbox();
  });
  afterAll(() => world.close());

  async function theTicket() {
    const [ticket] = await allTickets(world.database.connection);
    return ticket;
  }

  it('are offered by hand while there is none', async () => {
    const { text } = await world.ana.get('/tickets/1000');
    expect(text).toContain('Not escalated.');
    expect(text).toMatch(/<select[^>]*name="escalationLevel"/);
    expect((await world.ana.get('/?escalated=1')).text).toContain('Nothing is escalated');
  });

  it('are shown with why, since when, who answers for them, who was told and how they end', async () => {
    world.desk.clock.forward({ minutes: 30 });
    await world.desk.pipeline.wakeDue();
    const { text } = await world.ana.get('/tickets/1000');
    expect(text).toMatch(/Slow &[#a-z0-9]+;b&/);
    expect(text).not.toContain('Slow <b>');
    expect(text).toContain('It takes too long.');
    expect(text).toContain('Ends when the requester is answered.');
    expect(text).toMatch(/<dt>Accountable<\/dt>\s*<dd><bdi>Ana<\/bdi><\/dd>/);
    expect(text).toMatch(/<dt>Told<\/dt>\s*<dd><bdi>lead@desk\.example<\/bdi><\/dd>/);
    expect(text).toMatch(/High, medium before/);
  });

  it('have a view of their own, with a count, and a sign in every list', async () => {
    const { text } = await world.ana.get('/?escalated=1');
    expect(text).toContain('<h1 id="list-title">Escalated</h1>');
    expect(text.match(/td-flag-raised/g)).toHaveLength(2);
    expect(text).toMatch(/Escalated<\/span><span class="td-count [^"]*">2</);
  });

  it('are ended by hand, with a word on whether it was necessary (A-070, A-100)', async () => {
    const form = { 'was.escalationLevel': '1', escalationLevel: '0', 'was.accountable': 'Ana', accountable: 'Ana' };
    const { location } = await world.ana.post('/tickets/1000/edit', { ...form, verdict: 'too_late' });
    expect(location).toContain('/tickets/1000');
    expect(await theTicket()).toMatchObject({ escalationLevel: 0, accountable: null, priority: 'medium' });
    const ended = (await allDecisions(world.database.connection)).find(
      ({ code }) => code === 'escalate.lowered_by_hand',
    );
    expect(ended).toMatchObject({
      params: { verdict: 'too_late' },
      sentence: 'Ana ended the escalation; it was too late.',
    });
  });

  it('are begun by hand, unless somebody else did something else meanwhile', async () => {
    const form = { 'was.escalationLevel': '0', escalationLevel: '2' };
    await world.ana.post('/tickets/1000/edit', form);
    expect(await theTicket()).toMatchObject({ escalationLevel: 2 });
    const clash = await world.ana.post('/tickets/1000/edit', { ...form, escalationLevel: '3' });
    expect(clash.status).toBe(409);
    expect(await theTicket()).toMatchObject({ escalationLevel: 2 });
  });

  it('stand beside steps, which two people can tick at a time, each with their name (A-078)', async () => {
    const was = Object.fromEntries(STEPS.map((step) => [`was.${step}`, '']));
    await world.ana.post('/tickets/1000/steps', { ...was, 'step.Receive': 'yes' });
    const ben = aVisitor(world.server.address);
    await ben.signIn('Ben');
    await ben.post('/tickets/1000/steps', { ...was, 'step.Validate': 'yes' });
    expect((await theTicket())?.stepsDone).toEqual(['Receive', 'Validate']);
    const { text } = await world.ana.get('/tickets/1000');
    expect(text).toMatch(/<bdi>Receive<\/bdi>\s*<small[^>]*>\s*<bdi>Ana<\/bdi>/);
    expect(text).toMatch(/<bdi>Validate<\/bdi>\s*<small[^>]*>\s*<bdi>Ben<\/bdi>/);
    await world.ana.post('/tickets/1000/steps', {
      ...was,
      'was.Receive': 'done',
      'was.Validate': 'done',
      'step.Validate': 'yes',
    });
    expect((await theTicket())?.stepsDone).toEqual(['Validate']);
  });
});
