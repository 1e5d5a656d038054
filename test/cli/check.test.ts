import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
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
