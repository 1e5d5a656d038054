/** With what a drafted answer begins, by language. */
const GREETINGS: Readonly<Record<string, string>> = { en: 'Hello', de: 'Guten Tag', es: 'Hola', fr: 'Bonjour' };

/** `Hello Greta,` in the language of an answer, else in English; without a name where none is known. */
export function greeting(language: string, name: string): string {
  const hello = GREETINGS[language] ?? GREETINGS['en'] ?? '';
  return `${name === '' ? hello : `${hello} ${name}`},`;
}
