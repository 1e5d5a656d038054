/**
 * Whole ticket lives on a simulated Airtable under steady load: what does a ticket cost in requests, and how
 * soon do people see that they were understood?
 *
 *     node bench/airtable-life.ts [--rate 4] [--seconds 120] [--minutes 1]
 */
import { parseArgs } from 'node:util';
import { anAirtableDesk } from './support/airtable-desk.ts';
import { atMost, printFigures } from './support/figures.ts';
import { liveWhole } from './support/lives.ts';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '4' },
    seconds: { type: 'string', default: '120' },
    minutes: { type: 'string', default: '1' },
  },
});
const [perSecond, seconds, minutes] = [Number(values.rate), Number(values.seconds), Number(values.minutes)];
const total = perSecond * seconds;

const desk = await anAirtableDesk();
try {
  const figures = await liveWhole(desk, { perSecond, seconds, minutes, goal: 0.7 });
  const { recordsWritten, mostInASecond } = desk.airtable.counters();
  printFigures(`${total} ticket lives of ${minutes} min at ${perSecond}/s on Airtable`, [
    ...figures,
    { what: 'rows written for a ticket', value: recordsWritten / total, unit: '' },
    { what: 'requests within one second, at most', value: mostInASecond, unit: '', goal: atMost(5) },
  ]);
} finally {
  await desk.remove();
}
