import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder } from '../../src/db/folder-lock.ts';
import { clearDemo, copyConfig, createNoMail, demoVariables, findDemo, markDemo } from '../../src/demo/index.ts';

const MARK = { seed: 1, days: 60, end: '2026-11-18T14:20:00Z', isWhole: true };

const TO_GRETA = { to: 'greta@example.com', thread: null };

describe('the folder of a demo', () => {
  const at = { folder: '' };
  const within = (name: string) => join(at.folder, name);

  beforeEach(async () => {
    at.folder = await mkdtemp(join(tmpdir(), 'tabledesk-demo-'));
  });
  afterEach(() => rm(at.folder, { recursive: true, force: true }));

  it('is free while it is empty or not there', () => {
    expect([findDemo(at.folder), findDemo(within('none'))]).toEqual([null, null]);
  });

  it('is known by its mark', () => {
    markDemo(at.folder, MARK);
    expect(findDemo(at.folder)).toEqual(MARK);
  });

  it('is refused when it holds a desk', async () => {
    await mkdir(within('database'));
    expect(() => findDemo(at.folder)).toThrow('holds a desk that is no demo');
  });

  it('is refused when it holds anything else', async () => {
    await mkdir(within('config'));
    expect(() => findDemo(at.folder)).toThrow('holds other things than a demo');
  });

  it('is cleared of what the demo made, and of nothing else', async () => {
    markDemo(at.folder, MARK);
    copyConfig(at.folder);
    await writeFile(within('secrets.env'), 'TABLEDESK_TOKEN=kept\n');
    await writeFile(within('notes.txt'), 'mine');
    clearDemo(at.folder);
    expect(['demo.json', 'config', 'secrets.env', 'notes.txt'].filter((name) => existsSync(within(name)))).toEqual([
      'secrets.env',
      'notes.txt',
    ]);
  });

  it('is not cleared while somebody has it', () => {
    markDemo(at.folder, MARK);
    const release = lockFolder(at.folder);
    expect(() => clearDemo(at.folder)).toThrow('is in use');
    release();
    expect(findDemo(at.folder)).toEqual(MARK);
  });

  it('gets a config of its own, with schemas for the editor beside it', async () => {
    copyConfig(at.folder);
    const [head] = (await readFile(within('config/triage.yaml'), 'utf8')).split('\n');
    expect(head).toBe('# yaml-language-server: $schema=schema/triage.schema.json');
    expect(existsSync(within('config/schema/triage.schema.json'))).toBe(true);
  });
});

describe('a demo and the world outside', () => {
  it('knows nothing of mail servers, databases and keys', () => {
    const variables = demoVariables(
      {
        PORT: '3100',
        LOG_LEVEL: 'warn',
        SMTP_URL: 'smtp://mail.example.com',
        MAIL_FROM: 'desk@example.com',
        DATABASE_URL: 'postgres://localhost/real',
        OPENAI_API_KEY: 'secret',
        AIRTABLE_TOKEN: 'secret',
        TABLEDESK_DATA: 'data',
        TABLEDESK_CONFIG: 'config',
      },
      { data: 'data/demo', config: 'data/demo/config' },
    );
    expect(variables).toEqual({
      PORT: '3100',
      LOG_LEVEL: 'warn',
      TABLEDESK_DATA: 'data/demo',
      TABLEDESK_CONFIG: 'data/demo/config',
    });
  });

  it('sends nothing to anybody', async () => {
    const message = { ...TO_GRETA, key: 'reply:1', subject: 'Re', text: 'Hello', voice: 'person' as const };
    expect((await createNoMail().send(message)).kind).toBe('not_configured');
  });
});
