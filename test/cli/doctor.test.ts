import { appendFile, chmod, mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkBudget } from '../../src/cli/doctor/budget.ts';
import { good, warning } from '../../src/cli/doctor/check-up.ts';
import { checkUpLines } from '../../src/cli/doctor/print.ts';
import { main } from '../../src/cli/index.ts';
import { audit } from '../../src/db/schema.ts';
import { aRunningDesk, deskFolders } from '../support/running-desk.ts';

type Folders = Awaited<ReturnType<typeof deskFolders>>;

const at: { folders: Folders | null; cwd: string; configFolder: string; dataFolder: string } = {
  folders: null,
  cwd: '',
  configFolder: '',
  dataFolder: '',
};

beforeEach(async () => {
  at.folders = await deskFolders('empty');
  const { configFolder, dataFolder } = at.folders;
  Object.assign(at, { configFolder, dataFolder, cwd: join(configFolder, '..') });
});
afterEach(() => at.folders?.remove());

/** What stands in the DNS. */
const DNS: Readonly<Record<string, readonly string[]>> = {
  'example.com': ['some-site-verification=1', 'v=spf1 include:mail.example ~all'],
};

async function doctor(argv: readonly string[] = [], env: Readonly<Record<string, string>> = {}) {
  const said = { out: '', err: '' };
  const code = await main(['doctor', ...argv], {
    stdout: { write: (part) => void (said.out += part) },
    stderr: { write: (part) => void (said.err += part) },
    env: { TABLEDESK_CONFIG: at.configFolder, TABLEDESK_DATA: at.dataFolder, ...env },
    cwd: () => at.cwd,
    resolveTxt: async (name) => DNS[name] ?? [],
  });
  return { code, ...said };
}

