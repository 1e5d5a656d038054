import type { Customer } from './cast.ts';
import type { Chance } from './chance.ts';
import { chooseGaps, fill } from './gaps.ts';
import type { Hours } from './hours.ts';
import { customersLetter } from './letters.ts';
import { actsOf, choosePlot } from './plot.ts';
import type { Scene } from './scene.ts';
import type { Topic } from './topics/topic.ts';

/** Somebody presses the button twice, or sends it again because no answer came within minutes. */
const SENT_TWICE = 0.02;

/** What telling needs. */
export interface Teller {
  chance: Chance;
  hours: Hours;
}

/** Who writes about what, and when. */
export interface Drawn {
  at: Temporal.Instant;
  topic: Topic;
  customer: Customer;
  via: Scene['via'];
  /** Whether it goes badly for this customer of late. */
  isUnhappy?: boolean;
}

/** One request, told in the customer's words, with everything that follows. */
export function sceneOf({ at, topic, customer, via, isUnhappy = false }: Drawn, teller: Teller): Scene {
  const { chance, hours } = teller;
  const on = at.toZonedDateTimeISO(hours.timeZone).toPlainDate();
  const gaps = chooseGaps(chance, { customer, on });
  const casting = { topic, customer, gaps, at, isUnhappy };
  const acts = actsOf(choosePlot(chance, topic), casting, teller);
  const again = via === 'website' && chance.isLucky(SENT_TWICE);
  const repeat = { do: 'repeat' as const, at: at.add({ seconds: chance.between(70, 220) }) };
  return {
    at,
    via,
    customer,
    subject: fill(chance.pick(topic.subjects), gaps),
    text: via === 'phone' ? fill(topic.text, gaps) : customersLetter(topic.text, { customer, gaps, chance }),
    file: topic.file === undefined || !chance.isLucky(0.7) ? null : fill(topic.file, gaps),
    acts: again ? [repeat, ...acts] : acts,
  };
}
