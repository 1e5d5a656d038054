import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { at } from '../support/builders.ts';
import { PASSWORD } from '../support/console-server.ts';
import { aVisitor } from '../support/console-visitor.ts';
import { aRunningDesk, type RunningDesk, type ShownStatus } from '../support/running-desk.ts';
import { until } from '../support/until.ts';

/** A Wednesday at ten: the office is open until six. */
const WEDNESDAY = at('2026-11-18T10:00:00Z');

/** Stands above all others, so that it has the first say. */
const COFFEE_RULE = `rules:
  - name: Coffee is a question
    why: Nobody works without it.
    owner: Ana
    when:
      text: { mentions: [coffee machine] }
    then:
      category: question
      priority: critical
`;

describe('a config that is edited while the service runs', () => {
  let desk: RunningDesk;
  let triage: string;
  beforeEach(async () => {
    desk = await aRunningDesk({ now: () => WEDNESDAY, variables: { TABLEDESK_PASSWORD: PASSWORD } });
    triage = await readFile(join(desk.configFolder, 'triage.yaml'), 'utf8');
  });
  afterEach(() => desk.remove());

  function status(): Promise<ShownStatus> {
    return desk.api<ShownStatus>('/api/status');
  }

  /** As many editors save: a new file beside it, moved over the old one. */
  async function save(text: string): Promise<void> {
    const beside = join(desk.configFolder, '.triage.yaml.saving');
    await writeFile(beside, text);
    await rename(beside, join(desk.configFolder, 'triage.yaml'));
  }

  async function ask(subject: string) {
    await desk.post({
      name: 'Greta',
      email: 'greta@example.com',
      subject,
      message: 'The coffee machine is not working.',
    });
    return desk.ticketAbout(subject);
  }

  it('is in force for the next ticket without a restart, and when it is broken the last good one stays', async () => {
    expect(await ask('Before')).toMatchObject({ category: 'bug', priority: 'medium' });
    const first = (await status()).config.version;

    await save(triage.replace('rules:\n', COFFEE_RULE));
    await until('the saved file is in force', async () => (await status()).config.version !== first);
    expect(await ask('With the new rule')).toMatchObject({ category: 'question', priority: 'critical' });
    const second = (await status()).config.version;

    const broken = triage.replace('rules:\n', COFFEE_RULE.replace('critical', 'critcal'));
    await save(broken);
    const refused = await until('the broken file is refused', async () => (await status()).config.refused);
    const line = broken.split('\n').findIndex((each) => each.includes('critcal')) + 1;
    expect(refused).toEqual([
      {
        severity: 'error',
        file: join(desk.configFolder, 'triage.yaml'),
        line,
        column: 17,
        path: 'rules.0.then.priority',
        message: '"critcal" is not a priority',
        fix: 'Did you mean "critical"? Allowed: low, medium, high, critical.',
      },
    ]);
    const told = desk.log.filter((line) => line.includes('critcal'));
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(`${join(desk.configFolder, 'triage.yaml')}:${line}:17 rules.0.then.priority:`);
    const visitor = aVisitor(desk.address);
    await visitor.signIn();
    expect((await visitor.get('/health')).text).toContain('priority: critcal');
    expect((await status()).config.version).toBe(second);
    expect(await ask('While it is broken')).toMatchObject({ category: 'question', priority: 'critical' });

    await save(triage);
    await until('the mended file is in force', async () => (await status()).config.refused === null);
    expect((await status()).config.version).toBe(first);
    expect(await ask('Mended')).toMatchObject({ category: 'bug', priority: 'medium' });
  }, 60_000);

  it('moves the due times of open tickets, and says why', async () => {
    expect(await ask('An open ticket')).toMatchObject({ firstResponseDueAt: '2026-11-18T14:00:00Z' });
    const sla = await readFile(join(desk.configFolder, 'sla.yaml'), 'utf8');
    await writeFile(join(desk.configFolder, 'sla.yaml'), sla.replace('medium: 4h', 'medium: 2h'));
    const moved = await until('the due time has moved', async () => {
      const ticket = await desk.ticketAbout('An open ticket');
      return ticket.firstResponseDueAt === '2026-11-18T12:00:00Z' && ticket;
    });
    const { decisions } = await desk.api<{ decisions: { sentence: string }[] }>(
      `/api/tickets/${moved.number}/decisions`,
    );
    expect(decisions.map(({ sentence }) => sentence)).toContain(
      'First reply is due Wed 18 Nov 12:00 (UTC): 120 minutes of office instead of 240, 0 counted so far (policy Standard).',
    );
  }, 60_000);
});
