import { describe, expect, it } from 'vitest';
import { isOutage } from '../../src/db/outage.ts';
import { Problem } from '../../src/domain/problem.ts';

const FIX = 'Nothing to do.';

function saying(code: string): Error {
  return Object.assign(new Error('as the database says'), { code });
}

describe('an outage of the database', () => {
  it.each([
    ['08006', 'a lost connection'],
    ['25006', 'a server that only reads'],
    ['28P01', 'a password that is not taken any more'],
    ['40P01', 'a deadlock'],
    ['53100', 'a full disk'],
    ['53300', 'too many connections'],
    ['55P03', 'a lock that somebody has'],
    ['57P01', 'a stop'],
    ['58030', 'a disk that fails'],
  ])('is %s, %s, also behind the query that failed', (code) => {
    expect(isOutage(saying(code))).toBe(true);
    expect(isOutage(new Error('Failed query', { cause: saying(code) }))).toBe(true);
  });

  it.each([
    ['22001', 'a value that is too long'],
    ['23505', 'a key that is there already'],
    ['25P02', 'a statement after one that failed'],
    ['53200', 'memory that a statement used up'],
    ['53400', 'temporary files beyond their limit'],
    ['54000', 'a statement that is too much'],
    ['57014', 'a statement that took too long'],
    ['EPIPE', 'an error of the system, elsewhere'],
  ])('is not %s, %s, which may come again with the same request', (code) => {
    expect(isOutage(new Error('Failed query', { cause: saying(code) }))).toBe(false);
  });

  it('is what the connection itself tells, and nothing else that we tell', () => {
    expect(isOutage(new Problem({ code: 'database.stopped', message: 'It stopped.', fix: FIX }))).toBe(true);
    expect(isOutage(new Problem({ code: 'config.refused', message: 'It is wrong.', fix: FIX }))).toBe(false);
    expect(isOutage('nothing that was thrown as an error')).toBe(false);
  });
});
