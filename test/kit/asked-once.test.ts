import { describe, expect, it } from 'vitest';
import { askedOnce } from '../../src/kit/asked-once.ts';

describe('what is asked once', () => {
  it('is known from then on, also while the answer is on its way', async () => {
    const asked: string[] = [];
    const nameOf = askedOnce(async (id) => `name ${asked.push(id)}`);
    expect(await Promise.all([nameOf('a'), nameOf('a'), nameOf('b')])).toEqual(['name 1', 'name 1', 'name 2']);
    expect(asked).toEqual(['a', 'b']);
  });

  it('is asked again when it failed', async () => {
    const answers = [Promise.reject(new Error('down')), Promise.resolve('Greta')];
    const nameOf = askedOnce(() => answers.shift() ?? Promise.resolve('nobody'));
    await expect(nameOf('a')).rejects.toThrow('down');
    expect(await nameOf('a')).toBe('Greta');
  });

  it('is forgotten after two thousand others', async () => {
    const asked: string[] = [];
    const nameOf = askedOnce(async (id) => asked.push(id));
    for (let n = 0; n <= 2000; n += 1) await nameOf(String(n));
    await nameOf('2000');
    await nameOf('0');
    expect([asked.length, asked.at(-1)]).toEqual([2002, '0']);
  });
});
