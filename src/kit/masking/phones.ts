import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import { type Detector, type Found, isCalled } from './found.ts';

/** With the code of a country: `+49 30 901820`, `0049 30 901820`, `+33 (0)6 12 34 56 78`. */
const INTERNATIONAL = /(?<![\w+])(?:\+|00(?=[1-9]))\d(?:[ \u00a0()./-]{0,3}\d){6,14}(?!\d)/g;

/** As numbers are grouped in North America. */
const NORTH_AMERICAN = /(?<![\w-])(?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[.-]\d{4}(?![\w-]|\.\d)/g;

/** With the 0 of a national number, in groups; or without, as mobile ones are often written. */
const NATIONAL = /(?<![\w+./-])\(?0\d{1,5}\)?(?:[ \u00a0/-]{1,3}\d{2,8}){1,5}(?![\w-])/g;
const MOBILE = /(?<![\w+./-])0(?:1[567]\d|[67])\d{7,9}(?![\w-])/g;
const SPANISH = /(?<![\w+./-])[6-9]\d{2}(?: \d{3} \d{3}| \d{2} \d{2} \d{2})(?![\w-])/g;

/** So many digits, however they are written, where the words before call them a number to ring. */
const ANY = /(?<![\w+])\(?\d(?:[ \u00a0()./-]{0,3}\d){5,14}(?![\w-])/g;
const CALLED_PHONE =
  /(?:\b(?:tele?(?:phone|fon|f(?:o|ó)no)?|phone|mobile?|cell|fax|handy|mobil|durchwahl|rufnummer|t[ée]l(?:[ée]phone)?|portable|m[óo]vil|celular|cellulare|telefoon|whatsapp|signal|call(?: me)?(?: back)?|ring(?: me)?|text me|ruf(?:en sie)?(?: mich)?|appelez[- ]moi|ll[áa]m[ae]me|reach me)\.?(?: ?(?:number|no\.?|nr\.?|nummer|num[ée]ro))?\s*(?:is|ist|est|es|at|on|under|unter|au|al|an|:|=)*\s*)$/i;

/** What a shop or a system counts, and nobody rings. */
const CALLED_OTHERWISE =
  /\b(?:order|invoice|tracking|parcel|shipment|ticket|case|sku|part|serial|reference|ref|version|error|code|customer|account|id|po|rechnung\w*|bestell\w*|auftrags?\w*|sendungs\w*|kunden\w*|artikel\w*|fehler\w*|facture|commande|client|pedido|cliente|factura|fattura|ordine)\.?(?:[ -]?(?:number|no\.?|nr\.?|id|num(?:éro|ero)?|nummer|code|n°))?\s*(?:is|was|ist|:|#|=)*\s*#?$/i;

const DATE = /(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}[./-]\d{1,2}[./-]\d{1,2})(?!\d)/;

/** Countries in which a number that begins with 0, or has nine digits, is one. */
const HOME: readonly CountryCode[] = ['DE', 'GB', 'FR', 'IT', 'NL', 'AT', 'CH', 'BE', 'IE', 'SE', 'AU', 'JP', 'ES'];

/** Fewer digits are an extension, and more are no number to ring (ITU-T E.164). */
const FEWEST_DIGITS = 6;
const MOST_DIGITS = 15;

/** Telephone numbers. Where nothing but the digits tells, their grouping and a country's own plan must fit. */
export function phones(text: string): readonly Found[] {
  return [
    ...candidates(text, INTERNATIONAL, (written) => isPossible(written.replace(/^00/, '+'))),
    ...candidates(text, ANY, (_, start) => isCalled(text, start, CALLED_PHONE)),
    ...[
      ...candidates(text, NORTH_AMERICAN, (written) => isPossible(written, 'US')),
      ...[NATIONAL, MOBILE, SPANISH].flatMap((shape) => candidates(text, shape, isOfSomeCountry)),
    ].filter(({ start }) => !isCalled(text, start, CALLED_OTHERWISE)),
  ];
}

function candidates(
  text: string,
  shape: RegExp,
  isOne: (written: string, start: number) => boolean,
): ReturnType<Detector> {
  return Array.from(text.matchAll(shape)).flatMap(({ 0: written, index: start }) => {
    const digits = written.replaceAll(/\D/g, '').length;
    const mayBe = digits >= FEWEST_DIGITS && digits <= MOST_DIGITS + 2 && !DATE.test(written);
    return mayBe && isOne(written, start) ? [{ kind: 'PHONE', start, end: start + written.length }] : [];
  });
}

/** By its length alone: people also write numbers that nobody has been given yet. */
function isPossible(written: string, country?: CountryCode): boolean {
  return (
    parsePhoneNumberFromString(written, {
      ...(country && { defaultCountry: country }),
      extract: false,
    })?.isPossible() ?? false
  );
}

function isOfSomeCountry(written: string): boolean {
  return HOME.some(
    (country) => parsePhoneNumberFromString(written, { defaultCountry: country, extract: false })?.isValid() ?? false,
  );
}
