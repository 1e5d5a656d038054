import { describe, expect, it } from 'vitest';
import { addressOfList, EVERYTHING_OPEN, filterFrom, placeFrom } from '../../src/console/queue-filter.ts';
import { localPath } from '../../src/console/local-path.ts';
import { at } from '../support/builders.ts';

function filterOf(query: string) {
  const fields = new URLSearchParams(query);
  return filterFrom((name) => fields.get(name) ?? '');
}

describe('the filter of the queue', () => {
  it('asks for everything open when nothing else is asked', () => {
    expect(filterOf('')).toEqual(EVERYTHING_OPEN);
  });

  it('comes back from its address as it was', () => {
    const filter = {
      ...EVERYTHING_OPEN,
      status: 'pending' as const,
      queue: 'billing & more',
      owner: { agent: 'Zoë' },
      atRisk: true,
      search: 'card #1?',
    };
    expect(filterOf(addressOfList(filter).slice(2))).toEqual(filter);
  });

  it('tells an agent called nobody from nobody', () => {
    expect(filterOf('owner=nobody').owner).toEqual({ agent: 'nobody' });
    expect(filterOf('nobody=1').owner).toBe('nobody');
  });

  it('makes nothing of what makes no sense', () => {
    expect(filterOf('status=hacked&risk=maybe&review=2&queue=')).toEqual(EVERYTHING_OPEN);
  });
});

describe('the place where a page begins', () => {
  it.each([
    ['3_2026-11-20T10:00:00Z_1042', { urgency: 3, dueAt: at('2026-11-20T10:00:00Z'), number: 1042 }],
    ['0__7', { urgency: 0, dueAt: null, number: 7 }],
    ['', null],
    ['5__7', null],
    ['1_2026-99-99T10:00:00Z_7', null],
    ["1_'; drop table tickets; --_7", null],
  ])('reads %s', (written, place) => {
    expect(placeFrom(written)).toEqual(place);
  });
});

describe('where a form leads', () => {
  it.each([
    ['/tickets/1042?x=1', '/tickets/1042?x=1'],
    ['/', '/'],
    ['', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['/\t/evil.example', '/'],
    ['https://evil.example/', '/'],
    ['javascript:alert(1)', '/'],
  ])('%s leads to %s', (written, path) => {
    expect(localPath(written)).toBe(path);
  });
});
