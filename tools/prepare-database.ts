/**
 * Makes `build/empty-database.tar.gz`, from which a first start unpacks its database: making one from
 * nothing takes some 800 MB of memory, unpacking it 200.
 */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { create } from 'tar';
import { EMPTY_DATABASE } from '../src/db/pglite.ts';

/**
 * Nobody makes a second database from a template here, and the two are over half of all files: each is unpacked
 * at a first start, and flushed twice when PostgreSQL recovers from a crash.
 */
const WITHOUT_TEMPLATES = [
  "update pg_database set datistemplate = false where datname like 'template_'",
  'drop database template0',
  'drop database template1',
  'checkpoint',
];

if (!existsSync(EMPTY_DATABASE)) {
  const folder = mkdtempSync(join(tmpdir(), 'tabledesk-'));
  const engine = await PGlite.create(folder);
  for (const step of WITHOUT_TEMPLATES) await engine.exec(step);
  await engine.close();
  mkdirSync(dirname(EMPTY_DATABASE), { recursive: true });
  const unfinished = `${EMPTY_DATABASE}.${process.pid}`;
  await create({ gzip: true, cwd: folder, file: unfinished, portable: true }, ['.']);
  renameSync(unfinished, EMPTY_DATABASE);
  rmSync(folder, { recursive: true });
}
