import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadConfig } from '../../src/config/load.ts';
import { ConfigRefused, watchConfig } from '../../src/config/watch.ts';
import type { Schedule } from '../../src/ports/schedule.ts';
import { SOME_CONNECTORS } from '../support/config.ts';

/** A config folder of its own, gone after the test. */
async function aFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'tabledesk-config-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const given = { folder, environment: {}, connectors: SOME_CONNECTORS };

  function save(name: string, text: string): Promise<void> {
    return writeFile(join(folder, name), text);
  }

  await save('desk.yaml', 'name: First\n');
  return { folder, given, save, watched: (schedule: Schedule = never) => watchConfig({ ...given, schedule }) };
}

/** Leaves the reading to the test. */
function never(): { cancel(): void } {
  return { cancel: () => {} };
}

describe('a folder', () => {
  it('is read from disk, replies included', async () => {
    const { folder, given, save } = await aFolder();
    await mkdir(join(folder, 'replies'));
    await save('replies/thanks.md', '---\nsubject: Thanks\n---\nHello {{ requester.name }}\n');
    const result = await loadConfig(given);
    expect('loaded' in result && result.loaded.policy.replies).toEqual({
      thanks: { name: 'thanks', subject: 'Thanks', body: 'Hello {{ requester.name }}' },
    });
  });

  it('that is not there has no desk.yaml', async () => {
    const { folder, given } = await aFolder();
    const result = await loadConfig({ ...given, folder: join(folder, 'nowhere') });
    expect('findings' in result && result.findings.map(({ message }) => message)).toEqual(['there is no desk.yaml']);
  });

  it('that says the same as before is the same config', async () => {
    const { given } = await aFolder();
    const first = await loadConfig(given);
    const previous = 'loaded' in first ? first.loaded : null;
    if (previous === null) throw new Error('The first one loads.');
    expect(await loadConfig({ ...given, previous })).toEqual({ loaded: previous });
    const again = await loadConfig({ ...given, previous });
    expect('loaded' in again && again.loaded).toBe(previous);
  });
});

describe('a live config', () => {
  it('finds a secret that was set meanwhile, with the files as they were when they were good', async () => {
    const { given, save } = await aFolder();
    await save('channels.yaml', 'channels: { a: { kind: json, token: env:A_TOKEN } }\n');
    const environment: Record<string, string> = {};
    const live = await watchConfig({ ...given, environment, schedule: never });
    onTestFinished(() => live.close());
    const { version } = live.current();
    const changes: string[] = [];
    live.onChange(() => changes.push('changed'));
    await save('channels.yaml', 'channels: [');
    Object.assign(environment, { A_TOKEN: 'new', A_TOKEN_BEFORE: 'old' });
    await live.lookForSecrets();
    expect(live.current().channels['a']?.secrets).toEqual({ tokens: ['new', 'old'], signing: [] });
    expect([live.current().version, changes]).toEqual([version, ['changed']]);
  });

  it('takes a saved file over without a restart', async () => {
    const { save, watched } = await aFolder();
    const live = await watched();
    const seen: string[] = [];
    live.onChange(() => seen.push(live.current().policy.desk.name));
    await save('desk.yaml', 'name: Second\n');
    await live.reload();
    expect(live.current().policy.desk.name).toBe('Second');
    expect(seen).toEqual(['Second']);
    await live.close();
  });

  it('keeps the last good one while a file is broken, says what is wrong, and takes the mended one', async () => {
    const { save, watched } = await aFolder();
    const live = await watched();
    let calls = 0;
    live.onChange(() => (calls += 1));
    await save('desk.yaml', 'name: Second\nprefx: T\n');
    await live.reload();
    expect(live.current().policy.desk.name).toBe('First');
    expect(live.refused()).toMatchObject([{ line: 2, column: 1, path: 'prefx', message: '"prefx" is not a key here' }]);
    await live.reload();
    expect(calls).toBe(1);
    await save('desk.yaml', 'name: Third\n');
    await live.reload();
    expect(live.current().policy.desk.name).toBe('Third');
    expect(live.refused()).toBeNull();
    expect(calls).toBe(2);
    await live.close();
  });

  it('keeps the articles as they were while the file of one is broken', async () => {
    const { folder, save, watched } = await aFolder();
    await mkdir(join(folder, 'articles'));
    await save('articles/card.md', '---\ntitle: Cards\n---\nTry again.\n');
    const live = await watched();
    await save('articles/card.md', 'Try another card.\n');
    await live.reload();
    expect(live.current().policy.offers.articles.map(({ title, body }) => [title, body])).toEqual([
      ['Cards', 'Try again.'],
    ]);
    expect(live.refused()?.map(({ file, line }) => [file.slice(folder.length), line])).toEqual([
      ['/articles/card.md', 1],
    ]);
    await live.close();
  });

  it('is well again when the broken file is put back as it was', async () => {
    const { save, watched } = await aFolder();
    const live = await watched();
    await save('desk.yaml', '- broken\n');
    await live.reload();
    await save('desk.yaml', 'name: First\n');
    let calls = 0;
    live.onChange(() => (calls += 1));
    await live.reload();
    expect(live.refused()).toBeNull();
    expect(calls).toBe(1);
    await live.close();
  });

  it('stays in force when the whole folder goes away', async () => {
    const { folder, watched } = await aFolder();
    const live = await watched();
    await rm(folder, { recursive: true });
    await live.reload();
    expect(live.current().policy.desk.name).toBe('First');
    expect(live.refused()).toMatchObject([{ message: 'there is no desk.yaml' }]);
    await live.close();
  });

  it('does not begin without a good config, and says all that is wrong', async () => {
    const { save, watched } = await aFolder();
    await save('desk.yaml', 'prefx: T\nnme: x\n');
    const refusal = await watched().catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ConfigRefused);
    expect(refusal).toMatchObject({ code: 'config.refused', findings: [{ path: 'prefx' }, { path: 'nme' }] });
  });

  it('reads the files once people are quiet, and hears of a file that an editor renames into place', async () => {
    const { folder, save, watched } = await aFolder();
    const waiting: { work: () => void; cancelled: boolean }[] = [];
    const heard = Promise.withResolvers<void>();
    const live = await watched((work, milliseconds) => {
      const entry = { work, cancelled: false };
      waiting.push(entry);
      expect(milliseconds).toBe(150);
      heard.resolve();
      return { cancel: () => void (entry.cancelled = true) };
    });
    const changed = Promise.withResolvers<void>();
    live.onChange(() => changed.resolve());
    await save('.desk.yaml.swp', 'name: Renamed\n');
    await rename(join(folder, '.desk.yaml.swp'), join(folder, 'desk.yaml'));
    await heard.promise;
    waiting.findLast(({ cancelled }) => !cancelled)?.work();
    await changed.promise;
    expect(live.current().policy.desk.name).toBe('Renamed');
    expect(waiting.filter(({ cancelled }) => !cancelled).length).toBeGreaterThan(0);
    await live.close();
  });
});
