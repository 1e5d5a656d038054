import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { followUpCard } from '../../src/console/follow-up-card.ts';
import { textOf } from '../../src/console/markup.ts';
import { readTicketFile } from '../../src/console/ticket-rows.ts';
import { aPolicy } from '../support/builders.ts';
import { aDatabase, type TestDatabase } from '../support/database.ts';
import { aLiveConfig } from '../support/live-config.ts';
import { aClock, aDesk, aForm, allTickets, postForm } from '../support/pipeline.ts';

const POLICY = aPolicy({ followUp: { closing: { minutes: 3 * 24 * 60, calendar: null } } });

describe('the card of what became of a ticket', () => {
  const clock = aClock();
  const config = aLiveConfig({ policy: POLICY });
  let database: TestDatabase;
  let desk: ReturnType<typeof aDesk>;
  beforeAll(async () => {
    database = await aDatabase('pglite');
    desk = aDesk(database.connection, { clock, config });
  });
  afterAll(() => database.drop());

  /** What it says of a ticket, without its markup. */
  async function said(number: number): Promise<string> {
    const file = await readTicketFile(database.connection.queries, number);
    if (file === null) throw new Error(`no ticket ${number}`);
    const view = {
      person: 'Ana',
      access: 'admin' as const,
      csrfToken: '',
      formKey: '',
      rowAddress: null,
      storeTitle: 'embedded',
      draft: null,
    };
    const card = followUpCard({ ...view, file, config: config.current(), now: clock.now() });
    return card === null
      ? ''
      : textOf(card)
          .replaceAll(/<[^>]+>/g, ' ')
          .replaceAll(/\s+/g, ' ')
          .trim();
  }

  it('is not there for a ticket that nothing follows; then shows both ends of a link, the score, and what is to come', async () => {
    await postForm(database.connection, aForm('Greta'), { receivedAt: clock.now() });
    await desk.pipeline.drainInbox();
    expect(await said(1000)).toBe('');
    const [first] = await allTickets(database.connection);
    const key = first?.key ?? '';
    const set = (to: string) => ({
      by: 'Ana',
      at: clock.now(),
      changes: [{ field: 'status' as const, from: 'new', to }],
    });
    await desk.pipeline.edit(key, set('resolved'));
    clock.forward({ hours: 24 });
    expect(await said(1000)).toBe('Follow-up Closes in 2 d , unless they write');
    await desk.pipeline.edit(key, set('closed'));
    await desk.pipeline.rate(key, { score: 4, comment: '<b>Quick</b>' });
    await postForm(database.connection, { ...aForm('Greta', 'It fails again'), ticket: 'T-1000' });
    await desk.pipeline.drainInbox();
    expect(await said(1000)).toBe('Follow-up Followed by T-1001 . 4 of 5 in the survey &#60;b&#62;Quick&#60;/b&#62;');
    expect(await said(1001)).toBe('Follow-up Follows T-1000 , which was closed when the requester wrote again.');
  });
});
