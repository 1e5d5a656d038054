import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, inject, it } from 'vitest';
import { readEnvironment } from '../../src/config/environment.ts';
import { aRunningDesk, type RunningDesk } from '../support/running-desk.ts';
import { until } from '../support/until.ts';

const ROOT = resolve(import.meta.dirname, '../..');

const SECRETS = {
  TABLEDESK_TOKEN: 'a token for all of them',
  JSON_TOKEN: 'a token for senders of JSON',
  SURVEY_SECRET: 'what signs surveys',
  REPLY_SECRET: 'what signs addresses',
};

const at: { url: string; running: RunningDesk[] } = { url: '', running: [] };

beforeEach(async () => {
  const name = `instances_${randomUUID().replaceAll('-', '')}`;
  await onServer(`create database ${name}`);
  Object.assign(at, { url: `${inject('postgresServer')}/${name}`, running: [] });
});
afterEach(async () => {
  for (const desk of at.running) await desk.remove();
  await onServer(`drop database ${new URL(at.url).pathname.slice(1)} with (force)`);
});

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client(`${inject('postgresServer')}/postgres`);
  await client.connect();
  await client.query(statement);
  await client.end();
}

async function aProcess(role: string, secrets: Readonly<Record<string, string>> = SECRETS): Promise<RunningDesk> {
  const variables = { DATABASE_URL: at.url, TABLEDESK_ROLE: role, LOG_LEVEL: 'silent', ...secrets };
  const desk = await aRunningDesk({ variables });
  at.running.push(desk);
  return desk;
}

async function statusOf(desk: RunningDesk, path: string, init: RequestInit = {}): Promise<number> {
  const response = await fetch(`${desk.address}${path}`, { redirect: 'manual', ...init });
  await response.text();
  return response.status;
}

async function metric(desk: RunningDesk, line: string): Promise<boolean> {
  const text = await (await fetch(`${desk.address}/metrics`)).text();
  return text.split('\n').includes(line);
}

/** What the alert rules and their guide look at. */
function watchedMetrics(): string[] {
  const texts = ['deploy/alerts.yaml', 'deploy/grafana.json', 'docs/operate.md'].map((file) =>
    readFileSync(join(ROOT, file), 'utf8'),
  );
  const names = texts
    .flatMap((text) => text.match(/\btabledesk_\w+/g) ?? [])
    .map((name) => name.replace(/_bucket$/, ''));
  expect(names.length).toBeGreaterThan(15);
  return [...new Set(names)];
}

function request(subject: string): Record<string, string> {
  return { name: 'Greta Holm', email: `${subject}@example.com`, subject, message: `It is about ${subject}.` };
}

describe('several processes on one PostgreSQL', () => {
  it('share the work by their roles, and go on where one is missing for a while', async () => {
    const [web, worker] = await Promise.all([aProcess('web'), aProcess('worker'), aProcess('sweeps')]);
    expect(await (await fetch(`${worker.address}/readyz`)).json()).toMatchObject({ status: 'ready', role: 'worker' });
    expect([await statusOf(worker, '/'), await statusOf(worker, '/hooks/website', { method: 'POST' })]).toEqual([
      404, 404,
    ]);
    const subjects = Array.from({ length: 12 }, (_, index) => `request-${index}`);
    expect(new Set(await Promise.all(subjects.map((each) => web.post(request(each)))))).toEqual(new Set([202]));
    await web.settled();
    expect((await web.tickets()).map(({ subject }) => subject).toSorted()).toEqual(subjects.toSorted());
    expect(await metric(web, 'tabledesk_role_unmanned{role="worker"} 0')).toBe(true);
    const shown = await (await fetch(`${web.address}/metrics`)).text();
    expect(watchedMetrics().filter((name) => !shown.includes(`# TYPE ${name} `))).toEqual([]);

    await worker.stop();
    expect(await metric(web, 'tabledesk_role_unmanned{role="worker"} 1')).toBe(true);
    expect(await web.post(request('meanwhile'))).toBe(202);
    await aProcess('worker');
    await web.ticketAbout('meanwhile');
    await web.settled();
    expect(await web.tickets()).toHaveLength(13);
  });

  it('with all roles each make one ticket of each request, whichever of them got it, and know each other’s sessions', async () => {
    const [one, other] = await Promise.all([aProcess('all'), aProcess('all')]);
    const subjects = Array.from({ length: 12 }, (_, index) => `request-${index}`);
    // A sender that tries again may meet the other one.
    await Promise.all(subjects.flatMap((each) => [one.post(request(each)), other.post(request(each))]));
    await Promise.all([one.settled(), other.settled()]);
    expect((await other.tickets()).map(({ subject }) => subject).toSorted()).toEqual(subjects.toSorted());
    const cookie = await signIn(one);
    expect(await healthOf(other, cookie)).toContain('Machine room');
  });

  it('go on after the server cut all their connections', async () => {
    const desk = await aProcess('all');
    await onServer(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${new URL(at.url).pathname.slice(1)}'`,
    );
    // A sender comes again while it is told that nothing could be stored.
    await until('the request is taken', async () => (await desk.post(request('afterwards'))) === 202);
    expect(await desk.ticketAbout('afterwards')).toMatchObject({ requester: { name: 'Greta Holm' } });
  });

  it('say when their secrets differ, or nobody has a role', async () => {
    const web = await aProcess('web');
    await aProcess('sweeps', { ...SECRETS, SURVEY_SECRET: 'another' });
    const page = await healthOf(web, await signIn(web));
    expect(page).toContain('These processes have different secrets');
    expect(page).toContain('No process decides, writes to the base and sends. Start one with the role worker, or all.');
    expect(page).not.toContain('different configs');
  });
});

describe('the role of a process', () => {
  it('that leaves work to others is refused on the embedded database', () => {
    expect(() => readEnvironment({ TABLEDESK_ROLE: 'web' })).toThrow(
      'TABLEDESK_ROLE: a role that leaves work to other processes needs DATABASE_URL',
    );
    expect(() => readEnvironment({ TABLEDESK_ROLE: 'boss' })).toThrow('TABLEDESK_ROLE');
    expect(readEnvironment({ TABLEDESK_ROLE: 'web', DATABASE_URL: 'postgres://x/y' }).TABLEDESK_ROLE).toBe('web');
  });
});

/** Signs in as somebody whose name this browser knows. Resolves with the cookies. */
async function signIn(desk: RunningDesk): Promise<string> {
  const person = 'tabledesk_person=Ana%20Torres';
  const answer = await fetch(`${desk.address}/signin`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: desk.address, cookie: person },
    body: new URLSearchParams({ secret: SECRETS.TABLEDESK_TOKEN }),
  });
  const session = answer.headers.getSetCookie().find((each) => each.startsWith('tabledesk_session='));
  return [person, session?.split(';')[0]].join('; ');
}

async function healthOf(desk: RunningDesk, cookie: string): Promise<string> {
  return (await fetch(`${desk.address}/health`, { headers: { cookie } })).text();
}
