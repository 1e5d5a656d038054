import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aHistory, anOutcome, HISTORY_NOW, writeHistory } from '../../support/histories.ts';
import { aVisitedConsole, type VisitedConsole } from '../../support/visited-console.ts';

const HOSTILE = '<script>alert(1)</script>"><img src=x>';

const PAGES = [
  '/reports',
  '/reports/weekly',
  '/reports/speed',
  '/reports/flow',
  '/reports/team',
  '/reports/customers',
  '/reports/quality',
  '/reports/ahead',
  '/reports/value?triage=9',
];

describe('the reports', () => {
  const world = {} as VisitedConsole;
  beforeAll(async () => {
    Object.assign(world, await aVisitedConsole({}));
    world.desk.clock.set(HISTORY_NOW);
    const hostile = { channel: HOSTILE, category: HOSTILE, queue: HOSTILE, assignee: HOSTILE, customer: HOSTILE };
    const strange = anOutcome({
      number: 2000,
      openedAt: HISTORY_NOW.subtract({ hours: 200 }),
      ...hostile,
      segment: HOSTILE,
    });
    await writeHistory(world.database.connection, [...aHistory({ seed: 5, count: 300, days: 60 }), strange]);
  });
  afterAll(() => world.close());

  async function textOf(address: string): Promise<string> {
    const answer = await world.ana.get(address);
    expect([address, answer.status]).toEqual([address, 200]);
    return answer.text;
  }

  it.each(PAGES)('%s leads from every figure to a page that has it', async (page) => {
    const text = await textOf(`${page}?span=last_90_days`);
    const addresses = new Set(
      [...text.matchAll(/href="(\/reports[^"]*)"/g)].map(([, address = '']) => unescaped(address)),
    );
    expect(addresses.size).toBeGreaterThan(5);
    const some = [...addresses].filter((_, index) => index % Math.ceil(addresses.size / 8) === 0);
    for (const address of some) await textOf(address);
  });

  it.each([...PAGES, '/reports/figures/opened'])('%s shows what came from outside as text', async (page) => {
    const text = await textOf(`${page}?span=last_90_days&by=customer`);
    expect(text).not.toContain('<script>alert');
    expect(text).not.toContain('<img src=x');
  });

  it('say the same number in a table and on the page behind it', async () => {
    const overview = await textOf('/reports?span=last_90_days');
    const [, address = '', number = ''] =
      /<bdi>mail<\/bdi>[\s\S]*?<a href="([^"]*opened[^"]*)"\s*>(\d+)<\/a/.exec(overview) ?? [];
    expect(Number(number)).toBeGreaterThan(0);
    expect(await textOf(unescaped(address))).toContain(`${number} tickets behind it`);
  });

  it('give the tickets behind a figure as CSV, exactly those, and tables of the period', async () => {
    const page = await textOf('/reports/figures/first_reply_kept?span=last_90_days&side=out&channel=mail');
    const [, count] = /(\d+) tickets? behind it/.exec(page) ?? [];
    const [, address = ''] = /href="([^"]*tickets\.csv[^"]*)"/.exec(page) ?? [];
    const answer = await world.ana.get(unescaped(address));
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment; filename=tickets-2026-.*\.csv$/);
    expect(answer.text.trim().split('\r\n')).toHaveLength(1 + Number(count));
    for (const [, file = ''] of (await textOf('/reports/export')).matchAll(/href="([^"]*\.csv[^"]*)"/g))
      expect(await textOf(unescaped(file))).not.toBe('');
  });

  it('tell what makes up a share from the rest', async () => {
    const count = async (side: string) => {
      const text = await textOf(`/reports/figures/first_reply_kept?span=last_90_days&side=${side}`);
      return Number(/(\d+) tickets? behind it/.exec(text)?.[1]);
    };
    expect((await count('in')) + (await count('out'))).toBe(await count('all'));
    expect(await count('out')).toBeGreaterThan(0);
  });

  it('can be asked of a stretch and of some tickets, and let go of them', async () => {
    const text = await textOf('/reports/speed?from=2026-11-02&to=2026-11-08&queue=review&assignee=~');
    expect(text).toContain('2 Nov to 8 Nov 2026');
    expect(text).toContain('queue <bdi>review</bdi>');
    expect(text).toContain('assignee <bdi>Nobody</bdi>');
    expect(unescaped(text)).toContain('href="/reports/speed?from=2026-11-02&to=2026-11-08&queue=review"');
  });

  it('take what cannot be read as left out', async () => {
    for (const query of [
      'span=constructor',
      'from=x&to=y',
      'span=this_week&span=last_week',
      'by=nothing&page=-1&side=q',
    ]) {
      await textOf(`/reports/figures/opened?${query}`);
    }
    expect((await world.ana.get('/reports/figures/nothing')).status).toBe(404);
  });

  it('have a sentence and a table for every drawing', async () => {
    for (const page of PAGES) {
      const text = await textOf(page);
      const drawings = [...text.matchAll(/role="img" aria-labelledby="(\S+) (\S+)"/g)];
      for (const [, title = '', says = ''] of drawings) {
        expect(text).toMatch(new RegExp(`id="${says}">[^<]*\\w`));
        expect(text).toContain(`role="region" aria-labelledby="${title}"`);
      }
    }
  });
});

function unescaped(text: string): string {
  return text.replaceAll('&#38;', '&').replaceAll('&#61;', '=');
}
