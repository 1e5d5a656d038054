import { afterEach, describe, expect, it } from 'vitest';
import type { DraftQuestion } from '../../../src/domain/draft-question.ts';
import type { ModelSettings } from '../../../src/ports/language-model.ts';
import { aDraftQuestion } from '../../support/draft-questions.ts';
import { aTestModel } from '../../support/language-models.ts';
import { aModelEndpoint, type ModelEndpoint, type Reply } from '../../support/model-endpoint.ts';

const open: ModelEndpoint[] = [];
afterEach(async () => {
  for (const endpoint of open.splice(0)) await endpoint.close();
});

async function aWriter(reply: Reply, settings: Partial<ModelSettings> = {}) {
  const endpoint = await aModelEndpoint(() => reply);
  open.push(endpoint);
  const test = await aTestModel(endpoint, { settings });
  return { ...test, endpoint };
}

/** What becomes of a draft that a model wrote. */
async function written(says: unknown, question: Partial<DraftQuestion> = {}, settings: Partial<ModelSettings> = {}) {
  const { model, played, endpoint } = await aWriter({ says }, settings);
  const { written: draft, usage } = await played(model.write(aDraftQuestion(question), {}));
  const kept = 'fault' in draft ? { fault: draft.fault, text: null, sources: [] } : { fault: null, ...draft };
  return { ...kept, usage, asked: endpoint.asked };
}

const GOOD =
  'The second booking is a reservation. Your bank lets it go within five days; if it does not, we send one of the two ' +
  'payments back: https://shop.example.com/help/charged-twice.';

async function faultOf(draft: string | null, question: Partial<DraftQuestion> = {}): Promise<unknown> {
  return (await written({ draft, sources: 'S1, S2' }, question)).fault;
}

