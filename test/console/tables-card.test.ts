import { describe, expect, it } from 'vitest';
import { textOf } from '../../src/console/markup.ts';
import { hasTableTrouble } from '../../src/console/tables-card.ts';
import { teamMain } from '../../src/console/team-page.ts';
import type { TableState } from '../../src/sync/tables.ts';
import { MORNING } from '../support/builders.ts';

const TABLE: TableState = {
  table: '<b>Agents</b>',
  usedFor: 'Agents come from it.',
  address: 'https://base.example/Agents',
  rows: 3,
  readAt: MORNING,
  problem: null,
};

describe('the page of the team', () => {
  const view = { team: [], person: 'Ana', access: 'admin' as const, csrfToken: 'x', timeZone: 'UTC' };
  const shown = (table: TableState | null) => textOf(teamMain({ ...view, table }));

  it('leads to the table in which agents are kept, where there is one', () => {
    expect(shown(TABLE)).toContain('<a href="https://base.example/Agents">');
    expect(shown(TABLE)).not.toContain('<b>Agents');
    expect(shown(null)).not.toContain('Agents are kept');
  });

  it('says when the table could not be read', () => {
    const problem = { code: 'store.table-missing', message: 'It is gone.', fix: 'Bring it back.' };
    expect(shown({ ...TABLE, problem })).toContain('<a href="/health#tables">');
    expect(shown(TABLE)).not.toContain('/health#tables');
  });
});

describe('tables of the base', () => {
  const row = { table: 'Agents', row: '"Ana"', column: 'Cap', message: 'it is odd', fix: 'Mend it.' };

  it('need a person when one could not be read, or a row does not count', () => {
    const problem = { code: 'store.table-missing', message: 'It is gone.', fix: 'Bring it back.' };
    expect([
      hasTableTrouble({ tables: [TABLE], rowFindings: [{ ...row, severity: 'warning' }] }),
      hasTableTrouble({ tables: [{ ...TABLE, problem }], rowFindings: [] }),
      hasTableTrouble({ tables: [TABLE], rowFindings: [{ ...row, severity: 'error' }] }),
    ]).toEqual([false, true, true]);
  });
});
