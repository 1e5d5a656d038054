import type { Calendar } from '../decide/sla/calendar.ts';
import { readClock, type ClockReading } from '../decide/sla/clock.ts';
import { clockName } from '../decide/sla/reason.ts';
import { explainWalk, walkText } from '../decide/sla/walk.ts';
import { CLOCK_KINDS, type Clock } from '../domain/clock.ts';
import { dueMoment, moment } from './badges.ts';
import { icon, type Icon } from './icons.ts';
import { html, type Html } from './markup.ts';
import type { TicketView } from './ticket-view.ts';
import { minutesWords } from '../domain/sentences/words.ts';

const STATES: Readonly<Record<ClockReading['state'], { words: string; icon: Icon }>> = {
  idle: { words: 'Not started', icon: 'pause' },
  running: { words: 'Running', icon: 'clock' },
  paused: { words: 'Paused', icon: 'pause' },
  met: { words: 'Met', icon: 'check' },
  breached: { words: 'Breached', icon: 'alert' },
};

/** What was promised, and how much of it is used up. Running clocks first. */
export function clocksCard(view: TicketView): Html {
  const { calendars } = view.config.policy;
  const read = view.file.ticket.clocks.map((clock) => {
    const calendar = clock.calendar === null ? null : (calendars[clock.calendar] ?? null);
    return { clock, calendar, reading: readClock(clock, calendar, view.now) };
  });
  const [running, ended] = [read.filter(isGoing), read.filter((each) => !isGoing(each))];
  return html`<section class="card" aria-labelledby="clocks-title">
    <h2 class="td-card-title" id="clocks-title">Clocks</h2>
    ${read.length === 0 ? html`<p class="text-secondary">Nothing is promised for this ticket.</p>` : null}
    ${CLOCK_KINDS.map((kind) => {
      const clocks = [...running, ...ended].filter(({ clock }) => clock.kind === kind);
      if (clocks.length === 0) return null;
      return html`${kind === 'promise' ? html`<h3 class="td-card-sub">Promised to the requester</h3>` : null}
        <ul class="td-clocks">
          ${clocks.map((each) => clockItem(each, view))}
        </ul>`;
    })}
  </section>`;
}

interface Read {
  clock: Clock;
  calendar: Calendar | null;
  reading: ClockReading;
}

function isGoing({ reading }: Read): boolean {
  return reading.phase === 'running' || reading.phase === 'paused';
}

function clockItem(read: Read, view: TicketView): Html {
  const { clock, reading } = read;
  const { timeZone } = view.config.policy.desk;
  const state = STATES[reading.state];
  const isWarned = reading.state === 'running' && clock.warnedAt !== null;
  const name = `${clockName(clock)}${clock.instance > 1 ? ` ${clock.instance}` : ''}`;
  const used = `${minutesWords(reading.elapsedMinutes)} of ${minutesWords(reading.targetMinutes)}`;
  return html`<li class="td-clock td-clock-${isWarned ? 'warned' : reading.state}">
    <div class="td-clock-head">
      <h3>${name}</h3>
      <span class="td-clock-state">${icon(state.icon)}${isWarned ? 'At risk' : state.words}</span>
    </div>
    <progress
      max="${Math.max(reading.targetMinutes, 1)}"
      value="${Math.min(reading.elapsedMinutes, reading.targetMinutes)}"
      aria-label="${name}: ${used} used"
    ></progress>
    <p class="td-clock-figures"><span>${used}</span><span>${distance(reading, view)}</span></p>
    <p class="td-clock-more">${standing(reading, timeZone)}</p>
    <p class="td-clock-more">
      ${clock.policy}, ${clock.calendar === null ? 'every minute counts' : html`hours of <bdi>${clock.calendar}</bdi>`}
    </p>
    ${walk(read, timeZone)}
  </li>`;
}

/** How far from done: time until it is due, or what is left while it stands still. */
function distance(reading: ClockReading, { now, config }: TicketView): Html | string | null {
  if (reading.phase === 'paused') return `${minutesWords(Math.max(reading.remainingMinutes, 0))} left`;
  if (reading.phase !== 'running' || reading.dueAt === null) return null;
  return dueMoment(reading.dueAt, { now, timeZone: config.policy.desk.timeZone });
}

/** When it is due, was due, or was done. */
function standing(reading: ClockReading, timeZone: string): Html | string {
  if (reading.stoppedAt !== null) return html`Done ${moment(reading.stoppedAt, timeZone)}`;
  if (reading.phase === 'paused') return 'Stands still while we wait';
  return reading.dueAt === null
    ? 'Never due: its calendar does not open'
    : html`Due ${moment(reading.dueAt, timeZone)}`;
}

/** Day by day, how the minutes come together: why eight hours may be two days. */
function walk({ clock, calendar }: Read, timeZone: string): Html | null {
  const days = explainWalk(clock, calendar, timeZone);
  if (days.length < 2) return null;
  return html`<details class="td-walk">
    <summary>How it is counted</summary>
    <p>${walkText(days)}</p>
  </details>`;
}
