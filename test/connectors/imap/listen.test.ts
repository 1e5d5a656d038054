import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createImapChannel } from '../../../connectors/imap/channel.ts';
import { ImapSettings } from '../../../connectors/imap/settings.ts';
import type { Deliver, RawRequest } from '../../../src/ports/channel.ts';
import { testChannel } from '../../ports/channel.ts';
import { MORNING } from '../../support/builders.ts';
import { aChannelGiven } from '../../support/channels.ts';
import { messageRead } from '../../support/form-tools.ts';
import { anImapServer, type ImapServer } from '../../support/imap-server.ts';
import { aMail } from '../../support/mails.ts';
import { aRequest } from '../../support/recorded.ts';

const USER = 'support@desk.example';

/** A mail with that subject and no id of its own. */
function about(subject: string): Buffer {
  return aMail({ headers: [`Subject: ${subject}`], body: `About ${subject}.` });
}

function subjectOf({ body }: Pick<RawRequest, 'body'>): string {
  return /^Subject: (.*)\r$/m.exec(Buffer.from(body).toString())?.[1] ?? '';
}

function aChannel(settings: object, access: string | null = 'app "password"') {
  const parsed = ImapSettings.parse({ host: '127.0.0.1', encryption: 'none', user: USER, ...settings });
  return createImapChannel(parsed, aChannelGiven({ access }));
}

