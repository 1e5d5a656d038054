import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordConfig } from '../../src/db/config-history.ts';
import { MORNING } from '../support/builders.ts';
import { aConfig } from '../support/config.ts';
import { aForm, allTickets, postForm } from '../support/pipeline.ts';
import { aVisitedConsole, type VisitedConsole } from '../support/visited-console.ts';

const NAME = 'Payments <b>are</b> billing';
const RULE = `stage=triage&name=${encodeURIComponent(NAME)}`;

function filesWith(phrase: string): Record<string, string> {
  return {
    'desk.yaml': 'name: Test desk\n',
    'people.yaml': 'queues: { support: { method: none }, review: { method: none } }\n',
    'triage.yaml': `# Few.
categories: [billing]
reviewQueue: review
rules:
  - name: ${NAME}
    why: Only finance can pay back.
    owner: finance lead
    when: { text: { mentions: ${phrase} } }
    then: { category: billing }
  - { name: Other, why: w, owner: o, when: { text: { mentions: other } }, then: { priority: low } }
`,
  };
}

/** An address as a browser reads it out of an attribute. */
function decoded(attribute: string): string {
  return attribute.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}

const BEFORE = aConfig(filesWith('refund'));

/** A version with a rule that there is no more. */
const WITH_MORE = aConfig({
  ...filesWith('refund'),
  'triage.yaml': `${filesWith('refund')['triage.yaml']}  - { name: Taken out, why: w, owner: o, when: { text: { mentions: fax } }, then: { priority: low } }\n`,
});
const CONFIG = aConfig(filesWith('payment'));

