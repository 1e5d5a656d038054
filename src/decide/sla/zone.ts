/** A stretch of time in which a zone's clocks run evenly: local = instant + offset. Milliseconds; `until` is excluded. */
export interface Stretch {
  from: number;
  until: number;
  offset: number;
}

/** A time zone as plain arithmetic. */
export interface Zone {
  /** The stretch in which an instant lies. */
  stretchAt(at: number): Stretch;
}

/** The last instant that `Temporal` can name, in milliseconds. */
export const END_OF_TIME = 8.64e15;

/** About 25 days: short enough that hardly ever two changes of the clocks fall into one. */
const DRAWER = 2 ** 31;

/** The zones that were asked for; there are only so many. */
const zones = new Map<string, Zone>();

/**
 * Asks `Temporal` once for each stretch and remembers the answer, because due times are computed by the
 * thousand and a `ZonedDateTime` costs more than all the arithmetic. `timeZone` is an IANA name.
 */
export function zoneOf(timeZone: string): Zone {
  const known = zones.get(timeZone);
  if (known !== undefined) return known;
  const zone = createZone(timeZone);
  zones.set(timeZone, zone);
  return zone;
}

function createZone(timeZone: string): Zone {
  const drawers = new Map<number, Stretch[]>();
  return {
    stretchAt(at) {
      const drawer = Math.floor(at / DRAWER);
      const known = drawers.get(drawer);
      const found = known?.find(({ from, until }) => from <= at && at < until);
      if (found !== undefined) return found;
      const stretch = lookUp(timeZone, at);
      if (known === undefined) drawers.set(drawer, [stretch]);
      else known.push(stretch);
      return stretch;
    },
  };
}

function lookUp(timeZone: string, at: number): Stretch {
  const local = zoned(timeZone, at);
  const next = local.getTimeZoneTransition('next');
  // "Previous" means strictly before, and a stretch begins with the very instant of its change.
  const previous = zoned(timeZone, Math.min(at + 1, END_OF_TIME)).getTimeZoneTransition('previous');
  return {
    from: previous?.epochMilliseconds ?? -Infinity,
    until: next?.epochMilliseconds ?? Infinity,
    offset: local.offsetNanoseconds / 1e6,
  };
}

function zoned(timeZone: string, at: number): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
}
