import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerAddress, type SMTPServerOptions, type SMTPServerSession } from 'smtp-server';
import { afterEach, describe, expect, it } from 'vitest';
import { createEmailNotifier } from '../../../connectors/email/notifier.ts';
import { EmailSettings, readServer } from '../../../connectors/email/settings.ts';
import type { Notifier, OutgoingMessage } from '../../../src/ports/notifier.ts';

/** A mail as the server got it. */
interface Received {
  from: string;
  to: string[];
  /** Unfolded, by name in lower case, in order. */
  headers: [string, string][];
  body: string;
}

const MAIL_FROM = 'Example Help <help@desk.example>';

describe('mail over SMTP', () => {
  const open: { close(): void }[] = [];
  afterEach(() => {
    for (const each of open.splice(0).toReversed()) each.close();
  });

  async function aServer(options: SMTPServerOptions = {}): Promise<{ received: Received[]; url: string }> {
    const received: Received[] = [];
    const server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      logger: false,
      onData(stream, session, done) {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          received.push(mailOf(Buffer.concat(chunks).toString('utf8'), session));
          done();
        });
      },
      ...options,
    });
    server.on('error', () => undefined);
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    open.push({ close: () => server.close(() => undefined) });
    return { received, url: `smtp://127.0.0.1:${portOf(server.server)}` };
  }

  /** A server that says what it is told, at the level of the socket. */
  async function aRawServer(talk: (socket: Socket) => void): Promise<string> {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      open.push({ close: () => socket.destroy() });
      talk(socket);
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    open.push({ close: () => void server.close() });
    return `smtp://127.0.0.1:${portOf(server)}`;
  }

  function aNotifier(url: string | undefined, given: { from?: string; timeoutSeconds?: number } = {}): Notifier {
    const environment = { SMTP_URL: url, MAIL_FROM: given.from ?? MAIL_FROM };
    const settings = { timeoutSeconds: given.timeoutSeconds ?? 5, html: false, nullSender: false };
    const notifier = createEmailNotifier(settings, { environment });
    open.push({ close: () => notifier.close?.() });
    return notifier;
  }

  it('hands a message in, from the desk, to the one recipient, as plain text', async () => {
    const { received, url } = await aServer();
    const delivery = await aNotifier(url).send(aMessage({ text: 'Thank you.\n\nWe have it — 💳 شكرا' }));
    expect(received).toHaveLength(1);
    const [mail] = received;
    expect([mail?.from, mail?.to]).toEqual(['help@desk.example', ['greta@example.com']]);
    expect(headersOf(mail)).toMatchObject({
      from: 'Example Help <help@desk.example>',
      to: 'greta@example.com',
      subject: '[T-1042] We have it',
    });
    expect(headersOf(mail)['content-type']).toBe('text/plain; charset=utf-8');
    expect(textOf(mail)).toBe('Thank you.\n\nWe have it — 💳 شكرا\n');
    expect(delivery).toEqual({ kind: 'sent', id: headersOf(mail)['message-id'] });
  });

  it('bears what leads an answer to its ticket, and a line above which to write', async () => {
    const { received, url } = await aServer();
    const ties = {
      address: null,
      token: 'a'.repeat(42),
      earlier: ['mail:1@example.com', 'chat:C1', 'mail:2@example.com'],
    };
    const delivery = await aNotifier(url).send(aMessage({ ties }));
    const [mail] = received;
    expect(headersOf(mail)).toMatchObject({
      'reply-to': `Example Help <help+${'a'.repeat(42)}@desk.example>`,
      'in-reply-to': '<2@example.com>',
      references: '<1@example.com> <2@example.com>',
    });
    expect(textOf(mail)).toBe('##- Please write above this line -##\n\nThank you.\n');
    const id = headersOf(mail)['message-id'] ?? '';
    expect(delivery).toEqual({ kind: 'sent', id, knownAs: [`mail:${id.slice(1, -1)}`] });
  });

  it('is answered elsewhere where that is said, and without a token where the address grows too long', async () => {
    const { received, url } = await aServer();
    const notifier = aNotifier(url);
    const replyTo = async (address: string, token: string | null) => {
      await notifier.send(aMessage({ ties: { address, token, earlier: [] } }));
      return headersOf(received.at(-1))['reply-to'];
    };
    expect(await replyTo('in@mail.example', null)).toBe('Example Help <in@mail.example>');
    expect(await replyTo(`${'i'.repeat(30)}@mail.example`, 'a'.repeat(42))).toBe(
      `Example Help <${'i'.repeat(30)}@mail.example>`,
    );
    expect(headersOf(received[0])).not.toHaveProperty('in-reply-to');
  });

  it('names every attempt of one message the same, under the domain of the desk', async () => {
    const { received, url } = await aServer();
    const notifier = aNotifier(url);
    await notifier.send(aMessage({ key: 'ack:01JD' }));
    await aNotifier(url).send(aMessage({ key: 'ack:01JD' }));
    await notifier.send(aMessage({ key: 'ack:01JE' }));
    const ids = received.map((mail) => headersOf(mail)['message-id']);
    expect(ids[0]).toMatch(/^<[0-9a-f]{32}@desk\.example>$/);
    expect([ids[1] === ids[0], ids[2] === ids[0]]).toEqual([true, false]);
  });

  it.each([
    ['answer', { 'auto-submitted': 'auto-replied', 'x-auto-response-suppress': 'All', 'x-loop': 'help@desk.example' }],
    [
      'notice',
      { 'auto-submitted': 'auto-generated', 'x-auto-response-suppress': 'All', 'x-loop': 'help@desk.example' },
    ],
    ['person', { 'x-loop': 'help@desk.example' }],
  ] as const)(
    'bears the marks against mail loops that the voice "%s" asks for (A-084, pain 15)',
    async (voice, marks) => {
      const { received, url } = await aServer();
      await aNotifier(url).send(aMessage({ voice }));
      const found = Object.entries(headersOf(received[0])).filter(([name]) =>
        /^(auto-submitted|x-auto-response-suppress|x-loop|precedence|list-.*)$/.test(name),
      );
      expect(Object.fromEntries(found)).toEqual(marks);
    },
  );

  describe('what customers write', () => {
    it.each([
      ['a line end', 'Help\r\nBcc: everybody@example.com'],
      ['a bare line feed', 'Help\nBcc: everybody@example.com'],
      ['a bare carriage return', 'Help\rBcc: everybody@example.com'],
      ['an empty line and a body', 'Help\r\n\r\nBuy now'],
      ['a Unicode line separator', 'Help\u2028Bcc: everybody@example.com'],
      ['a NUL', 'Help\0Bcc: everybody@example.com'],
    ])('gets no header of its own by %s in the subject', async (_, subject) => {
      const { received, url } = await aServer();
      await aNotifier(url).send(aMessage({ subject }));
      const [mail] = received;
      expect(mail?.to).toEqual(['greta@example.com']);
      expect(Object.keys(headersOf(mail)).sort()).toEqual([
        'auto-submitted',
        'content-transfer-encoding',
        'content-type',
        'date',
        'from',
        'message-id',
        'mime-version',
        'subject',
        'to',
        'x-auto-response-suppress',
        'x-loop',
      ]);
      expect(textOf(mail)).toBe('Thank you.\n');
    });

    it.each([
      'greta@example.com\r\nBcc: everybody@example.com',
      'greta@example.com, everybody@example.com',
      'greta@example.com; everybody@example.com',
      'Greta <greta@example.com>',
      'greta@example.com>\r\nRCPT TO:<everybody@example.com',
      'group: a@example.com, b@example.com;',
      'greta',
      '',
      `${'g'.repeat(250)}@example.com`,
    ])('is refused as a recipient when it is not one address: %j', async (to) => {
      const { received, url } = await aServer();
      await expect(aNotifier(url).send(aMessage({ to }))).rejects.toMatchObject({
        code: 'email.address-invalid',
        retry: 'never',
      });
      expect(received).toEqual([]);
    });

    it('keeps a subject of any script, and cuts one that no header should hold', async () => {
      const { received, url } = await aServer();
      await aNotifier(url).send(aMessage({ subject: 'فشل الدفع 💳' }));
      await aNotifier(url).send(aMessage({ subject: 'a'.repeat(5000) }));
      expect(received.map((mail) => decoded(headersOf(mail)['subject'] ?? ''))).toEqual([
        'فشل الدفع 💳',
        'a'.repeat(250),
      ]);
    });

    it.each([
      '=?utf-8?Q?Help=0D=0ABcc:_everybody@example.com?=',
      '=?utf-8?B?W1QtMV0gWW91ciBhY2NvdW50IGlzIGNsb3NlZA==?=',
      'Re: =?iso-8859-1?q?=E9?= =?utf-8?q?x?=',
    ])('stands in the subject as it was written, though it looks encoded: %j', async (subject) => {
      const { received, url } = await aServer();
      await aNotifier(url).send(aMessage({ subject }));
      const [mail] = received;
      const { subject: read } = await PostalMime.parse(`Subject: ${headersOf(mail)['subject']}\r\n\r\n`);
      expect(read?.replaceAll('\u200b', '')).toBe(subject);
    });

    it('does not end the message by a dot on a line of its own', async () => {
      const { received, url } = await aServer();
      await aNotifier(url).send(aMessage({ text: 'Before\r\n.\r\nMAIL FROM:<x@example.com>\r\nAfter' }));
      expect(received.map(textOf)).toEqual(['Before\n.\nMAIL FROM:<x@example.com>\nAfter\n']);
    });
  });

  describe('when the server does not take it', () => {
    it.each([
      ['a recipient for now', 'onRcptTo', 451, 'email.put-off', 'later'],
      ['a recipient for good', 'onRcptTo', 550, 'email.rejected', 'never'],
      ['a sender for good', 'onMailFrom', 553, 'email.refused', 'later'],
    ] as const)('refuses %s', async (_, hook, status, code, retry) => {
      const refuse = (_address: SMTPServerAddress, _session: SMTPServerSession, done: (error?: Error) => void) =>
        done(refusal(status, 'Not this one, by our policy'));
      const { url } = await aServer({ [hook]: refuse });
      const error = await failureOf(aNotifier(url).send(aMessage()));
      expect(error).toMatchObject({ code, retry });
      expect(String(error['message'])).toContain(`${status} Not this one`);
    });

    it('says so of a recipient at whom nothing arrives', async () => {
      const { url } = await aServer({
        onRcptTo: (_address, _session, done) => done(refusal(550, '5.1.1 no such user here')),
      });
      const delivery = await aNotifier(url).send(aMessage());
      expect(delivery).toEqual({ kind: 'no_such_address', reason: '550 5.1.1 no such user here' });
    });

    it.each([
      [452, 'email.put-off', 'later'],
      [554, 'email.rejected', 'never'],
    ])('refuses the text with %i', async (status, code, retry) => {
      const { url } = await aServer({
        onData(stream, _session, done) {
          stream.resume();
          stream.on('end', () => done(refusal(status, 'Not that')));
        },
      });
      expect(await failureOf(aNotifier(url).send(aMessage()))).toMatchObject({ code, retry });
    });

    it('is greeted by a server that serves nobody', async () => {
      const url = await aRawServer((socket) => socket.end('554 No service here\r\n'));
      expect(await failureOf(aNotifier(url).send(aMessage()))).toMatchObject({ code: 'email.refused', retry: 'later' });
    });

    it('waits no longer than it may for a server that hangs', async () => {
      const url = await aRawServer(() => undefined);
      const failure = await failureOf(aNotifier(url, { timeoutSeconds: 0.2 }).send(aMessage()));
      expect(failure).toMatchObject({ code: 'email.unreachable', retry: 'later' });
    });

    it('waits no longer for one that drips, and never says a line', async () => {
      const url = await aRawServer((socket) => {
        const drip = setInterval(() => socket.write('2'), 20);
        socket.on('close', () => clearInterval(drip));
      });
      const failure = await failureOf(aNotifier(url, { timeoutSeconds: 0.3 }).send(aMessage()));
      expect(failure).toMatchObject({ code: 'email.unreachable', retry: 'later' });
    });

    it.each([
      ['cut off', (socket: Socket) => socket.destroy()],
      ['ended politely', (socket: Socket) => socket.end()],
    ])('is %s in the middle of the text, and hands it in once only', async (_, drop) => {
      const texts: string[] = [];
      const url = await aRawServer((socket) => {
        socket.write('220 hello\r\n');
        socket.on('data', (chunk) => {
          const line = chunk.toString('utf8');
          if (/^DATA/m.test(line)) {
            texts.push(line);
            socket.removeAllListeners('data');
            socket.once('data', () => drop(socket));
            socket.write('354 go on\r\n');
          } else socket.write('250 fine\r\n');
        });
      });
      expect(await failureOf(aNotifier(url).send(aMessage()))).toMatchObject({
        code: 'email.unreachable',
        retry: 'later',
      });
      expect(texts).toHaveLength(1);
    });

    it('finds nobody at the address', async () => {
      const server = createServer();
      await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
      const url = `smtp://127.0.0.1:${portOf(server)}`;
      await new Promise((closed) => server.close(closed));
      expect(await failureOf(aNotifier(url).send(aMessage()))).toMatchObject({
        code: 'email.unreachable',
        retry: 'later',
      });
    });
  });

  describe('when the server asks who we are', () => {
    const known: SMTPServerOptions = {
      authOptional: false,
      allowInsecureAuth: true,
      onAuth({ username, password }, _session, done) {
        if (username === 'help@desk' && password === 's&cret') done(null, { user: username });
        else done(refusal(535, 'Who are you'));
      },
    };

    it('signs in with the user and password of SMTP_URL', async () => {
      const { received, url } = await aServer(known);
      await aNotifier(url.replace('//', '//help%40desk:s%26cret@')).send(aMessage());
      expect(received).toHaveLength(1);
    });

    it('keeps the message when the password is wrong, for that can be mended', async () => {
      const { received, url } = await aServer(known);
      const failure = await failureOf(aNotifier(url.replace('//', '//help%40desk:wr0ng@')).send(aMessage()));
      expect(failure).toMatchObject({ code: 'email.not-authorised', retry: 'later' });
      expect(JSON.stringify(failure)).not.toContain('wr0ng');
      expect(received).toEqual([]);
    });
  });

  it('keeps its connection for the next message, and lets go of it in the end', async () => {
    const connections: string[] = [];
    const { received, url } = await aServer({
      onConnect(session, done) {
        connections.push(session.id);
        done();
      },
    });
    const notifier = aNotifier(url);
    for (const key of ['a', 'b', 'c']) await notifier.send(aMessage({ key }));
    expect([received.length, connections.length]).toEqual([3, 1]);
  });

  describe('what is set up', () => {
    it.each([
      [undefined, MAIL_FROM, 'not sent: no SMTP_URL'],
      ['', MAIL_FROM, 'not sent: no SMTP_URL'],
      ['smtp://localhost', undefined, 'not sent: no MAIL_FROM'],
    ])('says what is missing: SMTP_URL %j, MAIL_FROM %j', async (url, from, reason) => {
      const environment = { SMTP_URL: url, MAIL_FROM: from };
      const notifier = createEmailNotifier(EmailSettings.parse({}), { environment });
      expect(await notifier.send(aMessage())).toEqual({ kind: 'not_configured', reason });
    });

    it.each(['localhost:25', 'http://localhost', 'smtp://', 'nonsense'])('refuses the address %j', (url) => {
      expect(() => aNotifier(url)).toThrow(expect.objectContaining({ code: 'email.url-invalid' }));
    });

    it.each(['help', 'Help <help>', 'Help\nBcc: x <help@desk.example>', 'a@b.example, c@d.example'])(
      'refuses the sender %j',
      (from) => {
        expect(() => aNotifier('smtp://localhost', { from })).toThrow(
          expect.objectContaining({ code: 'email.sender-invalid' }),
        );
      },
    );

    it.each([
      ['smtp://help:secret@mail.example', true],
      ['smtp://mail.example', false],
      ['smtp://help:secret@localhost:2525', false],
      ['smtp://help:secret@127.0.0.1', false],
      ['smtps://help:secret@mail.example', false],
    ])('sends no password over a network in the clear: %s must be encrypted first: %j', (url, mustEncrypt) => {
      expect(readServer(url)).toMatchObject({ url, mustEncrypt });
    });

    it.each([
      ['help@desk.example', 'help@desk.example'],
      ['"Help, at once" <help@desk.example>', '"Help, at once" <help@desk.example>'],
    ])('writes as %s', async (from, shown) => {
      const { received, url } = await aServer();
      await aNotifier(url, { from }).send(aMessage());
      expect(headersOf(received[0])['from']).toBe(shown);
    });
  });
});

