import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { JSON_TOKEN } from '../../../test/support/stubborn-senders.ts';
import { type BaseDesk, haveEverybodyWork } from '../base-desk.ts';
import { CHOICES } from '../busy-people.ts';
import { MAIL_TOKEN } from './requests.ts';

/** What people change besides, though later turns of theirs or of rules may change it once more. */
export const CHAOS_CHOICES: Readonly<Record<string, readonly unknown[]>> = {
  ...CHOICES,
  Assignee: ['Ana Torres', 'Ben Okafor', 'Chloe Martin'],
  Status: ['Open', 'Resolved'],
};

/** A channel for mail and a model besides what the starter config has; people who work whatever day it is. */
export async function chaosConfig(desk: BaseDesk): Promise<void> {
  await haveEverybodyWork(desk);
  await add(desk, 'channels.yaml', `  mail:\n    kind: postmark\n    token: env:MAIL_TOKEN\n    perMinute: 1000000\n`);
  await add(desk, 'triage.yaml', `model:\n  name: chaos\n  caps: { callsPerDay: 100000 }\n`);
}

/** What all services share in their environment. */
export function chaosSecrets({ mail, model }: { mail: string; model: string }): Readonly<Record<string, string>> {
  return {
    SMTP_URL: mail,
    MAIL_FROM: 'desk@example.com',
    OPENAI_BASE_URL: model,
    JSON_TOKEN,
    MAIL_TOKEN,
    TABLEDESK_TOKEN: 'a token for all of the fleet',
    SURVEY_SECRET: 'what signs surveys of the fleet',
    REPLY_SECRET: 'what signs addresses of the fleet',
    LOG_LEVEL: 'info',
  };
}

async function add({ configFolder }: BaseDesk, name: string, text: string): Promise<void> {
  const file = join(configFolder, name);
  await writeFile(file, `${await readFile(file, 'utf8')}\n${text}`);
}
