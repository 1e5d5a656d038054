import { type Customer, customerNamed, GONE, SLOW } from './cast.ts';
import { chooseGaps, fill, type Gaps } from './gaps.ts';
import type { Pattern } from './hours.ts';
import { customersLetter, ourLetter } from './letters.ts';
import { passOn } from './plot.ts';
import type { Act, Deed, Scene } from './scene.ts';
import type { Teller } from './teller.ts';
import { type TopicGroup, topicNamed } from './topics/index.ts';
import type { Topic } from './topics/topic.ts';

/** What is said: the part of the topic that holds the words. */
type Saying = 'answer' | 'ask' | 'told' | 'hold' | 'again' | 'note' | 'pass on';

/** What was done, and how many minutes before the end. */
type Beat = readonly [
  ago: number,
  deed: Saying | Extract<Deed, { do: 'status' | 'hand over' | 'give back' | 'repeat' }>,
];

interface Entry {
  /** Minutes before the end at which it came in, by whose hours they count. */
  ago: number;
  by?: Pattern;
  topic: readonly [group: TopicGroup, subject: string];
  customer: string;
  via?: Scene['via'];
  beats?: readonly Beat[];
}

const PENDING = { do: 'status', to: 'pending' } as const;
const NEEDS_INFO = { do: 'status', to: 'needs_info' } as const;
const ON_HOLD = { do: 'status', to: 'on_hold' } as const;
const RESOLVED = { do: 'status', to: 'resolved' } as const;
const TO_LENA = { do: 'hand over', to: 'Lena Vogt' } as const;

/**
 * How the desk stands at the end, whatever the hour: tickets of every state, some at risk, some late, some
 * that wait for a person. The minutes go with the targets in sla.yaml of the example desk.
 */
