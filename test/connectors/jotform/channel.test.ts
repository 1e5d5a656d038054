import { describe, expect, it } from 'vitest';
import { createJotformChannel } from '../../../connectors/jotform/channel.ts';
import { JotformSettings } from '../../../connectors/jotform/settings.ts';
import type { Ask } from '../../../src/kit/connector.ts';
import type { Parsed, PlainChannel } from '../../../src/ports/channel.ts';
import { testChannel } from '../../ports/channel.ts';
import { aChannelGiven } from '../../support/channels.ts';
import { messageRead } from '../../support/form-tools.ts';
import { aRequest, recorded } from '../../support/recorded.ts';

const SECRETS = { tokens: ['new-token', 'old-token'], signing: [] };

function aJotform(settings: object = {}): PlainChannel {
  return createJotformChannel(JotformSettings.parse(settings), aChannelGiven());
}

describe('a Jotform', () => {
  const request = recorded('jotform', 'submission');
  testChannel({
    channel: aJotform(),
    secrets: SECRETS,
    authentic: [
      ['submission', { ...request, token: 'new-token' }],
      ['the old token, while both are in force', { ...request, token: 'old-token' }],
    ],
    forged: [
      ['no token', request],
      ['another token', { ...request, token: 'new-toke' }],
    ],
  });
});

describe('a submission as it came', () => {
  const message = messageRead(aJotform(), recorded('jotform', 'submission'));

  it('is read out of a multipart body without files (A-004)', () => {
    expect(message.from).toEqual({ name: 'Zoë Müller', email: 'zoe@example.com' });
    expect(message.text).toBe('I paid once: 10 €, and\r\nI was charged twice. 🙈');
    expect(message.externalId).toBe('6100001');
    expect(message.thread.ticketNumber).toBe(1042);
  });

  it('has answers of several boxes as one, without what the form measures (A-011)', () => {
    expect(message.fields).toEqual({
      Phone: '(030) 123-4567',
      Since: '2026-03-01',
      'What Is': 'Billing, Cards, stolen',
      Ticket: 'T-1042',
      Form: 'Help',
    });
  });

  it('brings what was uploaded, which stands beside its question (A-010)', () => {
    expect(message.attachments).toEqual([
      {
        name: 'shot one.png',
        contentType: 'application/octet-stream',
        size: 0,
        url: 'https://www.jotform.com/uploads/zoe/252/61/shot%20one.png',
      },
    ]);
  });

  it('is known again by its id', () => {
    expect(aJotform().deliveryId(recorded('jotform', 'submission'))).toBe('6100001');
  });

  it('is read as the config says, by number, name or title', () => {
    for (const subject of ['8', 'whatIs', 'q8_whatIs', 'What Is']) {
      const channel = aJotform({ fields: { subject } });
      expect(messageRead(channel, recorded('jotform', 'submission')).subject).toBe('Billing, Cards, stolen');
    }
  });

  it('is read by names and looks where it has another shape', () => {
    const request = aRequest('application/x-www-form-urlencoded', 'mail=a%40example.com&note=It+is+broken.');
    expect(messageRead(aJotform(), request)).toMatchObject({ text: 'It is broken.', from: { email: 'a@example.com' } });
  });

  it('is unreadable where its answers are broken', () => {
    const request = aRequest('application/x-www-form-urlencoded', 'submissionID=1&rawRequest=%7B%22q3');
    const parsed = aJotform().parse(request);
    expect(parsed.kind === 'unreadable' && parsed.problem.code).toBe('request.not-json');
  });
});

describe('a submission that is read back', () => {
  const parsed = aJotform().parse(recorded('jotform', 'submission'));
  const asked: unknown[] = [];

  function complete(status: number, answer: unknown, { user = 401, settings = {} } = {}): Promise<Parsed> {
    asked.length = 0;
    const ask: Ask = async (url, { headers }) => {
      asked.push([url, headers]);
      const isUser = url.endsWith('/user');
      return { status: isUser ? user : status, headers: {}, body: Buffer.from(JSON.stringify(answer)), url };
    };
    const given = aChannelGiven({ access: 'jot-key', ask });
    const { complete: readBack } = createJotformChannel(JotformSettings.parse(settings), given);
    if (readBack === undefined) throw new Error('nothing is read back');
    return readBack(parsed);
  }

  const kept = {
    responseCode: 200,
    content: {
      id: '6100001',
      form_id: '252',
      answers: {
        '9': {
          name: 'pictures',
          order: '5',
          text: 'Pictures',
          type: 'control_fileupload',
          answer: ['https://www.jotform.com/uploads/zoe/252/61/a.png'],
        },
        '3': {
          name: 'name',
          order: '2',
          text: 'Your name, please',
          type: 'control_fullname',
          answer: { first: 'Zoë', last: 'Müller' },
        },
        '1': { name: 'heading', order: '1', text: 'Help', type: 'control_head' },
        '4': {
          name: 'email',
          order: '3',
          text: 'Where do we reach you?',
          type: 'control_email',
          answer: 'zoe@example.com',
        },
        '7': {
          name: 'whatHappened',
          order: '4',
          text: 'What happened?',
          type: 'control_textarea',
          answer: 'Charged twice',
        },
        '8': {
          name: 'whatIs',
          order: '6',
          text: 'What is it about?',
          type: 'control_checkbox',
          answer: ['Billing'],
        },
      },
    },
  };

  it('is what Jotform keeps of it, under the questions as people read them', async () => {
    const whole = await complete(200, kept);
    expect(asked).toEqual([['https://api.jotform.com/submission/6100001', { apikey: 'jot-key' }]]);
    expect(whole.kind === 'messages' && whole.messages).toMatchObject([
      {
        externalId: '6100001',
        from: { name: 'Zoë Müller', email: 'zoe@example.com' },
        text: 'Charged twice',
        fields: { 'What is it about?': 'Billing', Form: 'Help' },
        attachments: [{ name: 'a.png' }],
      },
    ]);
  });

  it('is asked for where the account lies', async () => {
    await complete(200, kept, { settings: { region: 'eu' } });
    expect(asked).toMatchObject([['https://eu-api.jotform.com/submission/6100001', {}]]);
  });

  it.each([400, 403, 404])('is set aside when Jotform does not know it: %i', async (status) => {
    const forged = await complete(status, { responseCode: status });
    expect(forged.kind === 'ignored' && forged.reason).toContain('knows no such submission');
    expect(forged.kind === 'ignored' && forged.messages[0]?.from.email).toBe('zoe@example.com');
  });

  it('is set aside when a good key does not open it', async () => {
    expect((await complete(401, {}, { user: 200 })).kind).toBe('ignored');
    expect(asked).toHaveLength(2);
  });

  it.each([
    [401, {}],
    [429, {}],
    [503, 'busy'],
    [200, { content: 'nothing' }],
  ])('goes on as it came while Jotform does not say: %i', async (status, answer) => {
    await expect(complete(status, answer)).rejects.toMatchObject({ code: 'jotform.not-read' });
  });

  it('is not read back without a key', () => {
    expect(aJotform().complete).toBeUndefined();
  });

  it('shows its key to nobody but Jotform when a file is fetched', async () => {
    const channel = createJotformChannel(JotformSettings.parse({}), aChannelGiven({ access: 'jot-key' }));
    const at = async (url: string) => (await channel.linkTo?.(url))?.headers;
    expect(await at('https://www.jotform.com/uploads/a')).toEqual({ apikey: 'jot-key' });
    expect(await at('https://evil.example/jotform.com')).toEqual({});
  });
});
