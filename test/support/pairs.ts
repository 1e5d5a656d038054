import type { RawRequest } from '../../src/ports/channel.ts';
import { aMail } from './mails.ts';
import { aRequest, recorded } from './recorded.ts';

/** Two requests of one sender, the first written first. */
export interface Pair {
  kind: string;
  first: RawRequest;
  second: RawRequest;
  settings?: object;
  /** What the channel asks its system with; left out where nobody is asked. */
  access?: string;
}

/** What the requests of every pair say. */
export const SAID = { first: 'It burns.', second: 'It still burns.' };

/** A token of Telegram begins with the id of its bot. */
const BOT = '7000000001:token';

const MAILBOX = { host: 'imap.example', user: 'help' };

const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:mail';

type Change = readonly [from: string, to: string];

/** Pairs that belong together, whichever comes first: what was written, and what was written below it. */
export const THREADS: Readonly<Record<string, Pair>> = {
  ...mails(),
  'a room of Slack': {
    kind: 'slack',
    settings: { rooms: ['C0HELP123'] },
    ...changed(recorded('slack', 'in-thread'), 'It is still dead.', {
      first: [
        ['"ts": "1763800009.000400"', '"ts": "1763800002.000300"'],
        ['"thread_ts": "1763800002.000300", ', ''],
      ],
    }),
  },
  'a thread that calls us twice in Slack': {
    kind: 'slack',
    ...changed(
      recorded('slack', 'mention'),
      '<@U0BOTBOT1> please ask <@U0ANAANA1> in <#C0HELP123|help> about my invoice',
      {
        second: [['"ts": "1763800001.000200"', '"ts": "1763800008.000200", "thread_ts": "1763800001.000200"']],
      },
    ),
  },
  'messages of Discord that are made tickets': {
    kind: 'discord',
    ...changed(recorded('discord', 'of-message'), '<@53908232506183680> the door of room 4 is stuck <:sad:12345>', {
      second: [
        ['"id": "1441700000000000005"', '"id": "1441700000000000006"'],
        // The time stands in the id: a minute later.
        ['867793854505943041', '867794106164183041'],
        [
          '"timestamp": "2025-11-22T08:26:40',
          '"message_reference": {"message_id": "867793854505943041"}, "timestamp": "2025-11-22T08:27:40',
        ],
      ],
    }),
  },
  'a bot of Telegram': {
    kind: 'telegram',
    access: BOT,
    ...changed(recorded('telegram', 'private'), 'My laptop & phone are dead \\ud83d\\ude48\\nWhat now?', {
      second: [
        ['"message_id": 5,', '"message_id": 6,'],
        ['"date": 1763800000', '"date": 1763800060'],
      ],
    }),
  },
  'a group of Telegram, where somebody answers a person': {
    kind: 'telegram',
    settings: { username: 'our_help_bot' },
    access: BOT,
    first: withText(recorded('telegram', 'group-mention'), [['the door of room 4 is stuck', SAID.first]]),
    second: withText(recorded('telegram', 'group-reply'), [
      [
        '"message_id": 102, "from": {"id": 7000000001, "is_bot": true',
        '"message_id": 100, "from": {"id": 7, "is_bot": false',
      ],
      ['The red one.', SAID.second],
    ]),
  },
  'an album in a group of Telegram': {
    kind: 'telegram',
    settings: { username: 'our_help_bot' },
    access: BOT,
    ...changed(withText(recorded('telegram', 'photo'), [['"type": "private"', '"type": "group"']]), 'It looks so.', {
      first: [['"caption": "', '"caption": "@our_help_bot ']],
      second: [
        ['"message_id": 6,', '"message_id": 7,'],
        ['"date": 1763800010', '"date": 1763800011'],
      ],
    }),
  },
  'a number of WhatsApp': {
    kind: 'whatsapp',
    ...changed(recorded('whatsapp', 'text'), 'My laptop & phone are dead \\ud83d\\ude48\\nWhat now?', {
      second: [
        ['wamid.HBgL', 'wamid.HBgM'],
        ['"1763800000"', '"1763800060"'],
      ],
    }),
  },
  'a channel of Teams': {
    kind: 'teams',
    ...changed(recorded('teams', 'mention'), 'My laptop &amp; phone are dead 🙈\\nWhat now?\\n', {
      second: [
        ['"id": "1763800000123"', '"id": "1763800360456"'],
        ['T08:26:40.', 'T08:32:40.'],
      ],
    }),
  },
  'a channel of Mattermost': {
    kind: 'mattermost',
    settings: { server: 'https://chat.example' },
    access: 'token',
    ...changed(recorded('mattermost', 'post'), 'My laptop & phone are dead 🙈\\nWhat now?', {
      second: [
        ['axdygg1957njfe5pu38saikdho', 'bxdygg1957njfe5pu38saikdho'],
        ['1763800000123', '1763800060123'],
      ],
    }),
  },
  'a conversation of Intercom': {
    kind: 'intercom',
    first: withText(recorded('intercom', 'created'), [['My laptop &amp; phone are dead 🙈<br>What now?', SAID.first]]),
    second: withText(recorded('intercom', 'replied'), [
      ['It is still dark. See <a href=\\"https://a.example/x\\">here</a>.', SAID.second],
    ]),
  },
};

