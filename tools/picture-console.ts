/**
 * Takes the picture of the console that stands in the documentation: the queue of the desk that
 * `test/support/seed-desk.ts` makes, on a Friday morning. Run it after a change of how pages look.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openDatabase } from '../src/db/open.ts';
import { openBrowser } from '../test/support/browser.ts';
import { PASSWORD, serveConsole } from '../test/support/console-server.ts';
import { DESK_NOW, seedDesk } from '../test/support/seed-desk.ts';

const PICTURE = resolve(import.meta.dirname, '../docs/console.png');

const folder = mkdtempSync(join(tmpdir(), 'tabledesk-picture-'));
const connection = await openDatabase({ dataFolder: folder });
const server = await serveConsole(connection, await seedDesk(connection));
const browser = await openBrowser();
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, baseURL: server.address });
await page.clock.install({ time: DESK_NOW.epochMilliseconds });
await page.goto('/signin');
await page.getByLabel('Password').fill(PASSWORD);
await page.getByRole('button', { name: 'Sign in' }).click();
await page.getByRole('button', { name: 'Ana Brandt' }).click();
await page.getByRole('heading', { name: 'Open tickets' }).waitFor();
await page.screenshot({ path: PICTURE });
await browser.close();
await server.close();
await connection.close();
rmSync(folder, { recursive: true });