describe('a draft', () => {
  it('is what the model wrote, with what it rests on', async () => {
    const { text, sources, usage } = await written({ draft: GOOD, sources: 'S2 and S3' });
    expect(text).toBe(GOOD);
    expect(sources).toEqual([
      { kind: 'article', name: 'charged-twice' },
      { kind: 'ticket', number: 1031 },
    ]);
    expect(usage).toMatchObject({ requests: 1, inputTokens: 400, outputTokens: 50 });
  });

  it('is asked for with the materials and the request fenced, and in the language of the requester', async () => {
    const { asked } = await written({ draft: GOOD, sources: 'S1' }, { language: 'fr' });
    const [system, user] = asked[0]?.body.messages ?? [];
    expect(system?.content).toContain('the answer, in French, as plain text');
    expect(asked[0]?.body.response_format?.json_schema?.schema.properties).toEqual({
      draft: { anyOf: [{ type: 'string' }, { type: 'null' }] },
      sources: { anyOf: [{ type: 'string' }, { type: 'null' }] },
    });
    const [, marker = ''] = /^BEGIN S1 ([0-9a-f]{24})$/m.exec(user?.content ?? '') ?? [];
    for (const name of ['S1', 'S2', 'S3', 'REQUEST']) {
      expect(user?.content.split(`BEGIN ${name} ${marker}\n`)).toHaveLength(2);
      expect(user?.content.split(`\nEND ${name} ${marker}\n`)).toHaveLength(2);
    }
  });

  it('is asked for with what was said before, fenced apart from what is to be answered', async () => {
    const { materials } = aDraftQuestion();
    const so = {
      source: { kind: 'answers' as const },
      title: 'Charged twice',
      text: 'Hello Greta Olsen, which bank is it?',
    };
    const question = {
      text: 'It is the Alpha bank.',
      before: 'I am Greta Olsen, charged twice.',
      materials: [so, ...materials],
    };
    const { asked, sources } = await written({ draft: GOOD, sources: 'S1' }, question, { mask: true });
    const [system, user] = asked[0]?.body.messages ?? [];
    expect(system?.content).toContain('Between BEGIN EARLIER and END EARLIER');
    const said = user?.content.replaceAll(/ [0-9a-f]{24}$/gm, '');
    expect(said).toContain(
      'BEGIN S1\nWhat the team has answered this requester so far:\n\nHello [NAME_1], which bank is it?\nEND S1',
    );
    expect(said).toContain('BEGIN EARLIER\nI am [NAME_1], charged twice.\nEND EARLIER\nBEGIN REQUEST\n');
    expect(sources).toEqual([{ kind: 'answers' }]);
  });

  it('is plain text, without a greeting of its own and without mark-up', async () => {
    const draft =
      'Hello Greta,\n\n## Refund\n* **One** of them comes back, <b>surely</b>.\n' +
      '* [Read on](https://shop.example.com/refunds)';
    expect((await written({ draft, sources: ['S1'] })).text).toBe(
      'Refund\n- One of them comes back, surely.\n- Read on (https://shop.example.com/refunds)',
    );
  });

  it('is no formula, however it begins', async () => {
    expect((await written({ draft: '=HYPERLINK("x") it comes back.', sources: 'S1' })).text).toBe(
      'HYPERLINK("x") it comes back.',
    );
  });

  it.each<[string, string | null, string]>([
    ['nothing', null, 'draft_no_answer'],
    ['an empty text', ' ', 'draft_no_answer'],
    ['a link of nobody', `${GOOD} Or pay at https://evil.example/pay.`, 'draft_link'],
    ['a link without its beginning', 'Go to evil.example and pay.', 'draft_link'],
    [
      'a link that only begins as a known one does',
      'See https://shop.example.com/refunds.evil.example now.',
      'draft_link',
    ],
    ['a link of an earlier answer, which was for somebody else', 'See https://pay.example/x9.', 'draft_link'],
    ['a mail address of nobody', 'Write to boss@evil.example about it.', 'draft_contact'],
    ['a telephone number of nobody', 'Call +49 30 901820 about it.', 'draft_contact'],
    ['an account of nobody', 'Transfer it to DE89 3704 0044 0532 0130 00, please.', 'draft_contact'],
    ['a key', 'The key is sk-proj-4f9aKq82LmZx71Tb, please.', 'draft_contact'],
    ['what was left out of an earlier answer', 'You are […] and paid twice.', 'draft_gap'],
    ['a placeholder of nothing', 'Dear [NAME_7], it comes back.', 'draft_gap'],
    ['a gap for the agent', 'It comes back on [date]. We are sorry.', 'draft_gap'],
    [
      'the instructions',
      'You draft the answer of a help desk to one request, and fill in one JSON object.',
      'draft_told',
    ],
    ['the fence', 'BEGIN REQUEST and so on: it comes back.', 'draft_told'],
    [
      'another language',
      'Die zweite Buchung ist nur vorgemerkt und verfällt innerhalb von fünf Tagen.',
      'draft_language',
    ],
    ['a novel', 'It comes back, as we said before. '.repeat(80), 'draft_long'],
  ])('is dropped where it is %s', async (_, draft, fault) => {
    expect(await faultOf(draft)).toBe(fault);
  });

  it('is dropped where it names nothing that it rests on, or something that it was not given', async () => {
    expect((await written({ draft: GOOD, sources: null })).fault).toBe('draft_no_source');
    expect((await written({ draft: GOOD, sources: 'S9, the internet' })).fault).toBe('draft_no_source');
  });

  it.each([
    ['a button of the article in brackets', 'Press [Details] to see it.'],
    ['an address of the article', 'Write to payments@shop.example.com about it.'],
    ['the site of the article', 'All of it stands on shop.example.com for you.'],
    ['the requester’s own address', 'We wrote to greta.olsen@example.com about it.'],
  ])('may hold %s', async (_, draft) => {
    expect((await written({ draft, sources: 'S2' })).text).toBe(draft);
  });

  it('is asked for once more where there is none that can be read, and then no more', async () => {
    const { model, played, endpoint } = await aWriter({ says: 'I would send it back.' });
    await expect(played(model.write(aDraftQuestion(), {}))).rejects.toMatchObject({ code: 'model.unreadable' });
    expect(endpoint.asked).toHaveLength(2);
  });

  it('costs nothing a second time, over a restart, and is read anew by its checks', async () => {
    const test = await aWriter({ says: { draft: GOOD, sources: 'S1' } });
    await test.played(test.model.write(aDraftQuestion(), {}));
    const again = await test.again();
    const { usage } = await test.played(again.write(aDraftQuestion(), {}));
    expect(test.endpoint.asked).toHaveLength(1);
    expect(usage.requests).toBe(0);
    expect(test.ended).toEqual([
      { code: null, isKept: false },
      { code: null, isKept: true },
    ]);
    await test.played(again.write(aDraftQuestion({ text: 'Another request about money.' }), {}));
    expect(test.endpoint.asked).toHaveLength(2);
  });
});

describe('what an endpoint outside reads of a draft’s request', () => {
  const question = { text: 'I am Greta Olsen, call me at +49 30 901820, my password is Tr0ub4dor&3.' };
  const mask = { mask: true };

  it('has placeholders for what is the requester’s, in the reply that repeats it, too', async () => {
    const { asked } = await written({ draft: GOOD, sources: 'S1' }, question, mask);
    const sent = JSON.stringify(asked[0]?.body.messages);
    for (const secret of ['Greta', 'Olsen', '901820', 'Tr0ub4dor']) expect(sent).not.toContain(secret);
    expect(sent).toContain('Hello [NAME_1]');
    expect(sent).toContain('payments@shop.example.com');
  });

  it('is filled in again here, but for a secret: a draft that needs one is dropped', async () => {
    const named = await written({ draft: 'It is on its way, [NAME_1], to your bank.', sources: 'S1' }, question, mask);
    expect(named.text).toBe('It is on its way, Greta Olsen, to your bank.');
    const secret = await written({ draft: 'Your password is [PASSWORD_1].', sources: 'S1' }, question, mask);
    expect(secret.fault).toBe('draft_gap');
  });
});
