import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bookOf } from '../../src/config/policy/customers.ts';
import { Customers } from '../../src/config/written/customers.ts';
import { identities } from '../../src/db/schema.ts';
import { identityName } from '../../src/domain/requester.ts';
import { ALWAYS, aPolicy, type PolicyWishes } from '../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aJsonChannel } from '../support/http-server.ts';
import { aChannel, aLiveConfig } from '../support/live-config.ts';
import { aDesk, aForm, allDecisions, allOutgoing, allTickets, postForm, postJson } from '../support/pipeline.ts';

describe.each(ENGINES)('who asks, on %s', (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aDatabase(engine);
  });
  beforeEach(() => database.empty());
  afterAll(() => database.drop());

  function deskWith(customers: object = {}, wishes: PolicyWishes = {}) {
    const policy = aPolicy({ ...wishes, customers: bookOf(Customers.parse(customers)) });
    const config = aLiveConfig({ policy, channels: [aChannel(), aJsonChannel({ settings: JSON_SETTINGS })] });
    return aDesk(database.connection, { config });
  }

  /** The people who are known, each as what they are known by. */
  async function people(): Promise<readonly string[]> {
    const rows = await database.connection.queries.select().from(identities);
    const known = [...Map.groupBy(rows, ({ requesterId }) => requesterId).values()];
    return known.map((theirs) => theirs.map(identityName).toSorted().join(' ')).toSorted();
  }

  it('is one person over the form and over a chat that gives the same address (A-023)', async () => {
    const { pipeline } = deskWith();
    await postForm(database.connection, aForm('Greta'));
    await pipeline.drainInbox();
    await postJson(database.connection, {
      email: 'greta@example.com',
      text: 'Me again, by chat.',
      chat_id: 'whatsapp:+49151',
    });
    await postJson(database.connection, { name: 'Greta', text: 'And without my address.', chat_id: 'whatsapp:+49151' });
    await pipeline.drainInbox();
    expect(await people()).toEqual(['greta@example.com whatsapp:+49151']);
    const [, , third] = await allTickets(database.connection);
    expect(third?.requester).toEqual({
      name: 'Greta',
      email: null,
      account: {},
      identities: [
        { kind: 'email', value: 'greta@example.com' },
        { kind: 'whatsapp', value: '+49151' },
      ],
    });
  });

  it('is one person by two addresses where the config says so (A-019)', async () => {
    const { pipeline } = deskWith({ aliases: [['greta@example.com', 'g.holm@else.example']] });
    await postForm(database.connection, aForm('Greta'));
    await postForm(database.connection, { ...aForm('Greta'), email: 'g.holm@else.example' });
    await pipeline.drainInbox();
    expect(await people()).toEqual(['g.holm@else.example greta@example.com']);
  });

  it('is shown what the same person asked before, from whichever address (A-019, A-087)', async () => {
    const { pipeline } = deskWith({ aliases: [['greta@example.com', 'g.holm@else.example']] }, { related: 2 });
    await postForm(database.connection, { ...aForm('Greta', 'Where is my receipt?'), subject: 'Receipt' });
    await pipeline.drainInbox();
    await postForm(database.connection, { ...aForm('Greta'), email: 'g.holm@else.example' });
    await pipeline.drainInbox();
    const [, second] = await allTickets(database.connection);
    expect(second?.related).toEqual([{ number: 1000, by: 'requester', status: 'new', subject: 'Receipt' }]);
  });

  it('is asked once how it was, whichever address they wrote from (A-093)', async () => {
    const survey = { share: 1, pauseDays: 30, template: 'survey', when: ALWAYS, place: 'follow-up.yaml:1' };
    const replies = { survey: { name: 'survey', subject: 'How was it?', body: '{{ survey.link }}' } };
    const aliases = [['greta@example.com', 'g.holm@else.example']];
    const { pipeline, clock } = deskWith({ aliases }, { followUp: { survey }, replies });
    await postForm(database.connection, aForm('Greta'));
    await postForm(database.connection, { ...aForm('Greta', 'Again!'), email: 'g.holm@else.example' });
    await pipeline.drainInbox();
    for (const { key } of await allTickets(database.connection)) {
      await pipeline.reply(key, { by: 'Ana', text: 'It is mended.' });
      const changes = [{ field: 'status', from: 'open', to: 'closed' }] as const;
      await pipeline.edit(key, { by: 'Ana', at: clock.now(), changes });
    }
    const asked = (await allOutgoing(database.connection)).filter(({ template }) => template === 'survey');
    expect(asked.map(({ recipient }) => recipient)).toEqual(['greta@example.com']);
  });

  it('is not guessed where the sender gives what belongs to two people (A-019)', async () => {
    const { pipeline } = deskWith();
    await postForm(database.connection, aForm('Greta'));
    await postJson(database.connection, { name: 'Ole', text: 'Hello from Ole.', phone: '+49 151 999' });
    await postJson(database.connection, {
      email: 'greta@example.com',
      text: 'A shared telephone.',
      phone: '0049151999',
    });
    await pipeline.drainInbox();
    expect(await people()).toEqual(['greta@example.com', 'phone:+49151999']);
    const told = (await allDecisions(database.connection)).map(({ sentence }) => sentence);
    expect(told).toContain(
      'The sender also gives phone:+49151999, known as somebody else; a person can say that they are one.',
    );
    const [, , third] = await allTickets(database.connection);
    expect(third?.requester.identities ?? []).toEqual([]);
  });

  it('is known again by what the rows of the base remember, when the tables are lost', async () => {
    const { pipeline } = deskWith({ aliases: [['greta@example.com', 'g.holm@else.example']] });
    await postForm(database.connection, aForm('Greta'));
    await postForm(database.connection, { ...aForm('Greta'), email: 'g.holm@else.example' });
    await postForm(database.connection, aForm('Ole'));
    await pipeline.drainInbox();
    const remembered = await allTickets(database.connection);
    const before = await people();
    await database.empty();
    const row = { synced: {}, replyKey: null };
    await deskWith().pipeline.restore(
      remembered.map((ticket) => ({ ticket, from: 'memory' as const, row: { ...row, id: ticket.key }, log: [] })),
    );
    expect(await people()).toEqual(before);
  });

  it('has an account that a changed list changes, for tickets that are open (A-005)', async () => {
    const desk = deskWith({ accounts: { Acme: { domains: ['example.com'], tier: 'smb' } } });
    await postForm(database.connection, aForm('Greta'));
    await desk.pipeline.drainInbox();
    const accounts = { Acme: { domains: ['example.com'], tier: 'enterprise' } };
    desk.config.change(aPolicy({ version: 'b', customers: bookOf(Customers.parse({ accounts })) }));
    await desk.pipeline.reviewAll();
    const [ticket] = await allTickets(database.connection);
    expect(ticket?.requester.account).toEqual({ name: 'Acme', tier: 'enterprise' });
  });
});

const JSON_SETTINGS = {
  fields: {
    name: null,
    email: null,
    phone: null,
    chat: null,
    subject: null,
    message: null,
    id: null,
    sentAt: null,
    ticket: null,
    files: null,
  },
  account: {},
};
