/**
 * Whole ticket lives on a simulated Notion under steady load, as much of it as 180 requests a minute carry:
 * what does a ticket cost in requests, and how soon do people see that they were understood?
 *
 *     node bench/notion-life.ts [--rate 0.9] [--seconds 240] [--minutes 1]
 */
import { parseArgs } from 'node:util';
import { atMost, printFigures } from './support/figures.ts';
import { liveWhole } from './support/lives.ts';
import { aNotionDesk } from './support/notion-desk.ts';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '0.9' },
    seconds: { type: 'string', default: '240' },
    minutes: { type: 'string', default: '1' },
  },
});
const [perSecond, seconds, minutes] = [Number(values.rate), Number(values.seconds), Number(values.minutes)];
const total = perSecond * seconds;

const desk = await aNotionDesk();
try {
  const figures = await liveWhole(desk, { perSecond, seconds, minutes, goal: 3.1 });
  const { mostInAWindow } = desk.notion.counters();
  printFigures(`${total} ticket lives of ${minutes} min at ${perSecond}/s on Notion`, [
    ...figures,
    { what: 'requests within 60 s, at most', value: mostInAWindow, unit: '', goal: atMost(180) },
  ]);
} finally {
  await desk.remove();
}
