import { generateKeyPairSync, sign } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { CONNECTORS } from '../../connectors/index.ts';
import { Channel } from '../../src/config/written/channels.ts';
import { SECRET_ROLES } from '../../src/kit/channel-set-up.ts';
import type { Channel as Made, ChannelSecrets, RawRequest } from '../../src/ports/channel.ts';
import { MORNING } from '../support/builders.ts';
import { aChannelGiven } from '../support/channels.ts';
import { withHeaders } from '../support/form-tools.ts';
import { recorded } from '../support/recorded.ts';
import { PUBLIC_KEY, signed } from './discord/discord.ts';

const ROOT = join(import.meta.dirname, '../..');

/** A channel as a page shows it, under its name. */
const Shown = z.record(z.string(), z.looseObject({ kind: z.string() }));

const CHANNELS = Object.values(CONNECTORS).flatMap(({ id, channel, setUp }) =>
  channel === undefined ? [] : [{ id, channel, setUp }],
);

describe('channels', () => {
  const ids = CHANNELS.map(({ id }) => id).toSorted();

  it('are the folders that have one, and have a guide each, to which the tables lead', () => {
    const folders = globSync('*/channel.ts', { cwd: join(ROOT, 'connectors') }).map((file) => dirname(file));
    expect(folders.toSorted()).toEqual(ids);
    const guides = globSync('*.md', { cwd: join(ROOT, 'docs/channels') }).map((file) => file.replace(/\.md$/, ''));
    expect(guides.filter((guide) => guide !== 'README').toSorted()).toEqual(ids);
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
    expect([...readme.matchAll(/\(docs\/channels\/([\w-]+)\.md\)/g)].map(([, id]) => String(id)).toSorted()).toEqual(
      ids,
    );
    const list = readFileSync(join(ROOT, 'docs/channels/README.md'), 'utf8');
    expect([...list.matchAll(/^- .*?\]\(([\w-]+)\.md\)/gm)].map(([, id]) => String(id)).toSorted()).toEqual(ids);
  });
});

describe.each(CHANNELS)('the guide of the channel $id', ({ id, channel, setUp }) => {
  const page = readFileSync(join(ROOT, 'docs/channels', `${id}.md`), 'utf8');

  it('can be compared with that of any other', () => {
    const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    const common = ['Set up', 'What is read', 'Permissions', 'Limits', 'Not supported'];
    expect(headings.filter((heading) => common.includes(String(heading)))).toEqual(
      // Any JSON has no shape, so that what is read of it is told as guesses.
      common.filter((heading) => id !== 'json' || heading !== 'What is read'),
    );
  });

  it('shows channels as the config takes them', () => {
    const shown = examplesIn(page).filter(({ kind }) => kind === id);
    expect(shown.length).toBeGreaterThan(0);
    for (const written of shown) {
      const { settings } = Channel.parse(written);
      expect(channel.settings.safeParse(settings)).toMatchObject({ success: true });
    }
  });

  it('names the secrets of which its spec sheet says whence they come, and no other', () => {
    const named = SECRET_ROLES.filter((role) => page.includes(`${role}: env:`));
    expect(named).toEqual(SECRET_ROLES.filter((role) => setUp?.[role] !== undefined));
  });
});

/** What somebody has a test say. */
const SAID = {
  id: '01k9zq4yxv8t6s2n0m7h5f3d1b',
  name: 'Ana',
  email: null,
  subject: 'Test',
  text: 'Is anybody there?',
  address: 'https://desk.example/hooks/help',
  at: MORNING,
};

/** The channel as its guide shows it. */
function made({ id, channel }: (typeof CHANNELS)[number]): Made {
  const page = readFileSync(join(ROOT, 'docs/channels', `${id}.md`), 'utf8');
  const [written] = examplesIn(page).filter(({ kind }) => kind === id);
  return channel.create(channel.settings.parse(Channel.parse(written).settings), aChannelGiven());
}

/** SendGrid alone has the key with which it signs, and is believed by a token, too. */
function secretsOf({ id, setUp }: (typeof CHANNELS)[number]): ChannelSecrets {
  return { tokens: ['a token'], signing: setUp?.secret === undefined || id === 'sendgrid' ? [] : ['a secret'] };
}

function sampleOf(each: (typeof CHANNELS)[number]): RawRequest | null {
  const sample = made(each).sample?.(SAID, secretsOf(each)) ?? null;
  return sample === null ? null : { ...sample, address: SAID.address, receivedAt: SAID.at };
}

describe('a test from the console', () => {
  it('is a request of ours, except where the sender alone can sign or nobody calls', () => {
    const without = CHANNELS.filter((each) => sampleOf(each) === null);
    expect(without.map(({ id }) => id).toSorted()).toEqual(['discord', 'imap', 'portal', 'ses']);
  });

  it.each(CHANNELS)('of $id leaves nobody without a word on what to do on the other side', ({ setUp }) => {
    expect(setUp?.tryIt).toMatch(/^[A-Z].*\.$/);
  });
});