describe('a mailbox', () => {
  let server: ImapServer;
  const open: (() => Promise<unknown>)[] = [];
  const delivered: Parameters<Deliver>[0][] = [];
  const memory = new Map<string, unknown>();

  beforeEach(async () => {
    server = await anImapServer();
    delivered.splice(0);
    memory.clear();
  });
  afterEach(async () => {
    for (const close of open.splice(0)) await close();
    await server.close();
  });

  /** Reads the mailbox until the end of the test. */
  function listen(settings: object = {}, { deliver, access }: { deliver?: Deliver; access?: string } = {}) {
    const stop = new AbortController();
    const keep: Deliver = async (request) => {
      delivered.push(request);
      return { id: '1', isRepeat: false };
    };
    const ended = aChannel({ port: server.port, begin: 'everything', ...settings }, access).listen?.({
      deliver: deliver ?? keep,
      memory: { get: async (name) => memory.get(name), set: async (name, value) => void memory.set(name, value) },
      // Only the server tells.
      pause: () => new Promise(() => undefined),
      signal: stop.signal,
    });
    const outcome = Promise.resolve(ended).then(
      () => 'ended',
      (error: unknown) => error,
    );
    const end = async () => {
      stop.abort();
      return outcome;
    };
    open.push(end);
    return { outcome, end };
  }

  const subjects = () => delivered.map(subjectOf);

  it('is read from the oldest to the newest, marked, and followed as mail comes (A-001)', async () => {
    server.arrive(about('one'));
    server.arrive(about('two'), ['\\Seen']);
    server.arrive(about('deleted'), ['\\Deleted']);
    listen();
    await expect.poll(subjects).toEqual(['one', 'two']);
    await expect.poll(() => server.said.includes('IDLE')).toBe(true);
    server.arrive(about('three'));
    await expect.poll(subjects).toEqual(['one', 'two', 'three']);
    await expect.poll(() => memory.get('place')).toEqual({ validity: '1', uid: 4, at: MORNING.toString() });
    // A mail is touched once its place is kept.
    const seen = () => server.folders['INBOX']?.mails.map(({ flags }) => flags.has('\\Seen'));
    await expect.poll(seen).toEqual([true, true, false, true]);
    expect(server.said.filter((each) => /EXPUNGE|\\Deleted|DELETE/.test(each))).toEqual([]);
  });

  it('is read from where it ended, and begins with what comes from now on', async () => {
    server.arrive(about('old'));
    const first = listen({ begin: 'now' });
    await expect.poll(() => memory.get('place')).toMatchObject({ uid: 1 });
    server.arrive(about('new'));
    await expect.poll(subjects).toEqual(['new']);
    await expect.poll(() => memory.get('place')).toMatchObject({ uid: 2 });
    expect(await first.end()).toBe('ended');
    server.arrive(about('meanwhile'));
    listen({ begin: 'now' });
    await expect.poll(subjects).toEqual(['new', 'meanwhile']);
  });

  it('moves what is stored, and keeps what could not be stored where it is', async () => {
    server.arrive(about('one'));
    server.arrive(about('two'));
    const settings = { moveTo: 'Done', markSeen: false };
    const refuse: Deliver = async (request) => {
      if (subjectOf(request) === 'two') throw new Error('the disk is full');
      delivered.push(request);
      return { id: '1', isRepeat: false };
    };
    const { outcome } = listen(settings, { deliver: refuse });
    expect(await outcome).toMatchObject({ message: 'the disk is full' });
    expect(memory.get('place')).toMatchObject({ uid: 1 });
    expect(server.folders['Done']?.mails.map(({ raw }) => subjectOf({ body: raw }))).toEqual(['one']);
    expect(server.folders['INBOX']?.mails.map(({ uid }) => uid)).toEqual([2]);
    listen(settings);
    await expect.poll(subjects).toEqual(['one', 'two']);
    await expect.poll(() => server.folders['Done']?.mails.length).toBe(2);
  });

  it('that numbers its mails anew is read anew since the day of the last look', async () => {
    server.arrive(about('one'));
    const { end } = listen();
    await expect.poll(() => memory.get('place')).toMatchObject({ uid: 1 });
    await end();
    server.renumber();
    listen();
    await expect.poll(subjects).toEqual(['one', 'one']);
    expect(server.said).toContain('UID SEARCH SINCE 19-Nov-2026');
  });

  it('hands over the head of a mail that is too large, with where it lies', async () => {
    const large = aMail({
      headers: ['Subject: Large', 'Message-ID: <9@example.com>', 'Content-Type: text/plain;', '\tcharset=utf-8'],
      body: 'x'.repeat(20_000),
    });
    server.arrive(large);
    listen({ largestBytes: 10_000 });
    await expect.poll(subjects).toEqual(['Large']);
    const message = messageRead(aChannel({}), aRequest('message/rfc822', delivered[0]?.body ?? ''));
    expect(message).toMatchObject({
      subject: 'Large',
      from: { email: 'greta@example.com' },
      externalId: '9@example.com',
    });
    expect(message.text).toBe(
      'This mail of 20 KB is too large to be fetched. It lies in the folder INBOX of support@desk.example.',
    );
    expect(server.said.some((each) => each.includes('BODY.PEEK[])'))).toBe(false);
  });

  it('whose line breaks, whose password is wrong or that lacks a folder says so', async () => {
    const { outcome } = listen();
    await expect.poll(() => memory.get('place')).toBeDefined();
    server.drop();
    expect(await outcome).toMatchObject({ code: 'imap.connection-lost' });
    expect(await listen({}, { access: 'wrong' }).outcome).toMatchObject({
      code: 'imap.not-authorised',
      message: 'The mail server does not let us in: Wrong password.',
    });
    expect(await listen({ moveTo: 'Gone' }).outcome).toMatchObject({
      message: 'The mailbox has no folder Gone.',
    });
    await server.close();
    expect(await listen().outcome).toMatchObject({ code: 'imap.unreachable' });
  });
});

describe('a mail of a mailbox', () => {
  const plain = { ...aRequest('message/rfc822', about('one')), headers: { 'x-imap-delivery': '7:3' } };
  const named = aRequest('message/rfc822', aMail({ headers: ['Message-ID: <9@example.com>'], body: 'Named.' }));
  testChannel({
    // Nobody posts it, so nothing is to be proved.
    channel: { ...aChannel({}), verify: () => ({ authentic: true }) },
    secrets: { tokens: [], signing: [] },
    authentic: [
      ['without an id', plain],
      ['with one', named],
    ],
    forged: [],
  });

  it('is known by its own id, else by the number that the folder gave it', () => {
    expect([plain, named].map((each) => aChannel({}).deliveryId(each))).toEqual(['7:3', '9@example.com']);
  });

  it('cannot be posted by anybody', () => {
    expect(aChannel({}).verify(named, { tokens: [], signing: [] })).toEqual({
      authentic: false,
      reason: 'mail of a mailbox is fetched, and nobody posts it',
    });
  });
});
