import { expect, it } from 'vitest';
import { createSecretKeeper } from '../../src/config/secret-keeper.ts';
import { createLog } from '../../src/kit/log.ts';

/** A keeper, what everybody sees of the variables, and how often secrets were looked for. */
function aKeeper(write: (given: Readonly<Record<string, string>>) => void) {
  const variables: Record<string, string | undefined> = { OUTSIDE: 'theirs', HERE: 'old' };
  const looks: string[] = [];
  const lines: string[] = [];
  const keeper = createSecretKeeper({
    variables,
    file: { isOutside: (name) => name === 'OUTSIDE', write },
    config: { lookForSecrets: async () => void looks.push('look') },
    log: createLog('info', { write: (line: string) => void lines.push(line) }),
  });
  return { keeper, variables, looks, lines };
}

const KEEPS = { keepsBefore: true, by: 'Ana' };

it('sets a secret in the file and for all who look for it, and writes who did, not what', async () => {
  const written: object[] = [];
  const { keeper, variables, looks, lines } = aKeeper((given) => void written.push(given));
  await keeper.set('HERE', 'new', KEEPS);
  expect(variables).toEqual({ OUTSIDE: 'theirs', HERE: 'new', HERE_BEFORE: 'old' });
  expect(written).toEqual([{ HERE: 'new', HERE_BEFORE: 'old' }]);
  expect([looks, keeper.timesSet('HERE')]).toEqual([['look'], 1]);
  expect(lines.join()).toContain('"variable":"HERE","by":"Ana"');
  expect(lines.join()).not.toMatch(/new|old/);
});

it('changes nothing where the file cannot be written, or the environment counts before it', async () => {
  const { keeper, variables, looks } = aKeeper(() => {
    throw new Error('EROFS: read-only file system');
  });
  await expect(keeper.set('HERE', 'new', KEEPS)).rejects.toMatchObject({
    code: 'secret.not-written',
    message: 'HERE could not be put into .env: EROFS: read-only file system.',
  });
  await expect(keeper.set('OUTSIDE', 'new', KEEPS)).rejects.toMatchObject({ code: 'secret.not-written' });
  expect([variables, looks]).toEqual([{ OUTSIDE: 'theirs', HERE: 'old' }, []]);
});
