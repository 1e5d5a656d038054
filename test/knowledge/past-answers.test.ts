import { expect, it } from 'vitest';
import { createPastAnswers } from '../../src/knowledge/past-answers.ts';
import type { SolvedTicket } from '../../src/knowledge/solved-tickets.ts';
import { MORNING } from '../support/builders.ts';

function solved(number: number, text: string, answer: string | null): SolvedTicket {
  const asker = { name: 'Greta Olsen', email: 'greta@example.com' };
  const who = { requester: asker.email, asker };
  const known = { ...who, category: null, channel: 'website', reopenCount: 0, satisfaction: null };
  return { key: `key-${number}`, number, subject: text, text, answer, openedAt: MORNING, ...known };
}

it('past answers are found by question and answer, follow what is solved, and forget what is opened again', async () => {
  const all = {
    now: [
      solved(1, 'Lamp flickers', 'Turn the dimmer to full.'),
      solved(2, 'Where is my parcel', 'It comes on Friday.'),
      solved(3, 'Lamp hums', null),
    ],
  };
  const past = createPastAnswers(async () => all.now);
  const numbers = async (text: string) => (await past.find(text, 5)).map(({ number }) => number);
  expect(await numbers('my lamp is flikering')).toEqual([1]);
  expect(await numbers('dimmer')).toEqual([1]);
  all.now = [solved(2, 'Where is my parcel', 'It came on Monday.'), solved(4, 'Lamp is dark', 'Try another bulb.')];
  expect(await numbers('lamp')).toEqual([4]);
  expect((await past.find('parcel', 5)).map(({ answer }) => answer)).toEqual(['It came on Monday.']);
  expect(await numbers('Friday')).toEqual([]);
});

it('a reading that fails fails the look, and not the next one', async () => {
  const base = { isDown: true };
  const past = createPastAnswers(async () => {
    if (base.isDown) throw new Error('down');
    return [solved(1, 'Lamp flickers', 'Turn the dimmer to full.')];
  });
  await expect(past.find('lamp', 5)).rejects.toThrow('down');
  base.isDown = false;
  expect(await past.find('lamp', 5)).toHaveLength(1);
});
