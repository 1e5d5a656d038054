import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { CONNECTORS } from '../../connectors/index.ts';
import { Channel } from '../../src/config/written/channels.ts';
import { SECRET_ROLES } from '../../src/kit/channel-set-up.ts';
import { MORNING } from '../support/builders.ts';
import { aChannelGiven } from '../support/channels.ts';

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

describe('a test from the console', () => {
  it('is a request of ours, except where the sender alone can sign or nobody calls', () => {
    const without = CHANNELS.filter(({ id, channel, setUp }) => {
      const page = readFileSync(join(ROOT, 'docs/channels', `${id}.md`), 'utf8');
      const [written] = examplesIn(page).filter(({ kind }) => kind === id);
      const settings = channel.settings.parse(Channel.parse(written).settings);
      const made = channel.create(settings, aChannelGiven());
      const secrets = {
        tokens: ['a token'],
        signing: setUp?.secret === undefined || id === 'sendgrid' ? [] : ['a secret'],
      };
      return (made.sample?.(SAID, secrets) ?? null) === null;
    });
    expect(without.map(({ id }) => id).toSorted()).toEqual(['discord', 'imap', 'portal', 'ses']);
  });

  it.each(CHANNELS)('of $id leaves nobody without a word on what to do on the other side', ({ setUp }) => {
    expect(setUp?.tryIt).toMatch(/^[A-Z].*\.$/);
  });
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
