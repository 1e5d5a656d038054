/**
 * A burst against Notion's windows of 60 s, in which a connection of most plans may make 180 requests, at any
 * pace: how soon after the first post is the last page complete, and what did it cost?
 *
 * A page is one request, so the first window takes 180 of them and the next one begins 60 s after its first
 * request. What does not fit into one window therefore waits 60 s, nobody can be faster, and everything up to
 * 360 pages has that floor. (Nobody is told when a window begins: whoever wants no 429 counts the last 60 s.)
 *
 *     node bench/notion-burst.ts [--requests 300] [--rate 50]
 */
import { parseArgs } from 'node:util';
import { burst } from './support/burst.ts';
import { atMost, printFigures } from './support/figures.ts';
import { aNotionDesk } from './support/notion-desk.ts';

/** Requests of a connection in a window, and its seconds (developers.notion.com, "Request limits"). */
const WINDOW = { requests: 180, seconds: 60 };

const { values } = parseArgs({
  options: { requests: { type: 'string', default: '300' }, rate: { type: 'string', default: '50' } },
});
const [total, perSecond] = [Number(values.requests), Number(values.rate)];
const floor = Math.max(total / perSecond, Math.floor((total - 1) / WINDOW.requests) * WINDOW.seconds);

const desk = await aNotionDesk();
try {
  const goals = { seconds: Math.round(floor * 11) / 10, requests: 1.05 };
  const figures = await burst(desk, { total, perSecond, reads: 'query', makes: 'create', goals });
  const { mostInAWindow } = desk.notion.counters();
  printFigures(`${total} requests at ${perSecond}/s into Notion, floor ${floor} s`, [
    ...figures,
    { what: 'requests within 60 s, at most', value: mostInAWindow, unit: '', goal: atMost(WINDOW.requests) },
  ]);
} finally {
  await desk.remove();
}
