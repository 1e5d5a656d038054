import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asMarkdown, asText, windowOf } from '../../src/cli/backtest/print.ts';
import type { Service } from '../../src/main.ts';
import { aDiff, aResult, aSummary } from '../support/backtest-results.ts';
import { at } from '../support/builders.ts';
import { aCommandLine, type CommandLine } from '../support/command-line.ts';
import { until } from '../support/until.ts';

const RULE = `
categories: [billing, bug, question]
rules:
  - name: Greetings first
    why: It is tried here.
    owner: the tests
    when: { text: { mentions: [hello] } }
    then: { priority: critical }
`;

describe('tabledesk backtest', () => {
  const held = {} as { desk: CommandLine; changed: string; service: Service | null };

  beforeAll(async () => {
    held.desk = await aCommandLine({ JSON_TOKEN: 'a token of the tests' });
    held.changed = join(held.desk.cwd, 'changed');
    await cp(held.desk.env.TABLEDESK_CONFIG, held.changed, { recursive: true });
    await writeFile(join(held.changed, 'triage.yaml'), RULE);
    const channels = 'channels:\n  website: { kind: form }\n';
    for (const folder of [held.changed, held.desk.env.TABLEDESK_CONFIG])
      await writeFile(join(folder, 'channels.yaml'), channels);
    held.service = await held.desk.start();
    const { address, token } = held.service;
    const body = new URLSearchParams({ name: 'Greta', email: 'greta@example.com', subject: 'Hello', message: 'Hi.' });
    await fetch(`${address}/hooks/website`, { method: 'POST', body });
    const headers = { authorization: `Bearer ${token}` };
    await until('the ticket', async () => {
      const { tickets } = (await (await fetch(`${address}/api/tickets`, { headers })).json()) as { tickets: unknown[] };
      return tickets.length === 1;
    });
  }, 120_000);
  afterAll(async () => {
    await held.service?.stop();
    await held.desk.remove();
  });

  it('asks the service that runs, and prints what differs', async () => {
    const { code, out } = await held.desk.run(['backtest', '--config', held.changed]);
    expect(out).toContain('1 of 1 ticket comes out otherwise (100.0 %).');
    expect(out).toContain('priority: medium → critical');
    expect(out).toContain('after: Priority critical, because the text says “Hello” (rule Greetings first).');
    expect(code).toBe(0);
  });

  it('ends with 3 when a threshold is crossed, and says by how much', async () => {
    const { code, out } = await held.desk.run(['backtest', '--config', held.changed, '--fail-on', 'changed=10%']);
    expect(out).toContain('100.0 % of the tickets come out otherwise, above 10 %.');
    expect(code).toBe(3);
  });

  it('reads the database itself where no service runs, and prints JSON alone', async () => {
    await held.service?.stop();
    held.service = null;
    const { code, out } = await held.desk.run(['backtest', '--config', held.changed, '--json']);
    expect(JSON.parse(out)).toMatchObject({ summary: { tickets: 1, changed: 1 }, worse: [] });
    expect(code).toBe(0);
  });

  it('ends with 1 when the changed config is broken, with the place', async () => {
    await writeFile(join(held.changed, 'triage.yaml'), RULE.replace('critical', 'criticl'));
    const { code, err } = await held.desk.run(['backtest', '--config', held.changed]);
    expect(err).toContain(
      'triage.yaml:8:23 rules.0.then.priority: "criticl" is not a priority; did you mean "critical"?',
    );
    expect(code).toBe(1);
    await writeFile(join(held.changed, 'triage.yaml'), RULE);
  });

  it.each([
    ['--since', '2026-13-01', 'It is a day, as 2026-11-01.'],
    ['--last', 'many', 'It is a whole number of tickets, from 1 on.'],
    ['--fail-on', 'mood', 'It is agreement, sla, changed=10%'],
  ])('ends with 2 for %s %s', async (option, value, words) => {
    const { code, err } = await held.desk.run(['backtest', '--config', held.changed, option, value]);
    expect(err).toContain(words);
    expect(code).toBe(2);
  });

  it('leaves the config in force alone', async () => {
    const text = await readFile(join(held.desk.env.TABLEDESK_CONFIG, 'channels.yaml'), 'utf8');
    expect(text).toBe('channels:\n  website: { kind: form }\n');
  });
});

describe('a backtest, printed', () => {
  const written = { worse: [], prefix: 'T', timeZone: 'Europe/Berlin' };

  it('says so when nothing differs', () => {
    expect(asText({ ...written, result: aResult() })).toContain(
      'Nothing comes out otherwise for any of 100 tickets.\n\nAgrees with what people finally did\n  category: 87 % before, 87 % after, the same\n',
    );
  });

  it('names rules that never spoke, and what else differs', () => {
    const rules = [
      { name: 'Old one', before: 3, after: 0, in: 'before' },
      { name: 'New one', before: 0, after: 0, in: 'after' },
    ] as const;
    const due = {
      firstResponse: { sooner: 2, later: 0, hours: -3.25 },
      resolution: { sooner: 0, later: 1, hours: 20 },
    };
    const messages = { 'letter received': { before: 9, after: 4 } };
    const text = asText({ ...written, result: aResult({ summary: aSummary({ rules, due, messages }) }) });
    expect(text).toContain(
      'Rules\n  Old one: 3 before, gone after\n  New one: not there before, 0 after\n  never spoke: New one\n',
    );
    expect(text).toContain('first answer: sooner for 2, later for 0; 3.3 hours sooner in all\n');
    expect(text).toContain('resolution: sooner for 0, later for 1; 20 hours later in all\n');
    expect(text).toContain('letter received: 9 before, 4 after\n');
  });

  it('keeps customers’ words from being Markdown', () => {
    const result = aResult({
      summary: aSummary({ changed: 1 }),
      diffs: [aDiff({ subject: '<b>@all</b> [x](y) *z*' })],
    });
    expect(asMarkdown({ ...written, result })).toContain(String.raw`- T-1042 \<b\>\@all\</b\> \[x\](y) \*z\*`);
  });

  it('shows due times in the time of the desk', () => {
    const change = { what: 'firstResponseDueAt', before: null, after: '2026-11-20T10:00:00Z' } as const;
    const diffs = [aDiff({ changes: [{ ...change, sentences: { before: null, after: null } }] })];
    expect(asText({ ...written, result: aResult({ diffs }) })).toContain('first answer due: none → 2026-11-20 11:00\n');
  });

  it('means days of the desk', () => {
    const since = Temporal.PlainDate.from('2026-11-20');
    expect(windowOf({ last: 7, since }, 'Europe/Berlin')).toEqual({ since: at('2026-11-19T23:00:00Z') });
    expect(windowOf({ last: 7 }, 'Europe/Berlin')).toEqual({ last: 7 });
  });
});
