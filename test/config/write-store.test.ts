import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { withStore } from '../../src/config/write-store.ts';

const ROOT = join(import.meta.dirname, '../..');

const AIRTABLE = {
  kind: 'airtable',
  settings: { base: 'appHelp', table: 'tblTickets', columns: { key: 'fldKey', status: 'fldStatus' } },
  comments: { base: 'Help desk', 'columns.key': 'Key', 'columns.status': 'Status' },
};

describe('the store in desk.yaml', () => {
  it.each(['config/desk.yaml', 'config/examples/bramble/desk.yaml'])(
    'is added to %s, of which not a letter changes',
    (file) => {
      const before = readFileSync(join(ROOT, file), 'utf8');
      expect(withStore(before, AIRTABLE)).toBe(`${before}
# Where the tickets live. Written by \`tabledesk connect\`.
store:
  kind: airtable
  settings:
    base: appHelp # Help desk
    table: tblTickets
    columns:
      key: fldKey # Key
      status: fldStatus # Status
`);
    },
  );

  it('takes the place of another, with the comments around it left', () => {
    const before = '# ours\nname: Desk\n\n# kept\nstore:\n  kind: embedded # for now\n\n# last\nprefix: T\n';
    expect(withStore(before, { ...AIRTABLE, settings: { base: 'appHelp' }, comments: {} })).toBe(
      '# ours\nname: Desk\n\n# kept\nstore:\n  kind: airtable # for now\n  settings:\n    base: appHelp\n\n# last\nprefix: T\n',
    );
  });

  it('keeps what somebody set by hand when the same kind is connected again', () => {
    const before = `${withStore('name: Desk\n', AIRTABLE)}    timeoutSeconds: 40 # slow line\n`;
    const after = withStore(before, {
      ...AIRTABLE,
      settings: { ...AIRTABLE.settings, base: 'appOther' },
      comments: {},
    });
    expect(after).toContain('    timeoutSeconds: 40 # slow line\n');
    expect(after).toContain('    base: appOther # Help desk\n');
    expect(after.match(/Written by/g)).toHaveLength(1);
    expect(withStore(after, { ...AIRTABLE, settings: {}, comments: {} })).toBe(after);
  });

  it('drops the settings of another kind', () => {
    const before = 'store:\n  kind: notion\n  settings:\n    database: abc\n';
    expect(parse(withStore(before, AIRTABLE))).toEqual({ store: { kind: 'airtable', settings: AIRTABLE.settings } });
  });

  it.each(['', '# only a comment\n', 'store:\n', 'store: { kind: embedded }\n'])('fits into %j', (before) => {
    expect(parse(withStore(before, AIRTABLE))).toEqual({ store: { kind: 'airtable', settings: AIRTABLE.settings } });
  });
});
