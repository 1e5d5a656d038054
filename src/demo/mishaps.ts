import type { Mishap } from './scene.ts';
import type { Teller } from './teller.ts';

/** Machines that fill in every field of a form, the hidden one too. */
const SPAM = [
  'We bring your site to the first page of all search engines. Guaranteed. Answer YES for a free check.',
  'Dear owner, your domain expires today. Follow the link to keep it.',
  'Cheap followers for your business, starting at 9 dollars. Best quality, fast delivery!',
  'I am writing on behalf of a fund that would like to invest in companies such as yours.',
];

/** Requests that broke off on their way, as a proxy or an old version of the app left them. */
const UNREADABLE = [
  '{"id": "w-8812", "title": "Cannot see my week", "user": {"name": "Isla Robertson", "email": "isla.rob',
  '{"id": "w-9120", "title": "Label printer", "body": "The printer does not ans',
  'title=Refund&body=Where+is+my+refund%3F&user%5Bemail%5D=helen.sutcliffe%40moorside-nails.example.com{',
  '{"id": "w-9377", "title": "Two calendars", "body": "Since this morning I see two calend',
];

/** Days between one and the next. */
const EVERY = { spam: 6, unreadable: 13 };

/** What comes in and is no request, spread over the story, with some of each in its last days. */
export function mishapsOf(
  { chance, hours }: Teller,
  { begin, end }: { begin: Temporal.Instant; end: Temporal.Instant },
): readonly Mishap[] {
  const spread = (kind: Mishap['kind'], texts: readonly string[]) => {
    const list: Mishap[] = [];
    for (let ago = chance.between(2, 4); ; ago += EVERY[kind]) {
      const at = end.subtract({ hours: ago * 24, minutes: chance.between(0, 1000) });
      if (Temporal.Instant.compare(at, begin) <= 0) return list;
      list.push({ at, kind, text: texts[list.length % texts.length] ?? '', insistedAt: null });
    }
  };
  const unreadable = spread('unreadable', UNREADABLE.slice(1));
  const saved = unreadable.map((mishap, index) =>
    index === 1 ? { ...mishap, insistedAt: hours.after(mishap.at, 35, 'office') } : mishap,
  );
  const today: Mishap = {
    at: end.subtract({ minutes: 94 }),
    kind: 'unreadable',
    text: UNREADABLE[0] ?? '',
    insistedAt: null,
  };
  const tonight: Mishap = { at: end.subtract({ minutes: 312 }), kind: 'spam', text: SPAM[0] ?? '', insistedAt: null };
  return [...spread('spam', SPAM), ...saved, today, tonight].filter(
    ({ at }) => Temporal.Instant.compare(at, begin) > 0,
  );
}