/** A thread in which nobody says when something was written, so that it stands as it came. */
export const WITHOUT_CLOCK: Readonly<Record<string, Pair>> = {
  'a number of Twilio': {
    kind: 'twilio',
    settings: { account: 'AC0123456789abcdef0123456789abcdef' },
    ...changed(recorded('twilio', 'sms'), 'My+laptop+%26+phone+are+dead+%F0%9F%99%88%0AWhat+now%3F', {
      second: [['SM0001', 'SM0002']],
    }),
  },
};

/** Pairs that nothing ties together: each is a ticket. */
export const FORMS: Readonly<Record<string, Pair>> = {
  'airtable-form': aForm('airtable-form', 'record', ['recA1b2C3d4E5f6G7', 'recA1b2C3d4E5f6G8']),
  fillout: aForm('fillout', 'submission', ['abc12345-0000', 'abc12345-0001']),
  form: aForm('form', 'browser-urlencoded'),
  'google-forms': aForm('google-forms', 'response', ['2_ABaOnuf', '2_ABaOnug']),
  'gravity-forms': aForm('gravity-forms', 'all-fields', ['"id":"77"', '"id":"78"']),
  jotform: aForm('jotform', 'submission', ['6100001', '6100002']),
  json: aForm('json', 'flat'),
  'notion-form': aForm('notion-form', 'page', ['1c6e2a37-9a3f-80d2', '1c6e2a37-9a3f-80d3']),
  tally: aForm('tally', 'submission', ['2wgx4n', '2wgx4o']),
  typeform: aForm('typeform', 'response', ['a3a12ec67a1365927098a606107fbc15', 'a3a12ec67a1365927098a606107fbc16']),
  webflow: aForm('webflow', 'contact', ['6321ca84df3949bfc6752327', '6321ca84df3949bfc6752328']),
  wpforms: aForm('wpforms', 'json', ['"entry_id":"5"', '"entry_id":"6"']),
};

/** A mail, and what its writer adds to it, as each provider hands them on. */
function mails(): Record<string, Pair> {
  const pair = (kind: string, wrap: (mail: Buffer, id: string) => RawRequest): Pair => {
    const second = aLetter(2, { kind, body: SAID.second, headers: [`In-Reply-To: <1@${kind}.example>`] });
    return { kind, first: wrap(aLetter(1, { kind, body: SAID.first }), '1'), second: wrap(second, '2') };
  };
  return {
    'a mailbox': { ...pair('imap', (mail) => aRequest('message/rfc822', mail)), settings: MAILBOX },
    'mail over Postmark': pair('postmark', (mail, MessageID) => json({ MessageID, RawEmail: mail.toString() })),
    'mail over Mailgun': pair('mailgun', (mail) => urlencoded({ 'body-mime': mail.toString() })),
    'mail over SendGrid': pair('sendgrid', (mail) => urlencoded({ email: mail.toString() })),
    'mail over Amazon SES': { ...pair('ses', announced), settings: { topics: [TOPIC] } },
  };
}

/** Everybody has mail of their own: the ids of two providers are never the same. */
function aLetter(
  minute: number,
  { kind, body, headers = [] }: { kind: string; body: string; headers?: readonly string[] },
): Buffer {
  const date = `Date: Sun, 22 Nov 2026 09:0${minute}:00 +0000`;
  const known = [`Message-ID: <${minute}@${kind}.example>`, date, 'Subject: Printer', ...headers];
  return aMail({ from: `Greta Holm <greta@${kind}.example>`, body, headers: known });
}

function announced(mail: Buffer, MessageId: string): RawRequest {
  const action = { type: 'SNS', encoding: 'UTF-8' };
  const told = { notificationType: 'Received', mail: { messageId: MessageId }, receipt: { action } };
  const Message = JSON.stringify({ ...told, content: mail.toString() });
  const signed = { SignatureVersion: '2', Signature: '', SigningCertURL: '', Timestamp: '' };
  return json({ Type: 'Notification', MessageId, TopicArn: TOPIC, Message, ...signed });
}

/** The recorded request with another text, once as it is and once as its sender's next. */
function changed(
  request: RawRequest,
  text: string,
  { first = [], second = [] }: { first?: readonly Change[]; second?: readonly Change[] },
): Pick<Pair, 'first' | 'second'> {
  return {
    first: withText(request, [...first, [text, SAID.first]]),
    second: withText(request, [...second, [text, SAID.second]]),
  };
}

/** The recorded submission, and another by the same person. */
function aForm(kind: string, name: string, ...changes: readonly Change[]): Pair {
  const first = recorded(kind, name);
  return { kind, first, second: withText(first, [['twice', 'thrice'], ...changes]) };
}

/** Throws where there is nothing to change, so that no pair is one request twice. */
function withText(request: RawRequest, changes: readonly Change[]): RawRequest {
  const body = changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`there is no ${from} in ${text}`);
    return text.replaceAll(from, to);
  }, Buffer.from(request.body).toString());
  return { ...request, body: Buffer.from(body) };
}

function json(body: object): RawRequest {
  return aRequest('application/json', JSON.stringify(body));
}

function urlencoded(fields: Readonly<Record<string, string>>): RawRequest {
  return aRequest('application/x-www-form-urlencoded', new URLSearchParams(fields).toString());
}
