import { byPattern, type Detector, isCalled } from './found.ts';

/** Beginnings and lengths of the numbers of cards, by ISO/IEC 7812 and what the networks publish. */
const CARD_NETWORKS: readonly { begins: RegExp; lengths: readonly number[] }[] = [
  { begins: /^4/, lengths: [13, 16, 19] },
  { begins: /^(?:5[1-5]|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720))/, lengths: [16] },
  { begins: /^3[47]/, lengths: [15] },
  { begins: /^(?:30[0-5]|3[689])/, lengths: [14, 16, 19] },
  { begins: /^(?:6011|64[4-9]|65)/, lengths: [16, 19] },
  { begins: /^35(?:2[89]|[3-8]\d)/, lengths: [16, 19] },
  { begins: /^62/, lengths: [16, 17, 18, 19] },
  { begins: /^(?:5018|5020|5038|5893|6304|6759|676[1-3])/, lengths: [12, 13, 14, 15, 16, 17, 18, 19] },
];

const DIGITS_IN_GROUPS = /(?<![\w.-])\d(?:[ -]?\d){11,18}(?![\w-])/;

/** How many characters the IBAN of a country has (registry of SWIFT, release 99). */
const IBAN_LENGTHS: Readonly<Record<number, string>> = {
  15: 'NO',
  16: 'BE',
  18: 'DK FI FO GL NL SD',
  19: 'MK SI',
  20: 'AT BA EE KZ LT LU XK MN',
  21: 'CH HR LI LV',
  22: 'BG BH CR DE GB GE IE ME RS VA',
  23: 'AE GI IL IQ OM SO TL',
  24: 'AD CZ ES MD PK RO SA SE SK TN VG',
  25: 'LY PT ST',
  26: 'IS TR',
  27: 'BI DJ FR GR IT MC MR SM',
  28: 'AL AZ BY CY DO GT HU LB NI PL SV',
  29: 'BR EG PS QA UA',
  30: 'JO KW MU YE',
  31: 'MT SC',
  32: 'LC',
  33: 'RU',
};
const IBAN_LENGTH = new Map(
  Object.entries(IBAN_LENGTHS).flatMap(([length, countries]) =>
    countries.split(' ').map((country): [string, number] => [country, Number(length)]),
  ),
);

const IBAN_BEGINNING = /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?=[ -]?[A-Za-z0-9])/g;

/** `123-45-6789`; those that were never given out are no person's. */
const SOCIAL_SECURITY = /(?<![\d-])(?!000|666|9\d\d)\d{3}([- ])(?!00)\d{2}\1(?!0000)\d{4}(?![\d-])/;

/** Said to be one, however it is written. */
const SAID_TO_BE_ID =
  /\b(?:ssn|social security(?: number)?|tax id|steuer-?id|steueridentifikationsnummer|sozialversicherungsnummer|national insurance(?: number)?|passport(?: number| no\.?)?|reisepass(?:nummer)?|personalausweis(?:nummer)?|id card(?: number)?|dni|nie|codice fiscale|cpf|bsn|personnummer|pesel)\s*(?:is|ist|lautet|est|es|è|é|no\.?|nr\.?|:|#|=)*\s*(?<it>(?=[A-Z0-9./ -]*\d[A-Z0-9./ -]*\d[A-Z0-9./ -]*\d)[A-Z0-9][A-Z0-9./-]{5,20}(?: \d{2,6}){0,4})/i;

const NATIONAL_INSURANCE =
  /\b(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]\b/;
const CODICE_FISCALE = /\b[A-Z]{6}\d{2}[ABCDEHLMPRST]\d{2}[A-Z]\d{3}[A-Z]\b/;
const SPANISH_ID = /\b[XYZ\d]\d{7}-?[A-Z]\b/;
const FRENCH_ID = /(?<!\d)[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?\d[\dAB] ?\d{3} ?\d{3} ?\d{2}(?!\d)/;

/** What a shop counts, and not a person's. */
const COUNTED =
  /\b(?:order|invoice|tracking|parcel|shipment|ticket|case|sku|part|serial|reference|ref|rechnung\w*|bestell\w*|auftrags?\w*|sendungs\w*|facture|commande|pedido|factura|fattura|ordine)\.?(?:[ -]?(?:number|no\.?|nr\.?|id|num(?:éro|ero)?|nummer|code|n°))?\s*(?:is|was|ist|:|#|=)*\s*#?$/i;

/** Numbers that are a person's, told by their check digits. */
export const NUMBER_DETECTORS: readonly Detector[] = [
  ibans,
  (text) => byPattern('CARD', DIGITS_IN_GROUPS, isCard)(text).filter(({ start }) => !isCalled(text, start, COUNTED)),
  byPattern('ID_NUMBER', SOCIAL_SECURITY),
  byPattern('ID_NUMBER', SAID_TO_BE_ID),
  byPattern('ID_NUMBER', NATIONAL_INSURANCE),
  byPattern('ID_NUMBER', CODICE_FISCALE),
  byPattern('ID_NUMBER', SPANISH_ID, isSpanishId),
  byPattern('ID_NUMBER', FRENCH_ID, isFrenchId),
];

function isCard(written: string): boolean {
  const digits = written.replaceAll(/\D/g, '');
  const isOfNetwork = CARD_NETWORKS.some(
    ({ begins, lengths }) => begins.test(digits) && lengths.includes(digits.length),
  );
  return isOfNetwork && hasLuhnDigit(digits);
}

/** ISO/IEC 7812-1, annex B: every second digit from the right counts twice. */
function hasLuhnDigit(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** From each place where one may begin, as many characters as its country's have. */
function ibans(text: string): ReturnType<Detector> {
  return Array.from(text.matchAll(IBAN_BEGINNING)).flatMap(({ 0: begin, index: start }) => {
    const length = IBAN_LENGTH.get(begin.slice(0, 2).toUpperCase());
    const end = length === undefined ? null : endOf(text, start, length);
    return end !== null && hasIbanCheck(text.slice(start, end)) ? [{ kind: 'IBAN', start, end }] : [];
  });
}

/** Where so many letters and digits end, however they are grouped. */
function endOf(text: string, start: number, length: number): number | null {
  let counted = 0;
  for (let at = start; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (/[A-Za-z0-9]/.test(sign)) counted += 1;
    else if (!/[ \u00a0.-]/.test(sign)) return null;
    if (counted === length) return at + 1;
  }
  return null;
}

/** ISO 13616: the first four at the end, letters as numbers, and 1 left of a division by 97. */
function hasIbanCheck(written: string): boolean {
  const plain = written.replaceAll(/[^A-Za-z0-9]/g, '').toUpperCase();
  const numbers = `${plain.slice(4)}${plain.slice(0, 4)}`.replaceAll(/[A-Z]/g, (letter) =>
    String(letter.charCodeAt(0) - 'A'.charCodeAt(0) + 10),
  );
  return BigInt(numbers) % 97n === 1n;
}

function isSpanishId(written: string): boolean {
  const digits = written.replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter))).replaceAll(/\D/g, '');
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(digits) % 23] === written.at(-1);
}

/** The two last digits are what is missing to a multiple of 97; Corsica's letters count as numbers. */
function isFrenchId(written: string): boolean {
  const plain = written.replaceAll(' ', '').replace('2A', '19').replace('2B', '18');
  return /^\d{15}$/.test(plain) && 97n - (BigInt(plain.slice(0, 13)) % 97n) === BigInt(plain.slice(13));
}
