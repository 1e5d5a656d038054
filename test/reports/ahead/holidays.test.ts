import { describe, expect, it } from 'vitest';
import { holidaysAmong, withoutHolidays } from '../../../src/reports/ahead/holidays.ts';
import { aCalendar, aPolicy, aQueue } from '../../support/builders.ts';

describe('holidays', () => {
  it('are those of calendars by which queues work, on days on which they would', () => {
    const holidays = new Set(['2026-12-25', '2026-12-26']);
    const office = { ...aCalendar('Europe/Berlin', 'Mon-Fri 09:00-18:00', { name: 'office' }), holidays };
    const unused = { ...office, name: 'unused', holidays: new Set(['2026-12-24']) };
    const policy = {
      ...aPolicy({ queues: [aQueue({ calendar: 'office' }), aQueue({ name: 'review', method: 'none' })] }),
      calendars: { office, unused },
    };
    expect(holidaysAmong(['2026-12-24', '2026-12-25', '2026-12-26'], policy)).toEqual([false, true, false]);
  });

  it('are taken for what their weekday has in the weeks around', () => {
    const counts = [10, 1, 1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1, 14];
    const isHoliday = counts.map((_, day) => day === 7);
    expect(withoutHolidays({ counts, isHoliday })).toEqual(counts.with(7, 12));
  });
});
