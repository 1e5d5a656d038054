import { CLIENTS, type Customer, STAFF } from './cast.ts';
import type { Chance } from './chance.ts';
import type { Language } from './topics/topic.ts';

/** What stands in the gaps of a ticket's texts, the same in all of them. */
export type Gaps = Readonly<Record<string, string>>;

const SERVICES = ['Deep tissue', 'Balayage', 'Manicure', 'First consultation', 'Facial', 'Pilates duo', 'Beard trim'];
const BROWSERS = ['Safari', 'Firefox', 'Chrome', 'Edge'];
const PHONES = ['Galaxy A54', 'Pixel 8', 'iPhone 13', 'iPhone SE', 'Fairphone 5'];
const TIMES = ['8:30', '9:00', '9:45', '10:15', '11:00', '14:30', '16:00', '17:15'];

/** Chooses what this customer speaks of on this day. */
export function chooseGaps(chance: Chance, { customer, on }: { customer: Customer; on: Temporal.PlainDate }): Gaps {
  const { language, business, plan, email } = customer;
  const earlier = on.subtract({ days: chance.between(3, 16) });
  return {
    business,
    plan,
    domain: email.slice(email.indexOf('@') + 1),
    invoice: `BR-${on.year}-${chance.between(10_412, 19_870)}`,
    amount: `€${chance.pick([19, 29, 38, 49, 58, 79, 87, 116, 147, 290, 490])}.00`,
    month: monthOf(on, language),
    lastMonth: monthOf(on.subtract({ months: 1 }), language),
    date: written(earlier, { day: 'numeric', month: 'long' }, language),
    weekday: written(earlier, { weekday: 'long' }, language),
    time: chance.pick(TIMES),
    client: chance.pick(CLIENTS),
    staff: chance.pick(STAFF),
    service: chance.pick(SERVICES),
    browser: chance.pick(BROWSERS),
    phone: chance.pick(PHONES),
    count: String(chance.between(3, 12)),
    big: `${chance.between(1, 9)},${chance.between(100, 989)}`,
    digits: String(chance.between(1012, 9874)),
    vat: `NL${chance.between(801_000_000, 864_999_999)}B01`,
  };
}

/** Fills the gaps of a text; an unknown one is a mistake of the text and stays to be seen. */
export function fill(text: string, gaps: Gaps): string {
  return text.replaceAll(/\{(\w+)\}/g, (gap, name: string) => gaps[name] ?? gap);
}

function monthOf(date: Temporal.PlainDate, language: Language): string {
  return written(date, { month: 'long' }, language);
}

const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', es: 'es-ES', fr: 'fr-FR', de: 'de-DE' };

function written(date: Temporal.PlainDate, options: Intl.DateTimeFormatOptions, language: Language): string {
  return date.toLocaleString(LOCALES[language], options);
}
