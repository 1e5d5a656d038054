import type { Customer } from './cast.ts';
import type { Chance } from './chance.ts';
import { fill, type Gaps } from './gaps.ts';
import type { Language } from './topics/topic.ts';

const GREETINGS: Readonly<Record<Language, readonly string[]>> = {
  en: ['Hello,', 'Hi there,', 'Good morning,', 'Dear team,', 'Hi,', 'Hello Bramble team,'],
  es: ['Hola:', 'Buenos días:', 'Hola, equipo:'],
  fr: ['Bonjour,', 'Bonjour à toute l’équipe,'],
  de: ['Guten Tag,', 'Hallo,', 'Guten Morgen,'],
};

const CLOSINGS: Readonly<Record<Language, readonly string[]>> = {
  en: ['Thanks', 'Best wishes', 'Kind regards', 'Cheers', 'Thank you'],
  es: ['Gracias', 'Un saludo', 'Muchas gracias'],
  fr: ['Merci', 'Cordialement', 'Merci d’avance'],
  de: ['Danke', 'Viele Grüße', 'Mit freundlichen Grüßen'],
};

const ANSWERS: Readonly<Record<Language, readonly [greeting: string, closing: string]>> = {
  en: ['Hello {first},', 'Best regards\n{agent}'],
  es: ['Hola, {first}:', 'Un saludo\n{agent}'],
  fr: ['Bonjour {first},', 'Bien cordialement\n{agent}'],
  de: ['Guten Tag {first},', 'Viele Grüße\n{agent}'],
};

const THANKS: Readonly<Record<Language, readonly string[]>> = {
  en: [
    'That did it, thank you very much!',
    'Perfect, thanks for the quick help.',
    'Works now. Thank you, {agent}!',
    'Great, all good now. Have a nice day!',
    'Thank you! I would never have found that.',
    'Ah, that easy. Thanks a lot.',
    'Wonderful, you can close this.',
  ],
  es: ['¡Perfecto, muchas gracias!', 'Ya funciona. ¡Gracias por la rapidez!'],
  fr: ['Parfait, merci beaucoup !', 'C’est réglé, merci pour votre rapidité.'],
  de: ['Wunderbar, vielen Dank!', 'Jetzt geht es. Danke für die schnelle Hilfe!'],
};

/** A letter of a customer. Some greet, most sign, and those who are in a hurry do neither. */
export function customersLetter(
  text: string,
  { customer, gaps, chance }: { customer: Customer; gaps: Gaps; chance: Chance },
): string {
  const body = fill(text, gaps);
  const greets = chance.isLucky(0.75);
  const signs = chance.isLucky(0.8);
  const name = chance.isLucky(0.5) ? customer.name : firstName(customer);
  const begin = greets ? `${chance.pick(GREETINGS[customer.language])}\n\n` : '';
  const end = signs ? `\n\n${chance.pick(CLOSINGS[customer.language])}\n${name}` : '';
  return `${begin}${begun(body, customer.language, greets)}${end}`;
}

/** A letter of ours; whoever sends it fills in {agent}. */
export function ourLetter(text: string, { customer, gaps }: { customer: Customer; gaps: Gaps }): string {
  const [greeting, closing] = ANSWERS[customer.language];
  const first = customer.name.startsWith('Dr ') ? customer.name.replace(/ .* /, ' ') : firstName(customer);
  return `${fill(greeting, { first })}\n\n${begun(fill(text, gaps), customer.language, true)}\n\n${closing}`;
}

/** What somebody writes who is content. */
export function thanks(chance: Chance, language: Language): string {
  return chance.pick(THANKS[language]);
}

function firstName({ name }: Customer): string {
  return name.replace(/^Dr /, '').split(' ')[0] ?? name;
}

/** In German a letter goes on in lower case after its greeting. */
function begun(text: string, language: Language, isGreeted: boolean): string {
  return language === 'de' && isGreeted ? text : text.charAt(0).toUpperCase() + text.slice(1);
}
