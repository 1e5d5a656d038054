import { appendFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/index.ts';
import { readEnvironment } from '../../src/config/environment.ts';
import { createLog } from '../../src/kit/log.ts';
import { type Service, startService } from '../../src/main.ts';
import { NO_FLUSH } from '../support/no-flush.ts';
import { deskFolders } from '../support/running-desk.ts';
import { until } from '../support/until.ts';

/** Each secret is one of these, so that it is known wherever it comes out. */
function secret(of: string): string {
  return `sEcReT0-${of}-9f8e7d6c5b4a`;
}

const MARK = /sEcReT0|c0VjUmVUMC/;

/** What the log says of each. */
const FAILURES = [
  'a message could not be sent',
  'an event was not taken',
  'could not prove who sent it',
  'triage.yaml:',
];

/** Nobody listens there. */
const NOWHERE = '127.0.0.1:9';

const CHANNELS = `channels:
  website: { kind: form }
  json: { kind: json, token: env:JSON_TOKEN }
  typeform: { kind: typeform, secret: env:TYPEFORM_SECRET }
`;
const EVENTS = `subscriptions:
  crm:
    why: Sales sees in the CRM what their accounts ask.
    owner: sales lead
    url: env:CRM_URL
    secret: env:CRM_SECRET
    events: [ticket.created]
`;

describe('secrets', () => {
  const world = {} as Awaited<ReturnType<typeof aWorld>>;
  beforeAll(async () => void Object.assign(world, await aWorld()));
  afterAll(async () => {
    await world.service.stop();
    await world.folders.remove();
  });

  async function aWorld() {
    const folders = await deskFolders();
    const { configFolder, dataFolder } = folders;
    await writeFile(join(configFolder, 'channels.yaml'), CHANNELS);
    await writeFile(join(configFolder, 'events.yaml'), EVENTS);
    await appendFile(join(configFolder, 'triage.yaml'), '\nmodel: { name: gpt-5-mini, asks: always }\n');
    const env = {
      PORT: '0',
      HOST: '127.0.0.1',
      TABLEDESK_CONFIG: configFolder,
      TABLEDESK_DATA: dataFolder,
      TABLEDESK_TOKEN: secret('token'),
      TABLEDESK_READ_TOKEN: secret('read'),
      TABLEDESK_PASSWORD: secret('password'),
      JSON_TOKEN: secret('json'),
      TYPEFORM_SECRET: secret('typeform'),
      CRM_URL: `https://${NOWHERE}/hook/${secret('crm-url')}`,
      CRM_SECRET: `whsec_${Buffer.from(secret('crm')).toString('base64')}`,
      OPENAI_API_KEY: secret('openai'),
      OPENAI_BASE_URL: `http://${NOWHERE}/v1`,
      SMTP_URL: `smtp://desk:${secret('smtp')}@${NOWHERE}`,
      MAIL_FROM: 'desk@example.com',
    };
    const log: string[] = [];
    const service: Service = await startService({
      environment: readEnvironment(env),
      variables: env,
      log: createLog('debug', { write: (line) => void log.push(line) }),
      disk: NO_FLUSH,
    });
    return { folders, env, log, service };
  }

  function call(path: string, given: RequestInit = {}): Promise<Response> {
    return fetch(`${world.service.address}${path}`, given);
  }

  const bearer = { authorization: `Bearer ${secret('token')}` };

  /** What fails, and talks of why: mail, model, events, forged requests, a broken body, a broken config. */
  async function mishaps(): Promise<readonly string[]> {
    const fields = { name: 'Greta', email: 'greta@example.com', subject: 'Nothing that a rule knows', message: 'Hm.' };
    const form = { method: 'POST', body: new URLSearchParams(fields) };
    const answers = [
      await call('/hooks/website', form),
      await call(`/hooks/json/${secret('json')}`, { method: 'POST', body: '{"broken"' }),
      await call(`/hooks/json/${secret('json')}x`, { method: 'POST', body: '{}' }),
      await call('/hooks/typeform', { method: 'POST', body: '{}', headers: { 'typeform-signature': 'sha256=no' } }),
      await call(`/hooks/nobody/${secret('json')}`, { method: 'POST', body: '{}' }),
      await call('/api/tickets', { headers: { authorization: 'Bearer wrong' } }),
      await call('/api/learning', { method: 'POST', headers: { authorization: `Bearer ${secret('read')}` } }),
    ];
    await appendFile(join(world.env.TABLEDESK_CONFIG, 'triage.yaml'), 'nobody: knows this\n');
    await until('mail, model, event and config have failed', async () => {
      const answer = await call('/api/tickets/1001/decisions', { headers: bearer });
      const { decisions = [] } = (await answer.json()) as { decisions?: { sentence: string }[] };
      const isAsked = decisions.some(({ sentence }) => sentence.includes('could not be reached'));
      const said = world.log.join('\n');
      return isAsked && FAILURES.every((failure) => said.includes(failure));
    });
    return Promise.all(answers.map((answer) => answer.text()));
  }

  it('come out nowhere: not in answers, logs, figures, status, exports or doctor, whatever fails', async () => {
    const answers = await mishaps();
    const open = ['/healthz', '/readyz', '/metrics', '/forms/website'];
    const behind = ['/api/status', '/api/tickets', '/api/tickets/1001', '/api/tickets/1001/decisions', '/api/learning'];
    const exported = ['tickets', 'decisions', 'messages'].map((what) => `/api/export/${what}`);
    const pages = await Promise.all(
      [...open, ...behind, ...exported].map(async (path) => {
        const answer = await call(path, { headers: bearer });
        return { path, status: answer.status, text: await answer.text() };
      }),
    );
    expect(pages.filter(({ status }) => status !== 200 && status !== 503)).toEqual([]);
    const doctor = { text: '' };
    const write = (part: string) => void (doctor.text += part);
    await main(['doctor'], {
      stdout: { write },
      stderr: { write },
      env: world.env,
      cwd: () => world.folders.configFolder,
    });
    expect(doctor.text).toMatch(/mail/i);
    const said = [
      ...answers.map((text, index) => ({ path: `answer ${index}`, text })),
      ...pages,
      { path: 'doctor', text: doctor.text },
      { path: 'log', text: world.log.join('\n') },
    ];
    const told = said.flatMap(({ path, text }) => {
      const at = text.search(MARK);
      return at < 0 ? [] : [`${path}: ${text.slice(Math.max(0, at - 100), at + 40)}`];
    });
    expect(told).toEqual([]);
  });
});
