import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { at } from '../../support/builders.ts';
import { aTriaged, MONTH, times, writeMonth } from '../../support/checked-month.ts';
import { aConfig } from '../../support/config.ts';
import { aVisitedConsole, type VisitedConsole } from '../../support/visited-console.ts';

const HOSTILE = 'Payments <script>alert(1)</script>';
const PERIOD = `from=${MONTH.from}&to=${MONTH.to}`;

const CONFIG = aConfig({
  'triage.yaml': `categories: [billing, refund, bug]
rules:
  - { name: '${HOSTILE}', why: w, owner: o, when: { text: { mentions: payment } }, then: { category: billing } }
`,
});

describe('the quality checks in the console', () => {
  const world = {} as VisitedConsole;
  beforeAll(async () => {
    Object.assign(world, await aVisitedConsole({ policy: CONFIG.policy, files: CONFIG.files }));
    world.desk.clock.set(at('2026-11-20T10:06:00Z'));
    await writeMonth(world.database.connection, [
      ...times(1, 20, (number) => aTriaged(number, { rule: HOSTILE, said: 'billing', came: 'billing' })),
      ...times(101, 60, (number) =>
        aTriaged(number, { rule: HOSTILE, said: 'billing', came: 'refund', more: { channel: 'mail' } }),
      ),
    ]);
  });
  afterAll(() => world.close());

  async function textOf(address: string): Promise<string> {
    const answer = await world.ana.get(address);
    expect([address, answer.status]).toEqual([address, 200]);
    return answer.text;
  }

  it('say what to mend, with the changed line and a trial of it', async () => {
    const text = await textOf(`/reports/quality?${PERIOD}`);
    expect(text).toContain('gave billing to 80 tickets, and 60 of them (75 %) ended elsewhere, 60 in refund.');
    expect(text).toContain('Have the rule give refund in place of billing.');
    expect(text).toContain('then: { category: refund }');
    expect(text).toMatch(/href="\/backtest\?file[^"]*triage\.yaml[^"]*"/);
    expect(text).toContain('triage.yaml:3');
    expect(text).not.toContain('<script>alert');
  });

  it('open from every number as many cases as it says', async () => {
    const text = await textOf(`/reports/quality?${PERIOD}`);
    const cells = [...text.matchAll(/href="(\/reports\/quality\/cases[^"]*)"[^>]*>(\d+)</g)];
    expect(cells.length).toBeGreaterThan(5);
    for (const [, address = '', number = ''] of cells) {
      const page = await textOf(unescaped(address));
      expect(page).toContain(`>${number} case${number === '1' ? '' : 's'}<`);
    }
  });

  it('list cases page by page, and know no other check', async () => {
    const cases = `/reports/quality/cases?check=triage&said=billing&came=refund&${PERIOD}`;
    const first = await textOf(cases);
    expect(first).toContain('T-160');
    expect(first).toContain('Page 1 of 2');
    expect(await textOf(`${cases}&page=2`)).toContain('T-101');
    expect((await world.ana.get('/reports/quality/cases?check=constructor')).status).toBe(404);
  });
});

function unescaped(text: string): string {
  return text.replaceAll('&#38;', '&').replaceAll('&#61;', '=');
}