describe('tabledesk doctor', () => {
  it('says of a desk that was never started how it stands, and makes nothing', async () => {
    const { code, out, err } = await doctor();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^✓ Config {7}The files in .+ are in order, version [0-9a-f]{8}\.$/m);
    expect(out).toMatch(/^✓ Data {9}.+ can be written to; [\d.]+ GB free\.$/m);
    expect(out).toContain('✓ Database     There is none yet; the first start makes it.\n');
    expect(out).toContain('! Mail         SMTP_URL is not set: mails are written and shown, not sent.\n');
    expect(out).toMatch(/\n\n0 errors, 1 warning\.\n$/);
    expect(await readdir(at.cwd)).toEqual(['config']);
  });

  it('tells the address to enter in a base that only a person can ask to call, where there is one', async () => {
    const settings = '{ dataSource: 1f0e1d2c-3b4a-4958-8776-655443322110 }';
    await appendFile(join(at.configFolder, 'desk.yaml'), `store:\n  kind: notion\n  settings: ${settings}\n`);
    const { out } = await doctor([], { PUBLIC_URL: 'https://desk.example/' });
    expect(out).toContain('It can call https://desk.example/stores/notion/news when something changes');
    expect((await doctor()).out).not.toContain('It can call');
  });

  it('names every mistake in the config with its place, and ends with 1', async () => {
    await appendFile(join(at.configFolder, 'desk.yaml'), 'colour: red\n');
    const { code, out } = await doctor();
    expect(code).toBe(1);
    expect(out).toMatch(/^✗ Config {7}.+desk\.yaml:\d+:1 colour: .+\.\n {15}\S/m);
    expect(out).toContain('! Base         Not looked at while the config has errors.\n');
  });

  it('says which variable of the environment is wrong, without its value', async () => {
    const { code, out } = await doctor([], { PORT: 'secret-port' });
    expect(code).toBe(1);
    expect(out).toContain('✗ Environment  PORT: ');
    expect(out).not.toContain('secret-port');
  });

  it('closes a file .env that others can read, with --fix and not without', async () => {
    const file = join(at.cwd, '.env');
    await writeFile(file, 'A_TOKEN=1\n');
    await chmod(file, 0o644);
    expect((await doctor()).out).toContain(
      '! Environment  Others on this machine can read .env, which holds secrets.\n',
    );
    const { out } = await doctor(['--fix']);
    expect(out).toMatch(/^Mended:\n✓ Environment {2}\.env is for you alone now\.\n\n✓ Config/);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('names a data folder that cannot be used', async () => {
    await writeFile(at.dataFolder, 'a file');
    const { code, out } = await doctor();
    expect(code).toBe(1);
    expect(out).toMatch(/^✗ Data {9}The folder .+ cannot be written to\.$/m);
    await rm(at.dataFolder);
    await mkdir(at.dataFolder);
  });

  it('names a database that cannot be reached, without its password', async () => {
    const { code, out } = await doctor([], { DATABASE_URL: 'postgres://desk:hush@127.0.0.1:1/desk' });
    expect(code).toBe(1);
    expect(out).toContain(
      '✗ Database     PostgreSQL at postgres://desk:***@127.0.0.1:1/desk cannot be used: connect ECONNREFUSED 127.0.0.1:1.\n',
    );
  });

  it('asks the mail server to let us in, and sends nothing', async () => {
    const sent: string[] = [];
    const server = new SMTPServer({
      disabledCommands: ['STARTTLS', 'AUTH'],
      onMailFrom: (address, _, next) => {
        sent.push(address.address);
        next();
      },
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const bound = server.server.address();
    const port = typeof bound === 'object' ? bound?.port : 0;
    const mail = { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'Desk <desk@example.com>' };
    expect((await doctor([], mail)).out).toContain(
      '✓ Mail         The server of SMTP_URL lets us in; mails come from Desk <desk@example.com>.\n' +
        'i Mail         example.com says nothing of mail that is not from it (DMARC); large providers ask for it.\n',
    );
    await new Promise<void>((closed) => server.close(closed));
    const { code, out } = await doctor([], mail);
    expect(code).toBe(1);
    expect(out).toContain('✗ Mail         The mail server could not be reached, or fell silent.\n');
    expect(sent).toEqual([]);
  });

  it('leaves the database to a service that runs', async () => {
    const desk = await aRunningDesk();
    const env = { TABLEDESK_CONFIG: desk.configFolder, TABLEDESK_DATA: desk.dataFolder };
    const beside = await doctor([], env);
    expect(beside.code).toBe(0);
    expect(beside.out).toContain(
      `✓ Database     Embedded, in ${desk.dataFolder}; a process of Tabledesk runs and has it.\n`,
    );
    await desk.stop();
    const alone = await doctor([], env);
    expect(alone.out).toMatch(/^✓ Database {5}Embedded, in .+, up to date\.$/m);
    expect(alone.out).toContain('✓ Embedded     It lets us in, and has everything that we need.\n');
    await desk.remove();
  });

  it('stands in the audit log before it mends, by the service that runs and alone; not where it only looks', async () => {
    const desk = await aRunningDesk();
    const env = { TABLEDESK_CONFIG: desk.configFolder, TABLEDESK_DATA: desk.dataFolder };
    expect((await doctor(['--fix'], env)).out).not.toContain('audit log');
    await desk.stop();
    await doctor(['--fix'], env);
    await doctor([], env);
    const noted = await desk.afterwards(({ queries }) => queries.select().from(audit).orderBy(audit.id));
    await desk.remove();
    const mended = noted.filter(({ act }) => act === 'desk_mended');
    const here = `${userInfo().username} on ${hostname()}`;
    expect(mended.map(({ by, person, access }) => [by, person, access])).toEqual([
      ['api', here, 'admin'],
      ['command', here, 'admin'],
    ]);
  });

  it('says that what it mends stands in no audit log, where there is one that cannot be reached', async () => {
    const gone = { DATABASE_URL: 'postgres://desk@127.0.0.1:1/desk' };
    expect((await doctor(['--fix'], gone)).out).toMatch(/^! Audit log {4}What this command changes stands in no/m);
    expect((await doctor([], gone)).out).not.toContain('Audit log');
    expect((await doctor(['--fix'])).out).not.toContain('Audit log');
  });
});

describe("a month's requests", () => {
  const at = Temporal.Instant.from('2026-11-16T00:00:00Z');

  it.each([
    [
      { spent: 1000, allowed: 100_000 },
      'good',
      '1,000 of 100,000 requests spent this month; at this pace it will be 2,000.',
    ],
    [
      { spent: 60_000, allowed: 100_000 },
      'warning',
      '60,000 of 100,000 requests spent this month; at this pace it would be 120,000.',
    ],
    [
      { spent: 1000, allowed: 1000 },
      'error',
      '1,000 of 1,000 requests spent this month: none is left before the month ends.',
    ],
  ])('of %j are %s', (spending, sign, message) => {
    expect(checkBudget(spending, at)).toMatchObject({ what: 'Requests', sign, message });
  });

  it('are not reckoned ahead in its first days', () => {
    const early = Temporal.Instant.from('2026-11-01T06:00:00Z');
    expect(checkBudget({ spent: 900, allowed: 1000 }, early).message).toBe('900 of 1,000 requests spent this month.');
  });
});

describe('what is printed', () => {
  it('has colours where somebody watches, and none in a file', () => {
    const found = [good('Mail', 'Fine.'), warning('Requests', { message: 'Many.', fix: 'Ask less.' })];
    expect(checkUpLines(found, false)).toBe('✓ Mail      Fine.\n! Requests  Many.\n            Ask less.\n');
    expect(checkUpLines(found, true)).toContain('\u001B[32m✓\u001B[39m Mail      Fine.\n');
  });
});
