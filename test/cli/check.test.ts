import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordConfig } from '../../src/db/config-history.ts';
import { openDatabase } from '../../src/db/open.ts';
import { decisions } from '../../src/db/schema.ts';
import { readFolder, realTime } from '../../src/main.ts';
import { aTicket } from '../support/builders.ts';
import { aCommandLine, type CommandLine } from '../support/command-line.ts';

const world = {} as { line: CommandLine };

beforeAll(async () => {
  world.line = await aCommandLine({});
  await writeFile(join(world.line.env.TABLEDESK_CONFIG, 'triage.yaml'), 'defaultPriority: "ur,gant"\n');
});
afterAll(() => world.line.remove());

it('marks the line in a change, as GitHub does, with signs that would end the mark written out', async () => {
  const { code, out } = await world.line.run(['check', '--format', 'github']);
  expect(code).toBe(1);
  const file = `${world.line.env.TABLEDESK_CONFIG}/triage.yaml`;
  expect(out).toContain(`::error file=${file},line=1,col=18,title=defaultPriority::"ur,gant" `);
  expect(out).toContain('1 error');
});

it('says the same to scripts, as JSON and nothing else', async () => {
  const { code, out } = await world.line.run(['check', '--json']);
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    errors: 1,
    findings: [{ severity: 'error', line: 1, column: 18, path: 'defaultPriority' }],
  });
});

it('says which rules had nothing to do for 90 days, by the history of the desk', async () => {
  const line = await aCommandLine({});
  const { TABLEDESK_DATA: dataFolder } = line.env;
  const folder = join(line.cwd, 'few-rules');
  await mkdir(folder);
  await writeFile(join(folder, 'desk.yaml'), 'name: Test desk\n');
  const rule = (name: string, word: string) =>
    `  - { name: ${name}, why: w, owner: o, when: { text: { mentions: ${word} } }, then: { category: bug } }\n`;
  await writeFile(
    join(folder, 'triage.yaml'),
    `categories: [bug]\nrules:\n${rule('Busy', 'crash')}${rule('Idle', 'fax')}`,
  );
  const began = realTime().subtract({ hours: 24 * 200 });
  const read = await readFolder(folder, line.env);
  if ('findings' in read) throw new Error('the config is broken');
  const connection = await openDatabase({ url: undefined, dataFolder });
  await recordConfig(connection.queries, read.loaded, began);
  await connection.queries.insert(decisions).values(firings(began, read.loaded.version));
  await connection.close();

  const quiet = await line.run(['check', folder]);
  expect(quiet.out).not.toContain('Idle');
  const told = await line.run(['check', folder, '--history']);
  expect(told.code).toBe(0);
  expect(told.out).toContain(
    `${folder}/triage.yaml:4:5 "Idle" has never fired, in 90 days or more; see whether anything still needs it, and take it out or say on the page Playbook that you looked.\n`,
  );
  expect(told.out).not.toContain('Busy');
  await line.remove();
});

/** Turns of the busy rule, the first and the last of the history. */
function firings(began: Temporal.Instant, configVersion: string) {
  return [began, realTime()].map((at, index) => ({
    id: `fired-${index}`,
    ticketKey: aTicket().key,
    at,
    stage: 'triage' as const,
    code: 'triage.category_by_rule',
    params: {},
    field: 'category',
    fromValue: null,
    toValue: 'bug',
    sentence: 'A bug.',
    evidence: [],
    source: { kind: 'rule' as const, name: 'Busy', owner: 'o' },
    configVersion,
  }));
}
