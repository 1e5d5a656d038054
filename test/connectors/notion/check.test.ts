import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { StoreFinding } from '../../../src/ports/ticket-store.ts';
import { CAPABILITIES } from '../../../simulators/notion/index.ts';
import { deskColumns } from '../../../src/sync/columns.ts';
import { storeColumns } from '../../../src/sync/team-columns.ts';
import { aPolicy, aRule } from '../../support/builders.ts';
import { aDeskBase, DATABASE, type DeskBase } from './desk-base.ts';

const COLUMNS = deskColumns(aPolicy());

describe('a look at the database in Notion', () => {
  let base: DeskBase;
  beforeEach(async () => {
    base = await aDeskBase(COLUMNS);
  });
  afterEach(() => base.close());

  async function findings(given: Parameters<DeskBase['openStore']>[0] = {}): Promise<readonly StoreFinding[]> {
    return base.openStore(given).check();
  }

  async function messages(given: Parameters<DeskBase['openStore']>[0] = {}): Promise<string[]> {
    return (await findings(given)).map(({ message }) => message);
  }

  it('finds nothing in one that was made for it, with seven requests, and changes nothing', async () => {
    expect(await findings()).toEqual([]);
    expect(base.notion.counters().requests).toBe(7);
    expect(base.notion.people.rows(DATABASE)).toEqual([]);
  });

  it('names properties that are missing or of another type, and how bad that is', async () => {
    base.notion.designers.removeProperty(DATABASE, 'Status');
    base.notion.designers.removeProperty(DATABASE, 'Contact count');
    base.notion.designers.retypeProperty(DATABASE, 'Subject', { type: 'number' });
    const found = await findings({ kept: new Map() });
    expect(found.map(({ severity, message, fixable }) => [severity, message, fixable])).toEqual([
      [
        'error',
        'The property "Subject" is of the type number and should be rich_text or title or email or phone_number or url.',
        false,
      ],
      ['error', 'The property "Status" is missing.', true],
      ['warning', 'The property "Contact count" is missing.', true],
    ]);
  });

  it('names options that are missing, and statuses in the wrong group', async () => {
    base.notion.designers.removeOption(DATABASE, 'Priority', 'High');
    base.notion.designers.removeOption(DATABASE, 'Status', 'Closed');
    base.notion.designers.addOption(DATABASE, 'Status', { name: 'Closed', group: 'In progress' });
    expect(await messages()).toEqual([
      'The property "Priority" does not offer "High".',
      'The property "Status" has "Closed" not in the group Complete.',
    ]);
  });

  it('names agents who are no members, such as guests', async () => {
    const agents = COLUMNS.map((column) =>
      column.type.kind !== 'person'
        ? column
        : {
            ...column,
            type: {
              kind: 'person' as const,
              agents: [...column.type.agents, { name: 'Gil', email: 'gil@desk.example' }],
            },
          },
    );
    base.notion.addUser({ name: 'Gil', email: 'gil@desk.example', kind: 'guest' });
    expect(await messages({ columns: agents })).toEqual([
      'No members of the workspace, and so never shown in the property "Assignee": Gil (gil@desk.example).',
    ]);
  });

  it('advises, and no more, where comments may not be read', async () => {
    const token = base.newToken(CAPABILITIES.filter((capability) => capability !== 'read comments'));
    expect(await findings({ token })).toEqual([
      {
        severity: 'advice',
        message: 'Comments that people write on the page of a ticket are not read, as the connection may not.',
        fix: 'If they are to become internal notes, tick "Read comments" on notion.so/profile/integrations.',
        fixable: false,
      },
    ]);
  });

  it.each([
    [
      'read users',
      'The connection may not know who is in the workspace, so nobody can be put into the property "Assignee" for sure.',
    ],
    [
      'read emails',
      'The connection may not know their addresses, so nobody can be put into the property "Assignee" for sure.',
    ],
    ['insert content', 'The connection may not make rows in the database.'],
    ['update content', 'The connection may not change rows of the database.'],
  ])('says what is missing without the capability "%s"', async (missing, message) => {
    const token = base.newToken(CAPABILITIES.filter((capability) => capability !== missing));
    expect(await messages({ token })).toEqual([message]);
  });

  it.each([
    ['no token', '', 'NOTION_TOKEN is not set, so nothing can be asked of Notion.'],
    ['a token that Notion does not know', 'ntn_x', 'Notion does not know the token in NOTION_TOKEN (401).'],
  ])('says what is wrong with %s', async (_, token, message) => {
    expect(await messages({ token })).toEqual([message]);
  });

  it('says so when the database is not shared', async () => {
    const token = base.notion.addConnection({ shared: [] });
    const [found] = await findings({ token });
    expect(found?.message).toBe(
      `The connection does not see the data source ${base.ids.dataSource}, or there is no such one.`,
    );
    expect(found?.fix).toContain('Connections');
  });

  it('tells of a database in the trash, and of nothing else then', async () => {
    base.notion.designers.trashDatabase(DATABASE, true);
    expect(await messages()).toEqual(['The database is in the trash, so its rows can be neither read nor written.']);
  });

  it('tells of a connection that Notion has blocked', async () => {
    base.notion.setBlocked(base.token, true);
    expect(await messages()).toEqual([
      'Notion has blocked the connection, and answers none of its requests (429 public_api_request_blocked).',
    ]);
  });

  it('knows the id of the database from that of its data source', async () => {
    const [found] = await findings({ settings: { dataSource: base.ids.database } });
    expect(found?.message).toContain(`${base.ids.database} is the id of the database "Tickets"`);
    expect(found?.fix).toContain(base.ids.dataSource);
  });

  it('knows a plan that nobody pays for, and tells when its blocks will be used up', async () => {
    base.notion.settings.plan = 'free';
    expect(await messages({ settings: { plan: 'free' } })).toEqual([]);
    expect(await messages({ settings: { plan: 'business' } })).toEqual([
      'desk.yaml has plan: business, and Notion says that nobody pays for the workspace.',
    ]);
    for (let row = 0; row < 800; row += 1) base.notion.people.submit(DATABASE, { Subject: `Request ${row}` });
    expect(await messages({ settings: { plan: 'free' } })).toEqual([
      expect.stringContaining('The database has 800 rows, and a free workspace of several members has 1000 blocks'),
    ]);
  });

  it('tells when nothing of ours is in the title of a row', async () => {
    base.notion.designers.renameProperty(DATABASE, 'Ticket', 'Name');
    expect(await messages({ kept: new Map() })).toEqual([
      'The property "Ticket" is missing.',
      'Nothing of ours is in the property "Name", the title of each row, so rows are called Untitled.',
    ]);
  });

  it('tells when the plan in the settings allows more than Notion does', async () => {
    const store = base.openStore({ settings: { plan: 'business' } });
    await base.clock.pause(100_000);
    for (let look = 0; look < 190; look += 1)
      await store.read(['1f0e1d2c-3b4a-4958-8776-655443322110']).catch(() => null);
    await base.clock.pause(100_000);
    const told = (await store.check()).map(({ message }) => message);
    expect(told).toEqual([
      expect.stringMatching(/^Notion refused us at 180 requests a minute, and the plan in desk.yaml allows 600\.$/),
    ]);
  });

  it.each([
    [90_000, 'behind'],
    [-90_000, 'ahead of'],
  ])("tells that the machine's clock is wrong (%i ms)", async (off, words) => {
    const { now } = base.notion.settings;
    base.notion.settings.now = () => now() + off;
    expect(await messages()).toEqual([`The clock of this machine is 90 s ${words} Notion's.`]);
  });

  it('tells of columns of the team’s own that cannot be read', async () => {
    const rules = ['row.Plan', 'row.Contract'].map((field) =>
      aRule({ priority: 'high' as const }, { name: field, when: { kind: 'empty', field, empty: false } }),
    );
    base.notion.designers.addProperty(DATABASE, { name: 'Contract', type: 'files' });
    const told = await messages({ columns: storeColumns(aPolicy({ triage: { rules } })) });
    expect(told).toEqual([
      expect.stringContaining('The database has no property "Plan".'),
      expect.stringContaining('The property "Contract" is of the type files, which rules cannot read.'),
    ]);
  });

  describe('mending', () => {
    it('adds properties and options, keeps the others, and says what it did', async () => {
      base.notion.designers.removeProperty(DATABASE, 'Status');
      base.notion.designers.removeProperty(DATABASE, 'Assignee');
      base.notion.designers.removeOption(DATABASE, 'Priority', 'High');
      const left = await base.optionsOf('Priority');
      const store = base.openStore();
      expect(await store.mend?.()).toEqual([
        'Added the property "Status".',
        'Added the property "Assignee".',
        'Added to the property "Priority": High.',
      ]);
      expect(await base.optionsOf('Priority')).toEqual([...left, 'High']);
      expect(await store.check()).toEqual([]);
    });

    it('does nothing where nothing is to be done', async () => {
      expect(await base.store.mend?.()).toEqual([]);
    });

    it('makes the assignee a list of names when not everybody is told of', async () => {
      base.notion.designers.removeProperty(DATABASE, 'Assignee');
      const token = base.newToken(['read content', 'update content', 'insert content']);
      await base.openStore({ token }).mend?.();
      expect(await base.optionsOf('Assignee')).toEqual(['Ana', 'Ben', 'Cy']);
      expect((await base.openStore().people()).map(({ id, name }) => [id, name])).toEqual([
        ['Ana', 'Ana'],
        ['Ben', 'Ben'],
        ['Cy', 'Cy'],
      ]);
    });

    it('adds a property anew of which desk.yaml names one that is gone', async () => {
      const settings = { columns: { status: base.propertyId('Status') } };
      base.notion.designers.removeProperty(DATABASE, 'Status');
      const store = base.openStore({ settings });
      expect(await store.mend?.()).toEqual(['Added the property "Status".']);
      expect(await store.check()).toEqual([]);
    });

    it('adds a select in place of a status where the workspace lets no program make one', async () => {
      base.notion.designers.removeProperty(DATABASE, 'Status');
      base.notion.settings.createsStatus = false;
      const store = base.openStore();
      expect(await store.mend?.()).toEqual(['Added the property "Status".']);
      expect(await store.check()).toEqual([]);
    });

    it('says what the connection lacks', async () => {
      base.notion.designers.removeProperty(DATABASE, 'Status');
      const token = base.newToken(['read content', 'read users', 'read emails']);
      await expect(base.openStore({ token }).mend?.()).rejects.toMatchObject({
        code: 'notion.schema-locked',
        message: 'The connection may not add "Status".',
      });
    });
  });
});
