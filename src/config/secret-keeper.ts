import { Problem } from '../domain/problem.ts';
import type { Log } from '../kit/log.ts';
import type { LiveConfig } from './live.ts';
import { nameBefore } from './secrets.ts';

/** Where secrets are put so that the next start finds them: `.env`. */
export interface SecretFile {
  /** Whether a variable is set by the environment itself, before which nothing in the file counts. */
  isOutside(variable: string): boolean;
  /** Writes variables, each in its old place or at the end. Throws where that cannot be done. */
  write(variables: Readonly<Record<string, string>>): void;
}

/** Puts the secrets of channels in force while the service runs. Their values leave it nowhere but into the file. */
export interface SecretKeeper {
  /** Whether a variable can be set here; the environment's own cannot, and without a file none can. */
  canSet(variable: string): boolean;
  /** How often a variable was set since the start, so that nobody sets one twice with one click. */
  timesSet(variable: string): number;
  /**
   * Sets a variable, in the file and at once in force. What it was goes on counting where `keepsBefore`, until it is ended.
   *
   * @throws Problem `secret.not-written`
   */
  set(variable: string, value: string, given: { keepsBefore: boolean; by: string }): Promise<void>;
  /** Ends what a variable was before. Throws as `set`. */
  endBefore(variable: string, by: string): Promise<void>;
}

export function createSecretKeeper(given: {
  /** What everybody holds who looks for secrets; what is set is set in it. */
  variables: Record<string, string | undefined>;
  file: SecretFile | null;
  config: Pick<LiveConfig, 'lookForSecrets'>;
  log: Log;
}): SecretKeeper {
  const { variables, file, config, log } = given;
  const times = new Map<string, number>();
  const canSet = (variable: string) => file !== null && !file.isOutside(variable);

  async function put(changed: Readonly<Record<string, string>>): Promise<void> {
    const outside = Object.keys(changed).find((variable) => !canSet(variable));
    if (outside !== undefined) throw notWritten(outside, 'it is set by the environment, which counts before .env');
    try {
      file?.write(changed);
    } catch (error) {
      throw notWritten(Object.keys(changed)[0] ?? '', error instanceof Error ? error.message : String(error));
    }
    Object.assign(variables, changed);
    await config.lookForSecrets();
  }

  return {
    canSet,
    timesSet: (variable) => times.get(variable) ?? 0,
    async set(variable, value, { keepsBefore, by }) {
      const before = variables[variable] ?? '';
      const kept = keepsBefore && before !== '' && before !== value ? { [nameBefore(variable)]: before } : {};
      await put({ [variable]: value, ...kept });
      times.set(variable, (times.get(variable) ?? 0) + 1);
      log.info({ variable, by }, 'a secret was set');
    },
    async endBefore(variable, by) {
      await put({ [nameBefore(variable)]: '' });
      log.info({ variable, by }, 'what a secret was before counts no longer');
    },
  };
}

/** What went wrong never holds the value: files and names alone. */
function notWritten(variable: string, why: string): Problem {
  return new Problem({
    code: 'secret.not-written',
    message: `${variable} could not be put into .env: ${why.replace(/\.$/, '')}.`,
    fix: 'Nothing was changed. Set it in the environment or in .env by hand, and start again.',
  });
}
