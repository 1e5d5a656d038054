import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readLearning } from '../../src/db/learning-mark.ts';
import { aPolicy, MORNING } from '../support/builders.ts';
import { aDatabase, ENGINES, type TestDatabase } from '../support/database.ts';
import { aLiveConfig } from '../support/live-config.ts';
import { aDesk, aForm, allTickets, postForm } from '../support/pipeline.ts';

describe.each(ENGINES)('what tickets teach, on %s', (engine) => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await aDatabase(engine);
  });
  beforeEach(() => database.empty());
  afterAll(() => database.drop());

  it('is noted with the turn that changes it, and with no other (A-099)', async () => {
    const { connection } = database;
    const config = aLiveConfig({ policy: { ...aPolicy(), categories: ['billing', 'account'] } });
    const desk = aDesk(connection, { config });
    await postForm(connection, aForm('Greta'));
    await desk.pipeline.drainInbox();
    const [ticket] = await allTickets(connection);
    if (ticket === undefined) throw new Error('There is no ticket.');
    const edit = async (field: 'category' | 'status' | 'subject', to: string) => {
      desk.clock.forward({ minutes: 1 });
      const changes = [{ field, from: ticket[field], to }];
      await desk.pipeline.edit(ticket.key, { by: 'Ana', at: desk.clock.now(), changes });
      return (await readLearning(connection))?.newsAt ?? null;
    };
    expect(await edit('subject', 'Other words')).toBeNull();
    expect(await edit('category', 'billing')).toEqual(MORNING.add({ minutes: 2 }));
    // Of priority and queue, which stood while a person looked at the ticket.
    expect(await edit('status', 'resolved')).toEqual(MORNING.add({ minutes: 3 }));
    expect(await edit('category', 'account')).toEqual(MORNING.add({ minutes: 4 }));
  });
});