const FINALE: readonly Entry[] = [
  // Nobody has answered yet, and soon somebody should: the warning went out, the due time is ahead.
  { ago: 42, by: 'always', topic: ['outages', 'Nobody can book'], customer: 'Karim Boulos', via: 'app' },
  // Two others write the same, so that it is an incident now.
  { ago: 34, by: 'always', topic: ['reports', 'Booking page says something went wrong'], customer: 'Jonas Lindqvist' },
  { ago: 27, by: 'always', topic: ['reports', 'Error after choosing a time'], customer: 'Bram Kuipers', via: 'app' },
  { ago: 107, topic: ['refunds', 'Charged twice for {month}'], customer: 'Emily Clarke' },
  { ago: 208, topic: ['bugs', 'Reminders did not arrive'], customer: 'Aoife Byrne', via: 'app' },
  { ago: 470, topic: ['questions', 'Courses with {count} places'], customer: 'Noor van Leeuwen' },
  { ago: 52, by: 'extended', topic: ['questions', 'Two things for one appointment'], customer: 'Rajesh Iyer' },

  // Too late.
  { ago: 196, topic: ['refunds', 'Still no refund'], customer: 'Helen Sutcliffe' },
  { ago: 331, topic: ['bugs', 'Calendar is very slow'], customer: 'Marcus Bell', via: 'app' },
  { ago: 88, by: 'extended', topic: ['accounts', 'Invitation does not arrive'], customer: 'Dr Eleanor Shaw' },
  {
    ago: 960,
    topic: ['accounts', 'Logged out every hour'],
    customer: 'Ravi Menon',
    beats: [
      [900, 'ask'],
      [899, PENDING],
      [395, 'told'],
    ],
  },

  // We wait for the customer.
  {
    ago: 800,
    topic: ['billing', 'VAT number missing on invoice {invoice}'],
    customer: 'Peter van Dam',
    beats: [
      [700, 'ask'],
      [699, PENDING],
    ],
  },
  {
    ago: 520,
    topic: ['bugs', 'Our mails land in spam'],
    customer: 'Clara Monroe',
    via: 'app',
    beats: [
      [455, 'ask'],
      [454, PENDING],
    ],
  },
  {
    ago: 1300,
    topic: ['accounts', 'New account owner'],
    customer: 'Joanna Pike',
    beats: [
      [1180, 'ask'],
      [1179, NEEDS_INFO],
    ],
  },
  {
    ago: 610,
    topic: ['migrations', 'Moving from paper and a spreadsheet'],
    customer: 'Rosie Fairweather',
    beats: [
      [598, TO_LENA],
      [560, 'ask'],
      [559, NEEDS_INFO],
    ],
  },

  {
    ago: 1250,
    topic: ['bugs', 'Google calendar: every appointment twice'],
    customer: 'Abigail Frost',
    beats: [
      [1190, 'ask'],
      [1189, PENDING],
    ],
  },
  {
    ago: 1900,
    topic: ['billing', 'Discount for charities?'],
    customer: 'Imani Njoroge',
    via: 'app',
    beats: [
      [1790, 'ask'],
      [1789, PENDING],
    ],
  },

  // Others have to do something first. These three are all that Lena takes at a time.
  {
    ago: 1500,
    topic: ['bugs', 'App crashes on {phone}'],
    customer: 'Grace Mbeki',
    via: 'app',
    beats: [
      [1380, 'hold'],
      [1379, ON_HOLD],
      [1375, 'note'],
    ],
  },
  {
    ago: 1100,
    topic: ['accounts', 'Sign in with our company account'],
    customer: 'Anton Weiss',
    beats: [
      [1010, 'hold'],
      [1009, ON_HOLD],
    ],
  },
  {
    ago: 2400,
    topic: ['migrations', 'Switching from another calendar'],
    customer: 'Viktor Dragan',
    beats: [
      [2390, TO_LENA],
      [2100, 'hold'],
      [2099, ON_HOLD],
    ],
  },
  {
    ago: 1900,
    topic: ['migrations', 'Bring over our second location'],
    customer: 'Lars Bakken',
    beats: [
      [1880, TO_LENA],
      [1700, 'hold'],
      [1699, ON_HOLD],
    ],
  },

  // So these wait in the queue until she has room.
  { ago: 300, topic: ['migrations', 'Packages from our old system'], customer: 'Sofia Rinaldi' },
  { ago: 64, topic: ['migrations', 'Import stopped half way'], customer: 'Greta Holm', via: 'app' },

  // No rule knows what these are about.
  { ago: 22, by: 'always', topic: ['unclear', '???'], customer: 'Zoe Papadaki', via: 'app' },
  { ago: 96, topic: ['unclear', 'That thing from {weekday}'], customer: 'Oliver Hartley' },
  { ago: 205, topic: ['unclear', 'Hello'], customer: 'Ingrid Aas' },
  { ago: 350, topic: ['unclear', 'Partnership'], customer: 'Ben Trevors' },

  // Settled, and back again.
  {
    ago: 1450,
    topic: ['bugs', 'Tablet freezes at check-in'],
    customer: 'Amara Okeke',
    beats: [
      [1370, 'answer'],
      [1369, RESOLVED],
      [140, 'again'],
    ],
  },
  {
    ago: 900,
    topic: ['billing', 'Payment failed for {month}'],
    customer: 'Meilin Chua',
    beats: [
      [850, 'answer'],
      [849, RESOLVED],
      [45, 'again'],
    ],
  },

  // In good hands.
  {
    ago: 400,
    topic: ['refunds', 'Charged after we cancelled'],
    customer: 'Daniel Osei',
    beats: [
      [360, 'note'],
      [352, { do: 'hand over', to: 'Mira Shah' }],
    ],
  },
  {
    ago: 260,
    topic: ['bugs', 'Double booked at {time}'],
    customer: 'Charlotte Dubray',
    via: 'app',
    beats: [
      [190, 'hold'],
      [180, 'note'],
    ],
  },

  {
    ago: 420,
    topic: ['bugs', 'Photo upload ends with an error'],
    customer: 'Nathan Brooks',
    via: 'app',
    beats: [[235, { do: 'give back' }]],
  },
  { ago: 128, topic: ['bugs', 'Totals of {month} are wrong'], customer: 'Eva Lindgren', beats: [[97, 'pass on']] },
  { ago: 84, topic: ['accounts', 'Reset mail missing'], customer: 'Owen Price', beats: [[61, 'pass on']] },
  { ago: 155, topic: ['phone', 'Rang about invoice {invoice}'], customer: 'Alice Thornbury', via: 'phone' },

  // A wish, of which nobody was promised anything.
  { ago: 390, topic: ['ideas', 'Idea: waiting list by text message'], customer: 'Quinn Barlow' },

  // Just in.
  { ago: 5, by: 'always', topic: ['questions', 'Gift vouchers'], customer: 'Hannah de Vries' },
  { ago: 13, by: 'always', topic: ['billing', 'Receipt for {month}'], customer: 'Tomasz Nowak', via: 'app' },
  {
    ago: 31,
    by: 'always',
    topic: ['bugs', 'Widget broken on our site'],
    customer: 'Isla Robertson',
    beats: [[29, { do: 'repeat' }]],
  },
  { ago: 38, by: 'always', topic: ['spanish', 'No puedo iniciar sesión'], customer: 'Lucía Ferrer' },

  // Settled today.
  {
    ago: 280,
    topic: ['billing', 'Please send invoices to our bookkeeper'],
    customer: 'Ewan MacLeod',
    beats: [
      [200, 'answer'],
      [199, RESOLVED],
    ],
  },
  {
    ago: 170,
    topic: ['accounts', 'Locked out'],
    customer: 'Yuki Tanaka',
    beats: [
      [150, 'answer'],
      [148, RESOLVED],
    ],
  },

  // To whom no mail gets through.
  {
    ago: 750,
    topic: ['billing', 'Yearly plan'],
    customer: GONE.name,
    beats: [
      [600, 'answer'],
      [598, RESOLVED],
    ],
  },
  {
    ago: 230,
    topic: ['questions', 'Language of the booking page'],
    customer: SLOW.name,
    beats: [
      [70, 'answer'],
      [69, RESOLVED],
    ],
  },
];

