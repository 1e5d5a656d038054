import { describe, expect, it } from 'vitest';
import { rowsByKey, rowsSince } from '../../../connectors/notion/filters.ts';
import { at } from '../../support/builders.ts';

describe('what Notion is asked for', () => {
  it.each(['01JDKEY', '=HYPERLINK("https://evil.example")', '"}},{"or":[]}', `{{x}}' or 1=1`, '＝1+1', '\r\n'])(
    'has a key as a value and nowhere else: %j',
    (key) => {
      expect(rowsByKey({ id: 'abc', type: 'rich_text' }, [key])).toEqual({
        filter: { or: [{ property: 'abc', rich_text: { equals: key } }] },
      });
    },
  );

  it('is by time, or everything, the oldest first', () => {
    const sorts = [{ timestamp: 'last_edited_time', direction: 'ascending' }];
    expect(rowsSince('last_edited_time', null)).toEqual({ sorts });
    expect(rowsSince('last_edited_time', at('2026-11-20T10:00:00Z'))).toEqual({
      filter: { timestamp: 'last_edited_time', last_edited_time: { on_or_after: '2026-11-20T10:00:00Z' } },
      sorts,
    });
  });
});
