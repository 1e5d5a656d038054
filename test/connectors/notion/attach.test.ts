import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AttachedFile } from '../../../src/ports/ticket-store.ts';
import type { Fault } from '../../../simulators/notion/index.ts';
import { SUITE_COLUMNS } from '../../ports/ticket-store.ts';
import { aDeskBase, DATABASE, type DeskBase } from './desk-base.ts';

const KEY = '01KABCDEFGHJKMNPQRSTVWXYZ0';

function aFile(changes: Partial<AttachedFile> = {}): AttachedFile {
  const bytes = Buffer.from('%PDF of May');
  return { name: 'invoice.pdf', contentType: 'application/pdf', bytes, mayBeThere: false, ...changes };
}

describe('a file for a row of Notion', () => {
  let desk: DeskBase;
  let rowId: string;
  let fault: Fault | null;
  beforeEach(async () => {
    fault = null;
    desk = await aDeskBase(SUITE_COLUMNS, {
      faults: ({ method, path }) => (method === 'PATCH' && path.includes('/pages/') ? fault : null),
    });
    const [outcome] = await desk.store.write([{ id: null, key: KEY, cells: { subject: 'Invoice' } }]);
    rowId = outcome !== undefined && 'id' in outcome ? outcome.id : '';
    desk.notion.clearLog();
  });
  afterEach(() => desk.close());

  const cell = () => desk.notion.people.row(DATABASE, rowId)?.['Attachments'];
  const attach = (file: AttachedFile, id = rowId) => desk.store.attach?.(id, file);

  it('stands in the row, behind those that are there, for four requests', async () => {
    desk.notion.people.attach(DATABASE, rowId, {
      property: 'Attachments',
      filename: 'mine.txt',
      type: 'text/plain',
      bytes: Uint8Array.from([1]),
    });
    expect(await attach(aFile())).toBe('attached');
    expect(await attach(aFile({ name: 'photo.png', contentType: 'image/png' }))).toBe('attached');
    expect(cell()).toEqual(['mine.txt', 'invoice.pdf', 'photo.png']);
    expect(desk.notion.counters().requests).toBe(8);
  });

  it('is too large where nobody pays for the workspace, before anything is asked', async () => {
    const store = desk.openStore({ settings: { plan: 'free' } });
    const bytes = Buffer.alloc(5 * 1024 * 1024 + 1, 1);
    expect(await store.attach?.(rowId, aFile({ bytes }))).toBe('too_large');
    expect(desk.notion.requests()).toEqual([]);
  });

  it('is there once although its answer was lost', async () => {
    fault = { kind: 'commit-then-drop' };
    await expect(attach(aFile())).rejects.toMatchObject({ retry: 'later' });
    fault = null;
    expect(await attach(aFile({ mayBeThere: true }))).toBe('attached');
    expect(cell()).toEqual(['invoice.pdf']);
  });

  it('goes nowhere when its row is gone, or there is no property for files', async () => {
    desk.notion.people.delete(DATABASE, rowId);
    expect(await attach(aFile())).toBe('row_gone');
    expect(await attach(aFile(), 'rec17')).toBe('row_gone');
    desk.notion.people.restore(DATABASE, rowId);
    desk.notion.designers.removeProperty(DATABASE, 'Attachments');
    expect(await desk.openStore().attach?.(rowId, aFile())).toBe('not_supported');
  });
});