/** How far from now the time may be that a sender signed. */
const WINDOWS: Readonly<Record<string, string>> = {
  discord: 'PT5M',
  'google-forms': 'PT5M',
  mailgun: 'PT12H',
  sendgrid: 'PT73H',
  slack: 'PT5M',
  webflow: 'PT5M',
};

/** What is fetched, what a session of ours sends, and what AWS alone can sign: its own test has the window. */
const SENT_BY_NOBODY_ELSE = new Set(['imap', 'portal', 'ses']);

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** A request of the morning that is authentic, as its sender signs it, and by which secrets. */
function signedRequest(each: (typeof CHANNELS)[number]): { request: RawRequest; secrets: ChannelSecrets } {
  if (each.id === 'discord') {
    return { request: signed(recorded('discord', 'command')), secrets: { tokens: [], signing: [PUBLIC_KEY] } };
  }
  const request = sampleOf(each);
  if (request === null) throw new Error(`Nobody makes a request of ${each.id}.`);
  if (each.id !== 'sendgrid') return { request, secrets: secretsOf(each) };
  const at = String(MORNING.epochMilliseconds / 1000);
  const headers = {
    'x-twilio-email-event-webhook-timestamp': at,
    'x-twilio-email-event-webhook-signature': sign(
      'sha256',
      Buffer.concat([Buffer.from(at), request.body]),
      privateKey,
    ).toString('base64'),
  };
  const key = publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  return { request: withHeaders(request, headers), secrets: { tokens: [], signing: [key] } };
}

describe('a request that somebody recorded', () => {
  const sent = CHANNELS.filter(({ id }) => !SENT_BY_NOBODY_ELSE.has(id)).map((each) => {
    const { request, secrets } = signedRequest(each);
    const channel = made(each);
    const isBelieved = async (one: RawRequest) => (await channel.verify(one, secrets)).authentic;
    return { id: each.id, window: WINDOWS[each.id], request, channel, isBelieved };
  });

  it.each(sent.flatMap((each) => (each.window === undefined ? [] : [{ ...each, window: each.window }])))(
    'of $id counts only around the time that was signed, $window',
    async ({ window, request, isBelieved }) => {
      const longer = Temporal.Duration.from(window).add({ seconds: 1 });
      const times = [MORNING.add(window), MORNING.subtract(window), MORNING.add(longer), MORNING.subtract(longer)];
      const believed = await Promise.all(times.map((receivedAt) => isBelieved({ ...request, receivedAt })));
      expect(believed).toEqual([true, true, false, false]);
    },
  );

  it.each(sent.filter(({ window }) => window === undefined))(
    'of $id is the same one again whenever it comes, as no time was signed',
    async ({ request, channel, isBelieved }) => {
      const late = { ...request, receivedAt: MORNING.add({ hours: 24 * 365 }) };
      expect(await isBelieved(late)).toBe(true);
      expect(channel.deliveryId(late)).toBe(channel.deliveryId(request));
    },
  );

  it.each(sent.filter(({ request }) => request.token === null))(
    'of $id is no other one by a header that was not signed',
    async ({ request, channel, isBelieved }) => {
      const changed = Object.entries(request.headers)
        .filter(([name]) => name !== 'content-type')
        .map(([name, value]) => withHeaders(request, { [name]: `${value}0` }));
      const believed = await Promise.all(changed.map(isBelieved));
      const ids = changed.filter((_, at) => believed[at]).map((one) => channel.deliveryId(one));
      expect(ids).toEqual(ids.map(() => channel.deliveryId(request)));
    },
  );
});

/** What we fetch ourselves comes in no request of theirs, but over a protocol that a real server speaks in its tests. */
const FETCHED = new Set(['imap']);

describe('requests to test with', () => {
  it('are recorded of every channel that another system calls', () => {
    const others = CHANNELS.map(({ id }) => id).filter((id) => CONNECTORS[id]?.docs !== null && !FETCHED.has(id));
    const without = others.filter((id) => globSync('*.json', { cwd: join(ROOT, 'test/fixtures', id) }).length === 0);
    expect(without).toEqual([]);
    expect(others.filter((id) => !existsSync(join(ROOT, 'test/connectors', id)))).toEqual([]);
  });
});

/** The channels in the examples of a page. */
function examplesIn(page: string) {
  const blocks = [...page.matchAll(/^( *)```yaml\n([^]*?)^ *```$/gm)];
  return blocks.flatMap(([, indent = '', text = '']) => {
    const written: unknown = parse(text.replaceAll(new RegExp(`^${indent}`, 'gm'), ''));
    const read = Shown.safeParse(written);
    return read.success ? Object.values(read.data) : [];
  });
}
