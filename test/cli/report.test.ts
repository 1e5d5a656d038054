import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFolder } from '../../src/main.ts';
import { aCommandLine, type CommandLine } from '../support/command-line.ts';

/** What each report begins with, and what stands in it on a desk with the starter config and one ticket. */
const REPORTS = [
  ['playbook', '# Playbook of ', '### Failed payment goes to billing'],
  ['quality', '# What to mend: ', '## What was looked at'],
] as const;

describe('a report at the terminal', () => {
  const world = {} as { line: CommandLine; address: string; token: string; printed: Record<string, string> };

  beforeAll(async () => {
    world.line = await aCommandLine({ TABLEDESK_TOKEN: 'token-of-the-tests', JSON_TOKEN: 'letmein' });
    world.printed = {};
  });
  afterAll(() => world.line.remove());

  it.each(REPORTS)('is there before the first ticket: %s', async (name, head, part) => {
    const { code, out, err } = await world.line.run(['report', name]);
    expect([code, err]).toEqual([0, '']);
    expect(out.startsWith(head)).toBe(true);
    expect(out).toContain(part);
    world.printed[name] = out;
  });

  it('is the same while the service keeps the data folder, and in the API', async () => {
    const service = await world.line.start();
    for (const [name] of REPORTS) {
      const through = await world.line.run(['report', name]);
      expect([through.code, through.out]).toEqual([0, world.printed[name]]);
      const response = await fetch(`${service.address}/api/reports/${name}`, {
        headers: { authorization: 'Bearer token-of-the-tests' },
      });
      expect(response.headers.get('content-type')).toContain('text/markdown');
      expect(await response.text()).toBe(world.printed[name]);
      expect((await fetch(`${service.address}/api/reports/${name}`)).status).toBe(401);
    }
    await service.stop();
  });

  it('of the playbook says of every rule what it is for, whom to ask and where it stands', async () => {
    const read = await readFolder(world.line.env.TABLEDESK_CONFIG, world.line.env);
    const { policy } = 'loaded' in read ? read.loaded : { policy: null };
    const rules = [...(policy?.triage.rules ?? []), ...(policy?.routing.rules ?? [])];
    expect(rules.length).toBeGreaterThan(3);
    const told = rules.map(({ name, why, owner, place }) => {
      return [`### ${name}\n\n${why}\n\n- **When** `, `- **Ask** ${owner}; it stands in ${place}\n`];
    });
    expect(told.flat().filter((part) => world.printed['playbook']?.includes(part) !== true)).toEqual([]);
  });
});
