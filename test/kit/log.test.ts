import { describe, expect, it } from 'vitest';
import { createLog, withoutToken } from '../../src/kit/log.ts';

/** What a log writes of one line, as the object that it is. */
function written(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog('info', { write: (line) => void lines.push(line) }));
  return lines.join('');
}

describe('a log', () => {
  it('writes the values and the sentence as JSON, with level and time', () => {
    const line = JSON.parse(written((log) => log.info({ channel: 'website' }, 'received')));
    expect(line).toMatchObject({ level: 'info', channel: 'website', msg: 'received' });
    expect(Temporal.Instant.from(line.time)).toBeInstanceOf(Temporal.Instant);
  });

  it('leaves out what is below its level', () => {
    expect(written((log) => log.debug({}, 'quiet'))).toBe('');
  });

  it.each(['authorization', 'cookie', 'set-cookie', 'token', 'secret', 'password', 'body', 'text'])(
    'blots out %s, at the top and one level down',
    (name) => {
      const text = written((log) => log.info({ [name]: 'hidden-1', headers: { [name]: 'hidden-2' } }, 'x'));
      expect(text).not.toContain('hidden');
      expect(text).toContain('***');
    },
  );

  it('blots out the token in the address of a hook', () => {
    expect(written((log) => log.info({ url: '/hooks/json/letmein' }, 'x'))).toContain('"/hooks/json/***"');
  });

  it('writes a failed query without its values, which are customers’ words', () => {
    const query = Object.assign(new Error('Failed query: insert …\nparams: my card is 4111'), {
      query: 'insert into inbox values ($1)',
      params: ['my card is 4111'],
      cause: new Error('disk full'),
    });
    const text = written((log) => log.error({ err: query }, 'x'));
    expect(text).not.toContain('4111');
    expect(text).toContain('insert into inbox values ($1)');
    expect(text).toContain('disk full');
  });

  it('says where an error comes from', () => {
    expect(written((log) => log.error({ err: new TypeError('oops') }, 'x'))).toContain('log.test.ts');
  });
});

describe('an address in the log', () => {
  it.each([
    ['/hooks/json/letmein', '/hooks/json/***'],
    ['/HOOKS/json/letmein', '/HOOKS/json/***'],
    ['//hooks/json/letmein/more', '//hooks/json/***'],
    ['/hooks/json?token=letmein', '/hooks/json'],
    ['/hooks/json/letmein?x=1', '/hooks/json/***'],
    ['/forms/website', '/forms/website'],
  ])('of %s is %s', (address, shown) => {
    expect(withoutToken(address)).toBe(shown);
  });
});
