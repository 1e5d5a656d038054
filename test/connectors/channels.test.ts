import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { CONNECTORS } from '../../connectors/index.ts';
import { Channel } from '../../src/config/written/channels.ts';

const ROOT = join(import.meta.dirname, '../..');

/** A channel as a page shows it, under its name. */
const Shown = z.record(z.string(), z.looseObject({ kind: z.string() }));

const CHANNELS = Object.values(CONNECTORS).flatMap(({ id, channel }) =>
  channel === undefined ? [] : [{ id, channel }],
);

describe.each(CHANNELS)('the page of the channel $id', ({ id, channel }) => {
  const page = readFileSync(join(ROOT, 'connectors', id, 'README.md'), 'utf8');

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