/** The last scenes of every story. */
export function finale(teller: Teller, end: Temporal.Instant): readonly Scene[] {
  return FINALE.map((entry) => told(entry, teller, end));
}

function told(
  { ago, by = 'office', topic: [group, subject], customer: name, via = 'website', beats = [] }: Entry,
  teller: Teller,
  end: Temporal.Instant,
): Scene {
  const { chance, hours } = teller;
  const at = hours.before(end, ago, by);
  const topic = topicNamed(group, subject);
  const customer = customerNamed(name);
  const gaps = chooseGaps(chance, { customer, on: at.toZonedDateTimeISO(hours.timeZone).toPlainDate() });
  const words = { topic, customer, gaps, teller };
  return {
    at,
    via,
    customer,
    subject: fill(subject, gaps),
    text: via === 'phone' ? fill(topic.text, gaps) : customersLetter(topic.text, { customer, gaps, chance }),
    file: topic.file === undefined ? null : fill(topic.file, gaps),
    acts: beats.map(([minutes, deed]): Act => ({ ...deedOf(deed, words), at: hours.before(end, minutes, by) })),
  };
}

interface Words {
  topic: Topic;
  customer: Customer;
  gaps: Gaps;
  teller: Teller;
}

function deedOf(deed: Beat[1], { topic, customer, gaps, teller }: Words): Deed {
  const ours = (text = topic.answer): Deed => ({ do: 'answer', text: ourLetter(text, { customer, gaps }) });
  const theirs = (text = ''): Deed => ({ do: 'write', text: customersLetter(text, { customer, gaps, ...teller }) });
  switch (deed) {
    case 'answer':
      return ours();
    case 'ask':
      return ours(topic.ask?.[0]);
    case 'hold':
      return ours(topic.hold?.[0]);
    case 'told':
      return theirs(topic.ask?.[1]);
    case 'again':
      return theirs(topic.again?.[0]);
    case 'note':
      return { do: 'note', text: fill(topic.hold?.[1] ?? topic.note ?? '', gaps) };
    case 'pass on':
      return passOn(topic);
    default:
      return deed;
  }
}