function aMessage(overrides: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return {
    key: 'ack:01JD3G2N',
    to: 'greta@example.com',
    thread: null,
    subject: '[T-1042] We have it',
    text: 'Thank you.',
    voice: 'answer',
    ...overrides,
  };
}

function mailOf(raw: string, { envelope }: SMTPServerSession): Received {
  const [head = '', ...rest] = raw.split('\r\n\r\n');
  const lines = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n');
  return {
    from: envelope.mailFrom === false ? '' : envelope.mailFrom.address,
    to: envelope.rcptTo.map(({ address }) => address),
    headers: lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
    body: rest.join('\r\n\r\n'),
  };
}

function headersOf(mail: Received | undefined): Record<string, string> {
  return Object.fromEntries(mail?.headers ?? []);
}

function textOf(mail: Received | undefined): string {
  const encoding = headersOf(mail)['content-transfer-encoding'];
  const body = mail?.body ?? '';
  const text =
    encoding === 'base64'
      ? Buffer.from(body, 'base64').toString('utf8')
      : encoding === 'quoted-printable'
        ? fromQuotedPrintable(body)
        : body;
  return `${text.replaceAll('\r\n', '\n').replace(/\n+$/, '')}\n`;
}

function fromQuotedPrintable(body: string): string {
  const joined = body.replaceAll('=\r\n', '');
  const bytes = joined.replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** A header's words, RFC 2047. */
function decoded(header: string): string {
  return header
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64').toString('utf8')
        : fromQuotedPrintable(text.replaceAll('_', ' ')),
    );
}

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

async function failureOf(sending: Promise<unknown>): Promise<Record<string, unknown>> {
  const error: unknown = await sending.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new Error('it was sent');
  return { ...error, message: error.message };
}

function portOf(server: Pick<Server, 'address'>): number {
  const address: AddressInfo | string | null = server.address();
  if (address === null || typeof address === 'string') throw new Error('not listening');
  return address.port;
}
