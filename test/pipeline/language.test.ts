import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { anAgent, aPolicy, aQueue, aRule, MORNING } from '../support/builders.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aLiveConfig } from '../support/live-config.ts';
import { aDesk, aForm, allDecisions, allOutgoing, allTickets, postForm } from '../support/pipeline.ts';

const ENGLISH = { name: 'thanks', subject: 'We have it', body: 'Thank you, {{ requester.name }}.' };
const GERMAN = { name: 'thanks.de', subject: 'Wir haben es', body: 'Danke, {{ requester.name }}.' };
const GERMAN_REQUEST = 'Die Rechnung stimmt nicht, bitte prüfen Sie den Betrag.';

/** A desk that answers in German, and has Cy for whoever writes Spanish. */
const POLICY = aPolicy({
  agents: [anAgent(), anAgent({ name: 'Cy', skills: ['spanish'] })],
  queues: [aQueue({ members: ['Ana', 'Cy'] }), aQueue({ name: 'review', members: [], method: 'none' })],
  triage: { rules: [aRule({ category: 'billing' })] },
  routing: {
    rules: [aRule({ preferredSkills: ['spanish'] }, { when: { kind: 'is', field: 'language', values: ['es'] } })],
  },
  intake: { acknowledgement: 'thanks' },
  replies: { thanks: ENGLISH, 'thanks.de': GERMAN },
});

describe('the language of a ticket', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aDatabase('pglite');
  });
  beforeEach(() => database.empty());
  afterAll(() => database.drop());

  function deskOf(policy = POLICY) {
    return aDesk(database.connection, { config: aLiveConfig({ policy }) });
  }

  it('is that of its words, and letters go out in it', async () => {
    const desk = deskOf();
    await postForm(database.connection, aForm('Greta', GERMAN_REQUEST));
    await postForm(database.connection, aForm('Hans', 'My payment failed twice and my card was charged.'));
    await desk.pipeline.drainInbox();
    expect((await allTickets(database.connection)).map(({ language }) => language)).toEqual(['de', 'en']);
    const letters = (await allOutgoing(database.connection)).filter(({ kind }) => kind === 'message');
    expect(letters.map(({ text, template }) => [text, template])).toEqual([
      ['Danke, Greta.', 'thanks'],
      ['Thank you, Hans.', 'thanks'],
    ]);
  });

  it('brings a Spanish request to who speaks it (A-039)', async () => {
    const desk = deskOf();
    await postForm(database.connection, aForm('Lucia', 'Hola, necesito ayuda con la factura de este mes.'));
    await desk.pipeline.drainInbox();
    expect((await allTickets(database.connection))[0]).toMatchObject({ language: 'es', assignee: 'Cy' });
  });

  it('is what the form or the account says, whatever the words look like', async () => {
    const desk = deskOf();
    await postForm(database.connection, { ...aForm('Greta', GERMAN_REQUEST), Language: 'Français' });
    await desk.pipeline.drainInbox();
    expect((await allTickets(database.connection))[0]).toMatchObject({ language: 'fr' });
  });

  it('is that of the ticket before where the words say too little (A-039)', async () => {
    const desk = deskOf();
    await postForm(database.connection, aForm('Greta', GERMAN_REQUEST));
    await desk.pipeline.drainInbox();
    await postForm(database.connection, aForm('Greta', 'Bitte'));
    await postForm(database.connection, aForm('Hans', 'Bitte'));
    await desk.pipeline.drainInbox();
    const tickets = await allTickets(database.connection);
    expect(tickets.map(({ language }) => language)).toEqual(['de', 'de', null]);
    const said = (await allDecisions(database.connection)).filter(({ code }) => code.startsWith('intake.language'));
    expect(said.map(({ sentence }) => sentence)).toEqual([
      `Is answered in German, as ticket ${tickets[0]?.number} of the same requester was.`,
    ]);
  });

  it('is known of requests that came together, too', async () => {
    const desk = deskOf();
    await postForm(database.connection, aForm('Greta', GERMAN_REQUEST));
    await postForm(database.connection, aForm('Greta', 'Bitte'));
    await desk.pipeline.drainInbox();
    expect((await allTickets(database.connection)).map(({ language }) => language)).toEqual(['de', 'de']);
  });

  it('changes with a requester who clearly writes another', async () => {
    const desk = deskOf();
    await postForm(database.connection, aForm('Greta', GERMAN_REQUEST));
    await postForm(database.connection, aForm('Greta', 'My payment failed twice and my card was charged.'));
    await desk.pipeline.drainInbox();
    expect((await allTickets(database.connection)).map(({ language }) => language)).toEqual(['de', 'en']);
  });

  it('is what a person chose, on later tickets too', async () => {
    const desk = deskOf();
    await postForm(database.connection, aForm('Greta', GERMAN_REQUEST));
    await desk.pipeline.drainInbox();
    const [first] = await allTickets(database.connection);
    const changes = [{ field: 'language', from: 'de', to: 'fr' }] as const;
    await desk.pipeline.edit(first?.key ?? '', { by: 'Ana', at: MORNING, changes });
    await postForm(database.connection, aForm('Greta', 'Die Mahnung kam heute an, obwohl ich bezahlt habe.'));
    await desk.pipeline.drainInbox();
    expect((await allTickets(database.connection)).map(({ language }) => language)).toEqual(['fr', 'fr']);
    const sentences = (await allDecisions(database.connection)).map(({ sentence }) => sentence);
    expect(sentences).toContain('Ana changed language from German to French.');
    expect(sentences).toContain(`Is answered in French, as Ana chose on ticket ${first?.number}.`);
  });

  it('is told by the first answer that says enough', async () => {
    const desk = deskOf();
    await postForm(database.connection, aForm('Greta', 'Hallo'));
    await desk.pipeline.drainInbox();
    const [ticket] = await allTickets(database.connection);
    expect(ticket).toMatchObject({ language: null });
    await postForm(database.connection, { ...aForm('Greta', GERMAN_REQUEST), ticket: String(ticket?.number) });
    await desk.pipeline.drainInbox();
    expect((await allTickets(database.connection)).map(({ language }) => language)).toEqual(['de']);
  });

  it('is that of what a person types, too (A-015)', async () => {
    const desk = deskOf();
    const requester = { name: 'Greta', email: null };
    await desk.pipeline.open({ by: 'Ana', subject: 'Anruf', text: GERMAN_REQUEST, requester });
    const row = { rowId: 'row1', by: 'Ana', createdAt: MORNING, chosen: {}, row: {} };
    await desk.pipeline.adopt({ ...row, subject: 'Besuch', text: GERMAN_REQUEST, requester });
    expect((await allTickets(database.connection)).map(({ language }) => language)).toEqual(['de', 'de']);
  });

  it('is not looked for on a desk to which it makes no difference', async () => {
    const desk = deskOf(aPolicy());
    await postForm(database.connection, aForm('Greta', GERMAN_REQUEST));
    await desk.pipeline.drainInbox();
    expect((await allTickets(database.connection))[0]).toMatchObject({ language: null });
  });
});
