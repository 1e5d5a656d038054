import type { Language } from './topics/topic.ts';

const PLANS = ['Solo', 'Studio', 'Studio', 'House'] as const;

/** Somebody who writes to the desk. */
export interface Customer {
  name: string;
  email: string;
  business: string;
  language: Language;
  /** The plan, as the app tells it. */
  plan: 'Solo' | 'Studio' | 'House';
  isKey: boolean;
}

/** First name, last name, business; addresses are made of them. */
type Line = readonly [name: string, business: string];

const ENGLISH: readonly Line[] = [
  ['Greta Holm', 'Maple Yoga'],
  ['Oliver Hartley', 'Hartley Physio'],
  ['Priya Raman', 'Lotus Massage'],
  ['Nadia Haddad', 'Cedar Skin Care'],
  ['Jonas Lindqvist', 'Studio Nord'],
  ['Emily Clarke', 'Clarke Pilates'],
  ['Tomasz Nowak', 'Nowak Dental'],
  ['Aoife Byrne', 'Harbour Hair'],
  ['Marcus Bell', 'Iron Yard Gym'],
  ['Yuki Tanaka', 'Kumo Nails'],
  ['Fatima El Amrani', 'Rose Garden Spa'],
  ['Daniel Osei', 'Osei Osteopathy'],
  ['Hannah de Vries', 'Praktijk De Vries'],
  ['Leah Goldberg', 'Goldberg Speech Therapy'],
  ['Ravi Menon', 'Ayur House'],
  ['Charlotte Dubray', 'Atelier Dubray'],
  ['Ewan MacLeod', 'Highland Tattoo'],
  ['Sofia Rinaldi', 'Rinaldi Beauty'],
  ['Mikkel Sørensen', 'Sørensen Fysioterapi'],
  ['Grace Mbeki', 'Grace & Braid'],
  ['Peter van Dam', 'Van Dam Podotherapie'],
  ['Isla Robertson', 'Little Steps Midwives'],
  ['Karim Boulos', 'Boulos Barbers'],
  ['Zoe Papadaki', 'Salt Room'],
  ['Anton Weiss', 'Weiss Opticians'],
  ['Meilin Chua', 'Willow Acupuncture'],
  ['Rosie Fairweather', 'Paws & Bubbles'],
  ['Lars Bakken', 'Bakken Kiropraktikk'],
  ['Amara Okeke', 'Okeke Counselling'],
  ['Ben Trevors', 'Trevors Bike Repair'],
  ['Ingrid Aas', 'Fjord Float'],
  ['Joanna Pike', 'Pike Music School'],
  ['Viktor Dragan', 'Dragan Driving School'],
  ['Clara Monroe', 'Monroe Makeup'],
  ['Helen Sutcliffe', 'Moorside Nails'],
  ['Noor van Leeuwen', 'Bloom Kinderyoga'],
  ['Alice Thornbury', 'Thornbury Dance'],
  ['Bram Kuipers', 'Kuipers Kapper'],
  ['Catherine Odell', 'Odell Nutrition'],
  ['Dimitri Markou', 'Markou Physio'],
  ['Eva Lindgren', 'Lindgren Hud'],
  ['Felix Armstrong', 'Armstrong Climbing'],
  ['Gemma Bright', 'Bright Smiles'],
  ['Hugo Almeida', 'Almeida Barbers'],
  ['Imani Njoroge', 'Njoroge Wellness'],
  ['Jack Pemberton', 'Pemberton Piano'],
  ['Kirsten Dahl', 'Dahl Fodterapi'],
  ['Liam Gallacher', 'Gallacher Golf Lessons'],
  ['Maya Feldman', 'Feldman Therapy'],
  ['Niamh Doyle', 'Doyle Dog Grooming'],
  ['Owen Price', 'Price Chiropractic'],
  ['Paula Stevens', 'Stevens Sewing Studio'],
  ['Quinn Barlow', 'Barlow Photo'],
  ['Rachel Stein', 'Stein Dermatology'],
  ['Sanjay Kapoor', 'Kapoor Opticians'],
  ['Tess Vermeer', 'Vermeer Nagelstudio'],
  ['Uma Krishnan', 'Krishnan Yoga'],
  ['Vera Kolarova', 'Kolarova Cosmetics'],
  ['Wendy Marsh', 'Marsh Podiatry'],
  ['Xander Bosch', 'Bosch Fietsen'],
  ['Yasmin Rahimi', 'Rahimi Threading'],
  ['Zachary Cole', 'Cole Personal Training'],
  ['Abigail Frost', 'Frost Laser'],
  ['Bogdan Ilie', 'Ilie Massage'],
  ['Chidi Eze', 'Eze Boxing Club'],
  ['Daphne Laurier', 'Laurier Brows'],
  ['Erik Haugen', 'Haugen Tannlege'],
  ['Freya Madsen', 'Madsen Keramik'],
  ['Gareth Pugh-Jones', 'Pugh-Jones Hypnotherapy'],
  ['Hana Kobayashi', 'Kobayashi Shiatsu'],
  ['Ivo Petrov', 'Petrov Swim School'],
  ['Jasmine Carter', 'Carter Lashes'],
  ['Kofi Asante', 'Asante Cuts'],
  ['Lotte Hendriks', 'Hendriks Huidtherapie'],
  ['Maeve Connolly', 'Connolly Acupuncture'],
  ['Nathan Brooks', 'Brooks Car Detailing'],
  ['Olga Sokolova', 'Sokolova Ballet'],
  ['Pieter Smits', 'Smits Tandarts'],
];

