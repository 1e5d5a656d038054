import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

/**
 * Where a Chromium may stand; `CHROME_PATH` goes first. Then the one that never has a window: a page that it opens
 * takes it a seventh of what the window of a whole Chromium takes, which it makes though nobody sees it.
 */
const PLACES = [
  process.env['CHROME_PATH'],
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Nothing that a browser does for itself: no updates, no lists, no sync. And nobody but this machine is found. */
const QUIETLY = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
];

/** The browser of this machine; null when it has none that we know of. */
export const CHROMIUM = PLACES.find((place) => place !== undefined && existsSync(place)) ?? null;

/** Said by the tests that are left out without a browser. */
export const NO_BROWSER = 'no Chromium found: set CHROME_PATH to run the tests in a browser';

export function openBrowser(): Promise<Browser> {
  if (CHROMIUM === null) throw new Error(NO_BROWSER);
  return chromium.launch({ executablePath: CHROMIUM, args: QUIETLY });
}
