import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createAsk } from '../../src/cli/ask.ts';
import { until } from '../support/until.ts';

const PLANS = [
  { name: 'Free', value: 'free' },
  { name: 'Team', value: 'team', isUsual: true, hint: '100,000 requests a month' },
];

/** A terminal at which somebody types. */
function aSeat() {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const shown = { text: '' };
  output.on('data', (part: Buffer) => (shown.text += part.toString()));
  return {
    seat: { input, output },
    shown,
    async typeAt(question: string, keys: string) {
      await until(`the question "${question}"`, () => shown.text.includes(question));
      input.write(keys);
    },
  };
}

const nobody = createAsk({ answers: {}, takesUsual: false }, null);

it('is tried again only with somebody who wants to be asked', () => {
  const { seat } = aSeat();
  const asks = [
    createAsk({ answers: {}, takesUsual: false }, seat),
    createAsk({ answers: {}, takesUsual: true }, seat),
  ];
  expect([...asks, nobody].map(({ isAttended }) => isAttended)).toEqual([true, false, false]);
});

describe('an answer on the command line', () => {
  const ask = createAsk(
    { answers: { 'new-table': 'Requests', plan: 'TEAM', adopt: true, 'column.category': 'Kind' }, takesUsual: false },
    null,
  );

  it('is taken without asking', async () => {
    expect(await ask.text('new-table', 'What is it to be called?', 'Tickets')).toBe('Requests');
    expect(await ask.confirm('adopt', 'Adopt them?', false)).toBe(true);
  });

  it('chooses by value or by name, capitals or not', async () => {
    expect(await ask.choose('plan', 'Which plan?', PLANS)).toBe('team');
    const columns = [{ name: 'Kind', value: { id: 'fldKind' } }];
    expect(await ask.choose('column.category', 'Category: which column?', columns)).toEqual({ id: 'fldKind' });
  });

  it('is refused when it is none of the choices, with those that there are', async () => {
    const wrong = createAsk({ answers: { plan: 'gold' }, takesUsual: true }, null);
    await expect(wrong.choose('plan', 'Which plan?', PLANS)).rejects.toMatchObject({
      code: 'ask.not-a-choice',
      message: '--plan "gold" is not among the answers. Which plan?',
      fix: 'One of: free (Free), team (Team).',
    });
  });

  it('goes to the choice for all others where there is one, and the next question of that name reads it', async () => {
    const said = createAsk({ answers: { page: 'https://example.com/1' }, takesUsual: true }, null);
    const pages = [
      { name: 'Help desk', value: 'page1', isUsual: true },
      { name: 'By its link', value: 'link', isOther: true },
    ];
    expect(await said.choose('page', 'Which page?', pages)).toBe('link');
    expect(await said.text('page', 'Its link')).toBe('https://example.com/1');
    expect([said.isSaid('page'), said.isSaid('plan')]).toEqual([true, false]);
  });

  it('is refused when two choices have that name, and an id still tells them apart', async () => {
    const twins = [
      { name: 'Tickets', value: 'tbl1' },
      { name: 'Tickets', value: 'tbl2' },
    ];
    const named = createAsk({ answers: { table: 'tickets' }, takesUsual: false }, null);
    await expect(named.choose('table', 'Which table?', twins)).rejects.toMatchObject({
      message: '--table "tickets" could mean 2 things. Which table?',
      fix: 'One of: tbl1 (Tickets), tbl2 (Tickets).',
    });
    const byId = createAsk({ answers: { table: 'tbl2' }, takesUsual: false }, null);
    expect(await byId.choose('table', 'Which table?', twins)).toBe('tbl2');
  });
});

describe('where nobody can be asked', () => {
  it('says which option is missing, and what it may be', async () => {
    await expect(nobody.choose('plan', 'Which plan?', PLANS)).rejects.toMatchObject({
      code: 'ask.no-answer',
      message: 'Nobody sits here to be asked: Which plan?',
      fix: 'Say it with --plan, one of: free (Free), team (Team).',
    });
    await expect(nobody.choose('column.status', 'Status?', PLANS)).rejects.toMatchObject({
      fix: 'Say it with --column status=…, one of: free (Free), team (Team).',
    });
    await expect(nobody.text('new-table', 'Its name?', 'Tickets')).rejects.toMatchObject({
      fix: 'Say it with --new-table <text>, or take "Tickets" and all else that is proposed with --yes.',
    });
    await expect(nobody.confirm('adopt', 'Adopt?', false)).rejects.toMatchObject({ fix: 'Say yes with --adopt.' });
    await expect(nobody.secret('AIRTABLE_TOKEN', 'The token?')).rejects.toMatchObject({
      fix: 'Set AIRTABLE_TOKEN in the environment or in .env.',
    });
  });

  it('takes what is proposed when it was told to, and asks for nothing more than that', async () => {
    const yes = createAsk({ answers: {}, takesUsual: true }, null);
    expect(await yes.choose('plan', 'Which plan?', PLANS)).toBe('team');
    expect(await yes.text('new-table', 'Its name?', 'Tickets')).toBe('Tickets');
    expect(await yes.confirm('adopt', 'Adopt?', false)).toBe(false);
    const bases = [{ name: 'Support', value: 'appSupport' }];
    await expect(yes.choose('base', 'Which base?', bases)).rejects.toMatchObject({ code: 'ask.no-answer' });
  });
});

describe('at a terminal', () => {
  it('shows nothing of a secret', async () => {
    const { seat, shown, typeAt } = aSeat();
    const asked = createAsk({ answers: {}, takesUsual: false }, seat).secret('AIRTABLE_TOKEN', 'The token?');
    await typeAt('The token?', ' patSecret\u0014.123 \r');
    expect(await asked).toBe('patSecret.123');
    expect(shown.text).not.toContain('patSecret');
  });

  it('puts the cursor on what is proposed, and shows a line about it', async () => {
    const { seat, shown, typeAt } = aSeat();
    const asked = createAsk({ answers: {}, takesUsual: false }, seat).choose('plan', 'Which plan?', PLANS);
    await typeAt('Which plan?', '\r');
    expect(await asked).toBe('team');
    expect(shown.text).toContain('100,000 requests a month');
  });

  it('takes Enter for the proposal, and y for yes', async () => {
    const [first, second] = [aSeat(), aSeat()];
    const given = { answers: {}, takesUsual: false };
    const name = createAsk(given, first.seat).text('new-table', 'What is it to be called?', 'Tickets');
    await first.typeAt('What is it to be called?', '\r');
    expect(await name).toBe('Tickets');
    const agreed = createAsk(given, second.seat).confirm('adopt', 'Adopt them?', false);
    await second.typeAt('Adopt them?', 'y\r');
    expect(await agreed).toBe(true);
  });

  it('takes Ctrl+C for an end without harm', async () => {
    const { seat, typeAt } = aSeat();
    const asked = createAsk({ answers: {}, takesUsual: false }, seat).text('new-table', 'What is it to be called?');
    const ended = asked.catch((error: unknown) => error);
    await typeAt('What is it to be called?', '\u0003');
    expect(await ended).toMatchObject({
      code: 'ask.broken-off',
      message: 'You broke off; nothing was written down.',
    });
  });
});