const SPANISH: readonly Line[] = [
  ['Lucía Ferrer', 'Centro Ferrer'],
  ['Javier Morales', 'Peluquería Morales'],
  ['Carmen Ruiz', 'Ruiz Fisioterapia'],
  ['Marta Vidal', 'Vidal Estética'],
  ['Diego Castaño', 'Castaño Barbería'],
  ['Elena Prieto', 'Prieto Pilates'],
  ['Andrés Molina', 'Clínica Molina'],
  ['Rocío Navas', 'Navas Uñas'],
];

const FRENCH: readonly Line[] = [
  ['Hélène Garnier', 'Institut Garnier'],
  ['Mathieu Lefort', 'Cabinet Lefort'],
  ['Amélie Rousset', 'Yoga Rousset'],
  ['Julien Perrot', 'Barbier Perrot'],
  ['Sandrine Colin', 'Ostéo Colin'],
  ['Nicolas Aubert', 'Aubert Coiffure'],
];

const GERMAN: readonly Line[] = [
  ['Katrin Vogel', 'Praxis Vogel'],
  ['Stefan Brandt', 'Salon Brandt'],
  ['Ulrike Sommer', 'Kosmetik Sommer'],
  ['Jürgen Pohl', 'Physio Pohl'],
  ['Anja Kessler', 'Yogaraum Kessler'],
  ['Lena Hofmann', 'Hebammen am Park'],
  ['Markus Thiel', 'Thiel Zahntechnik'],
  ['Sabine Roth', 'Nagelstudio Roth'],
  ['Bernd Ackermann', 'Fahrschule Ackermann'],
  ['Nele Winter', 'Winter Logopädie'],
];

/** They bought an answer within the hour; the rules of the example desk know them by their domains. */
const KEY: readonly (readonly [name: string, business: string, domain: string])[] = [
  ['Dr Eleanor Shaw', 'Northside Clinics', 'northside-clinics.example.com'],
  ['Martin Adeyemi', 'Northside Clinics', 'northside-clinics.example.com'],
  ['Beatrice Fontaine', 'Hotel Meridian', 'hotel-meridian.example.com'],
  ['Rajesh Iyer', 'Hotel Meridian', 'hotel-meridian.example.com'],
  ['Simone Achterberg', 'City Spa', 'cityspa.example.org'],
];

/** Mail to this one comes back for good: there is no such mailbox. */
export const GONE = customer(['Sam Whitaker', 'Barber & Sons'], 'en');

/** The mail server of this one asks everybody to come again later. */
export const SLOW = customer(['Tariq Aziz', 'Aziz Eyecare'], 'en');

/** Everybody who writes, in an order that never changes. */
export const CUSTOMERS: readonly Customer[] = [
  ...ENGLISH.map((line) => customer(line, 'en')),
  ...SPANISH.map((line) => customer(line, 'es')),
  ...FRENCH.map((line) => customer(line, 'fr')),
  ...GERMAN.map((line) => customer(line, 'de')),
  ...KEY.map(([name, business, domain]) => ({ ...customer([name, business], 'en', domain), isKey: true })),
];

/** Somebody by name, also of those to whom no mail gets through. */
export function customerNamed(name: string): Customer {
  const found = [...CUSTOMERS, GONE, SLOW].find((each) => each.name === name);
  if (found === undefined) throw new Error(`Nobody is called "${name}".`);
  return found;
}

function customer([name, business]: Line, language: Language, domain = `${slug(business)}.example.com`): Customer {
  const plan = PLANS[name.length % PLANS.length] ?? 'Studio';
  const local = slug(name.replace(/^Dr /, '')).replaceAll('-', '.');
  return { name, business, language, plan, email: `${local}@${domain}`, isKey: false };
}

/** Letters of the Latin alphabet, words joined by hyphens: `Sørensen Fysioterapi` is `sorensen-fysioterapi`. */
function slug(text: string): string {
  return text
    .replaceAll('ø', 'o')
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z]+/g, '-')
    .replaceAll(/^-|-$/g, '');
}

/** Whom customers talk about: people of theirs, and clients. */
export const STAFF = ['Julia', 'Sanne', 'Chiara', 'Fiona', 'Dora', 'Ayla', 'Mona', 'Petra', 'Noemi', 'Iris'];
export const CLIENTS = [
  'Mrs Abbott',
  'Ms Keller',
  'Mrs Novak',
  'Ms Dahl',
  'Mrs Okafor-Lane',
  'Ms Petrova',
  'Mrs Jansen',
  'Ms Moreau',
];
