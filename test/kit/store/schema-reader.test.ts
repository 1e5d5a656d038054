import { describe, expect, it } from 'vitest';
import { createSchemaReader } from '../../../src/kit/store/schema-reader.ts';
import type { Column } from '../../../src/ports/ticket-store.ts';
import { MORNING } from '../../support/builders.ts';

const PLAN: Column = { name: 'row.Plan', title: 'Plan', type: { kind: 'any' }, edits: 'read', description: '' };

/** A reader whose base counts the looks; `has` says whether it has the column that is asked for. */
function aReader() {
  const state = { now: MORNING, columns: [] as readonly Column[], looks: 0, kept: 0, has: true };
  const reader = createSchemaReader({
    columns: () => state.columns,
    now: () => state.now,
    schemaSeconds: 60,
    look: async () => {
      await Promise.resolve();
      state.looks += 1;
      return { at: state.now, look: state.looks, has: state.has };
    },
    bind: ({ look, has }, columns) => ({
      look,
      unread: has ? [] : columns.map((column) => ({ column, why: 'missing' as const, field: null })),
    }),
    keep: async () => void (state.kept += 1),
  });
  return { reader, state };
}

describe('the make of a base', () => {
  it('is looked at once by several who ask at once, and not again while it is fresh', async () => {
    const { reader, state } = aReader();
    expect(reader.known()).toBeNull();
    const [one, other] = await Promise.all([reader.current(), reader.current()]);
    expect(one).toBe(other);
    state.now = MORNING.add({ seconds: 59 });
    expect(await reader.current()).toBe(one);
    expect(reader.known()).toBe(one);
    expect(state).toMatchObject({ looks: 1, kept: 1 });
    state.now = MORNING.add({ seconds: 60 });
    expect(await reader.current()).toMatchObject({ look: 2 });
  });

  it('is looked at anew by whoever found it stale, unless somebody did so before', async () => {
    const { reader, state } = aReader();
    const stale = await reader.current();
    const fresh = await reader.refresh(stale);
    expect(fresh.look).toBe(2);
    expect(await reader.refresh(stale)).toBe(fresh);
    expect(state.looks).toBe(2);
    expect((await reader.refresh(null)).look).toBe(3);
  });

  it('is looked at anew when a rule asks for a column that it did not have, and only then', async () => {
    const { reader, state } = aReader();
    await reader.current();
    state.columns = [PLAN];
    await reader.current();
    expect(state.looks).toBe(1);
    state.has = false;
    await reader.refresh(null);
    state.columns = [PLAN, { ...PLAN, name: 'row.Seats' }];
    expect((await reader.current()).look).toBe(3);
    await reader.current();
    expect(state.looks).toBe(3);
  });

  it('is looked at once more after a look that failed', async () => {
    let fails = true;
    const reader = createSchemaReader({
      columns: () => [],
      now: () => MORNING,
      schemaSeconds: 60,
      look: () => (fails ? Promise.reject(new Error('no answer')) : Promise.resolve({ at: MORNING })),
      bind: () => ({ unread: [] }),
      keep: () => Promise.resolve(),
    });
    await expect(reader.current()).rejects.toThrow('no answer');
    fails = false;
    expect(await reader.current()).toEqual({ unread: [] });
  });
});
