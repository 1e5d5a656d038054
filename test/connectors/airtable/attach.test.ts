import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AttachedFile } from '../../../src/ports/ticket-store.ts';
import type { Fault } from '../../../simulators/airtable/index.ts';
import { SUITE_COLUMNS } from '../../ports/ticket-store.ts';
import { aDeskBase, type DeskBase } from './desk-base.ts';

const KEY = '01KABCDEFGHJKMNPQRSTVWXYZ0';

/** The most that Airtable takes in one upload. */
const MOST = 5 * 1024 * 1024;

function aFile(changes: Partial<AttachedFile> = {}): AttachedFile {
  const bytes = Buffer.from('%PDF of May');
  return { name: 'invoice.pdf', contentType: 'application/pdf', bytes, mayBeThere: false, ...changes };
}

describe('a file for a row of Airtable', () => {
  let desk: DeskBase;
  let rowId: string;
  let fault: Fault | null;
  beforeEach(async () => {
    fault = null;
    desk = await aDeskBase(SUITE_COLUMNS, {
      faults: ({ path }) => (path.endsWith('uploadAttachment') ? fault : null),
    });
    const [outcome] = await desk.store.write([{ id: null, key: KEY, cells: { subject: 'Invoice' } }]);
    rowId = outcome !== undefined && 'id' in outcome ? outcome.id : '';
    desk.airtable.clearLog();
  });
  afterEach(() => desk.close());

  const cell = () => desk.airtable.people.row('Tickets', rowId)?.['Attachments'];
  const asked = () => desk.airtable.requests().map(({ kind }) => kind);
  const attach = (file: AttachedFile, id = rowId) => desk.store.attach?.(id, file);

  it('stands in the row, behind those that are there, for one request', async () => {
    expect(await attach(aFile())).toBe('attached');
    expect(await attach(aFile({ name: 'photo.png', contentType: 'image/png', bytes: Buffer.alloc(7) }))).toBe(
      'attached',
    );
    expect(cell()).toMatchObject([
      { filename: 'invoice.pdf', size: 11, type: 'application/pdf' },
      { filename: 'photo.png', size: 7, type: 'image/png' },
    ]);
    expect(asked()).toEqual(['upload', 'upload']);
    const [{ url }] = cell() as [{ url: string }];
    expect(await (await fetch(url)).text()).toBe('%PDF of May');
  });

  it('may be just as large as an upload can be, and not larger', async () => {
    expect(await attach(aFile({ bytes: Buffer.alloc(MOST, 1) }))).toBe('attached');
    expect(await attach(aFile({ bytes: Buffer.alloc(MOST + 1, 1) }))).toBe('too_large');
    expect(asked()).toEqual(['upload']);
  }, 20_000);

  it.each<Fault['kind']>(['commit-then-drop', 'bad-gateway'])(
    'is there once although its answer was lost: %s',
    async (kind) => {
      fault = kind === 'bad-gateway' ? { kind, commits: true } : { kind: 'commit-then-drop' };
      await expect(attach(aFile())).rejects.toMatchObject({ retry: 'later' });
      fault = null;
      expect(await attach(aFile({ mayBeThere: true }))).toBe('attached');
      expect(cell()).toHaveLength(1);
    },
  );

  it('is uploaded again when a look shows that it is not there', async () => {
    fault = { kind: 'reset' };
    await expect(attach(aFile())).rejects.toMatchObject({ retry: 'later' });
    fault = null;
    expect(await attach(aFile({ name: 'other.pdf' }))).toBe('attached');
    expect(await attach(aFile({ mayBeThere: true }))).toBe('attached');
    expect(cell()).toMatchObject([{ filename: 'other.pdf' }, { filename: 'invoice.pdf' }]);
  });

  it('is counted against the month, like every request', async () => {
    desk.airtable.setMonthlyCap(desk.airtable.usedThisMonth());
    await expect(attach(aFile())).rejects.toMatchObject({ code: 'airtable.month-spent' });
  });

  it('is not supported where the column is missing, or is no column for files', async () => {
    const columns = SUITE_COLUMNS.map((column) =>
      column.name === 'attachments' ? { ...column, title: 'Somewhere else' } : column,
    );
    const store = desk.openStore({ columns, kept: new Map() });
    expect(await store.attach?.(rowId, aFile())).toBe('not_supported');
    expect(asked()).not.toContain('upload');
  });

  it('is told that its row is gone', async () => {
    await desk.byHand.deleteByHand(rowId);
    expect(await attach(aFile())).toBe('row_gone');
    expect(await attach(aFile({ mayBeThere: true }))).toBe('row_gone');
    expect(await attach(aFile(), 'no row')).toBe('row_gone');
  });

  it('fails as any request when the token may not write', async () => {
    const token = desk.newToken(['data.records:read', 'schema.bases:read']);
    const failed = desk.openStore({ token }).attach?.(rowId, aFile());
    await expect(failed).rejects.toMatchObject({ code: 'airtable.no-access' });
  });

  it('is left out of what is read, and changes nothing that people did', async () => {
    await attach(aFile());
    const [row] = await desk.store.read([rowId]);
    expect(row?.cells['attachments']).toBeNull();
    expect(row?.cells['subject']).toBe('Invoice');
  });
});
