import type { Example } from '../../src/knowledge/classifier/index.ts';
import { createChance } from './chance.ts';

/** What people of a small shop write, in pieces that go together in any way. */
const PIECES: Readonly<Record<string, readonly (readonly string[])[]>> = {
  refund: [
    ['I want my money back', 'Please refund me', 'Can I get a refund', 'I would like to return it and be refunded'],
    ['for the broken lamp', 'for order 5512', 'because it never fitted', 'as you charged me twice', 'for both shirts'],
    ['thank you', 'as soon as you can', 'to the same card', 'please', 'I sent it back on Monday'],
  ],
  delivery: [
    ['Where is my parcel', 'My order has not arrived', 'The courier never came', 'Tracking shows nothing new'],
    ['since last week', 'for order 7731', 'although it was shipped on Friday', 'and nobody rang', 'at my address'],
    ['when will it be here', 'can you look into it', 'it was promised for Tuesday', 'please check', 'thanks'],
  ],
  password: [
    ['I cannot log in', 'The login page rejects me', 'I forgot my password', 'My account is locked'],
    ['after the update', 'on my phone', 'since this morning', 'with the right email', 'and the reset mail never comes'],
    ['can you unlock it', 'please send a new link', 'what should I do', 'help me sign in', 'thanks a lot'],
  ],
  invoice: [
    [
      'Please send me the invoice',
      'The VAT number on the bill is wrong',
      'I need a receipt',
      'Our accountant asks for a bill',
    ],
    ['for March', 'with our company name', 'for the last three orders', 'as a PDF', 'with the tax shown'],
    ['for our books', 'by Friday please', 'to this address', 'many thanks', 'we need it for the tax office'],
  ],
};

/** What it is about says nothing of what is wanted. */
const THINGS =
  `lamp shirt table kettle rug mirror chair curtain pillow blanket clock vase sofa shelf basket mug tray candle
  bench hook mat bowl jar frame towel stool desk bin rack pot`.split(/\s+/);

const DAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');

export const HELP_CATEGORIES: readonly string[] = Object.keys(PIECES);

/** Tickets of four categories, in turn: the same for the same seed, and others for another. */
export function helpTickets(count: number, seed = 1): Example[] {
  const random = createChance(seed);
  return Array.from({ length: count }, (_, index) => {
    const category = HELP_CATEGORIES[index % HELP_CATEGORIES.length] ?? '';
    return { ticket: index + 1, text: helpText(category, random), category, isCorrected: false };
  });
}

function helpText(category: string, random: () => number): string {
  const oneOf = (pieces: readonly string[]) => pieces[Math.floor(random() * pieces.length)] ?? '';
  const said = (PIECES[category] ?? []).map(oneOf).join(' ');
  return `${said}. It is about the ${oneOf(THINGS)} and the ${oneOf(THINGS)} of ${oneOf(DAYS)}.`;
}