describe('the playbook in the console', () => {
  const world = {} as { console: VisitedConsole };

  beforeAll(async () => {
    world.console = await aVisitedConsole({ policy: CONFIG.policy });
    const { database, desk } = world.console;
    const { queries } = database.connection;
    await recordConfig(queries, WITH_MORE, MORNING.subtract({ hours: 72 }));
    await recordConfig(queries, BEFORE, MORNING.subtract({ hours: 48 }));
    await recordConfig(queries, CONFIG, MORNING.subtract({ hours: 24 }));
    await postForm(database.connection, aForm('Greta'));
    await desk.pipeline.drainInbox();
  });
  afterAll(() => world.console.close());

  async function page(path: string): Promise<string> {
    const { status, text } = await world.console.ana.get(path);
    expect(status).toBe(200);
    return text;
  }

  it('says of each rule what it is for, what it does and how often it did, and shows names as text', async () => {
    const text = await page('/playbook');
    expect(text).toContain('Payments &#60;b&#62;are&#60;/b&#62; billing');
    expect(text).not.toContain('<b>are</b>');
    expect(text).toContain('The text mentions “payment”.');
    expect(text).toContain('Only finance can pay back.');
    expect(text).toMatch(/what&#61;fired&#38;days&#61;7#turns"\s+title="7 days"\s+>1<\/a/);
  });

  it('opens the tickets behind a count', async () => {
    const text = await page(`/playbook/rule?${RULE}&what=fired&days=7`);
    const [ticket] = await allTickets(world.console.database.connection);
    expect(text).toContain('Fired: 1 time in 7 days');
    expect(text).toContain(`href="/tickets/${ticket?.number}"`);
    expect(text).toContain('Channel <bdi>website</bdi>');
  });

  it('keeps who looked at a rule, with a note', async () => {
    const fields = { stage: 'triage', name: NAME, part: 'logic', note: ' Still <i>right</i>. ' };
    const { location } = await world.console.ana.post('/playbook/rule/reviewed', fields);
    expect(location).toMatch(/^\/playbook\/rule\?stage=triage&name=.*&done=rule_reviewed#review$/);
    const text = await page(`/playbook/rule?${RULE}`);
    expect(text).toMatch(/<bdi>Ana<\/bdi> looked at the logic\./);
    expect(text).toContain('Still &#60;i&#62;right&#60;/i&#62;.');
    expect(text).toContain('Logic: next by 2027-02-20.');
  });

  it('takes no review of what is no rule, and of no part', async () => {
    const { ana } = world.console;
    const gone = await ana.post('/playbook/rule/reviewed', { stage: 'triage', name: 'Gone', part: 'logic' });
    expect(gone.status).toBe(404);
    const odd = await ana.post('/playbook/rule/reviewed', { stage: 'triage', name: NAME, part: 'all' });
    expect(odd.status).toBe(404);
  });

  it('leads from a decision to the lines of its rule, as they were then', async () => {
    const [ticket] = await allTickets(world.console.database.connection);
    const text = await page(`/tickets/${ticket?.number}`);
    const link = /href="(\/playbook\/versions\/[^"]+\/rule[^"]*)#marked"/.exec(text)?.[1];
    const lines = await page(decoded(link ?? ''));
    const marked = [...lines.matchAll(/<mark>([^<]*)<\/mark>/g)].map(([, line]) => line);
    expect(marked[0]).toBe('  - name: Payments &#60;b&#62;are&#60;/b&#62; billing');
    expect(marked.at(-1)).toBe('    then: { category: billing }');
    expect(lines).toContain('triage.yaml:5');
  });

  it('tells decision by decision why a ticket is as it is, with the line of the rule and what lost', async () => {
    const [ticket] = await allTickets(world.console.database.connection);
    const text = await page(`/tickets/${ticket?.number}/why`);
    expect(text).toContain('Billing, because the text says “Payment”');
    expect(text).toMatch(/<a href="\/playbook\/versions\/[^"]+\/rule[^"]*#marked">triage\.yaml:5<\/a/);
    expect(text).toContain('What lost (1)');
    expect(text).toMatch(/<bdi>Other<\/bdi>\s*<small>triage\.yaml:10<\/small>/);
    expect(text).toContain('Asked for what was not so: the text mentions “other”.');
    expect(text).not.toContain('<b>are</b>');
    expect((await world.console.ana.get('/tickets/999999/why')).status).toBe(404);
  });

  it('shows a rule that was taken out by the decisions that it made, in the config of then', async () => {
    const { ana } = world.console;
    const gone = `stage=triage&name=${encodeURIComponent('Taken out')}`;
    expect((await ana.get(`/playbook/rule?${gone}`)).status).toBe(404);
    expect(await page('/playbook')).not.toContain('Taken out');
    const lines = await page(`/playbook/versions/${WITH_MORE.version}/rule?${gone}`);
    expect(/<mark>([^<]*)<\/mark>/.exec(lines)?.[1]).toContain('name: Taken out');
  });

  it('lists the versions with what they changed, and the decisions under each', async () => {
    const text = await page('/playbook/versions');
    expect(text.indexOf(CONFIG.version.slice(0, 8))).toBeLessThan(text.indexOf(BEFORE.version.slice(0, 8)));
    expect(text).toContain('triage.yaml +1 −1');
    expect(text).toContain('In force');
    expect(text).toMatch(/<span>\d+ decisions<\/span>/);
    expect(text).toContain('<span>0 decisions</span>');
  });

  it('shows line by line what a version changed', async () => {
    const text = await page(`/playbook/versions/${CONFIG.version}`);
    expect(text).toMatch(
      /Removed: <\/span>\s*when: \{ text: \{ mentions: refund \} \}|Removed: <\/span\s*>    when: \{ text: \{ mentions: refund \} \}/,
    );
    expect(text).toContain('mentions: payment');
    expect(text).not.toContain('# Few.');
    expect(await page(`/playbook/versions/${CONFIG.version}/file?name=triage.yaml`)).toContain('# Few.');
  });

  it('knows neither versions nor files that are not there', async () => {
    const { ana } = world.console;
    expect((await ana.get('/playbook/versions/nothing')).status).toBe(404);
    expect((await ana.get(`/playbook/versions/${CONFIG.version}/file?name=../.env`)).status).toBe(404);
    expect((await ana.get(`/playbook/versions/${CONFIG.version}/rule?stage=triage&name=Gone`)).status).toBe(404);
  });
});
