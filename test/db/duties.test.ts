import { describe, expect, it } from 'vitest';
import { dutiesOf, unmannedRoles } from '../../src/db/duties.ts';
import { LANES } from '../../src/db/queues.ts';

describe('the roles of processes', () => {
  it('share out the lanes, the ticks, the doors and the connections, each to one', () => {
    const parts = (['web', 'worker', 'sweeps'] as const).map(dutiesOf);
    expect(parts.flatMap(({ lanes }) => lanes).toSorted()).toEqual(LANES.toSorted());
    expect(parts.filter(({ hasTicks }) => hasTicks)).toHaveLength(1);
    expect(parts.filter(({ hasDoors }) => hasDoors)).toHaveLength(1);
    expect(parts.filter(({ listens }) => listens)).toHaveLength(1);
    expect(dutiesOf('all')).toEqual({ hasDoors: true, lanes: LANES, listens: true, hasTicks: true });
  });

  it('are unmanned while neither such a process nor one with all is there', () => {
    expect(unmannedRoles([])).toEqual(['web', 'worker', 'sweeps']);
    expect(unmannedRoles(['web', 'web', 'sweeps'])).toEqual(['worker']);
    expect(unmannedRoles(['web', 'all'])).toEqual([]);
  });
});
