import { customerNamed } from './cast.ts';
import type { Mishap } from './scene.ts';
import type { Teller } from './teller.ts';

/** Machines that fill in every field of a form, the hidden one too. */
const SPAM = [
  'We bring your site to the first page of all search engines. Guaranteed. Answer YES for a free check.',
  'Dear owner, your domain expires today. Follow the link to keep it.',
  'Cheap followers for your business, starting at 9 dollars. Best quality, fast delivery!',
  'I am writing on behalf of a fund that would like to invest in companies such as yours.',
];

/** Requests that broke off on their way, as a proxy or an old version of the app left them, and whose they were. */
const UNREADABLE = [
  {
    text: '{"id": "w-8812", "title": "Cannot see my week", "user": {"name": "Isla Robertson", "email": "isla.rob',
    from: 'Isla Robertson',
    note: 'Rang Isla: her tablet still had the app of last year. Updated, week is there.',
  },
  {
    text: 'title=Refund&body=Where+is+my+refund%3F&user%5Bemail%5D=helen.sutcliffe%40moorside-nails.example.com{',
    from: 'Helen Sutcliffe',
    note: 'Came through an old plugin of hers. The refund went out yesterday, told her so on the phone.',
  },
  {
    text: '{"id": "w-9120", "title": "Label printer", "user": {"name": "Tomasz Nowak"}, "body": "The printer does not ans',
    from: 'Tomasz Nowak',
    note: 'Rang Tomasz: the printer had no paper. Nobody is angry.',
  },
  {
    text: '{"id": "w-9377", "title": "Two calendars", "user": {"name": "Eva Lindgren"}, "body": "Since this morning I see two calend',
    from: 'Eva Lindgren',
    note: 'Eva had opened the page twice. Settled by phone.',
  },
] as const;

/** Days between one and the next. */
const SPAM_EVERY = 9;
const UNREADABLE_EVERY = 15;

/** What broke off within so many days nobody has looked after yet. */
const LEFT_ALONE = { hours: 5 * 24 };

/** What comes in and is no request: now and then throughout the story, and one of each in its last hours. */
export function mishapsOf(
  { chance, hours }: Teller,
  { begin, end }: { begin: Temporal.Instant; end: Temporal.Instant },
): readonly Mishap[] {
  /** Every so many days, back from the end. */
  function spread(every: number): readonly Temporal.Instant[] {
    const days = Math.floor(end.since(begin).total('days') / every);
    return Array.from({ length: days }, (_, index) =>
      end.subtract({ hours: (index * every + 3) * 24, minutes: chance.between(0, 1000) }),
    );
  }

  function unreadable(at: Temporal.Instant, index: number): Mishap {
    const { text, from, note } = UNREADABLE[index % UNREADABLE.length] ?? UNREADABLE[0];
    if (Temporal.Instant.compare(at, end.subtract(LEFT_ALONE)) > 0)
      return { at, kind: 'unreadable', text, rescue: null };
    const foundAt = hours.after(at, 35, 'office');
    const rescue = { at: foundAt, settledAt: hours.after(foundAt, 24, 'office'), from: customerNamed(from), note };
    return { at, kind: 'unreadable', text, rescue };
  }

  function spam(at: Temporal.Instant, index: number): Mishap {
    return { at, kind: 'spam', text: SPAM[index % SPAM.length] ?? '', rescue: null };
  }

  return [
    ...[end.subtract({ minutes: 94 }), ...spread(UNREADABLE_EVERY)].map(unreadable),
    ...[end.subtract({ minutes: 312 }), ...spread(SPAM_EVERY)].map(spam),
  ];
}
