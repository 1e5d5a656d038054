import { describe, expect, it } from 'vitest';
import { isGratitude, saysSolved } from '../../src/decide/gratitude.ts';

const NAMES = ['Anna Schmidt', 'Bea Okafor'];

const THANKS: readonly string[] = [
  'Thanks!',
  'thank you',
  'THANK YOU SO MUCH!!!',
  'Thx 👍🏽',
  '👍',
  'Perfect, that works, thank you very much',
  'Many thanks for your quick help.',
  'Ok great, thanks a lot :-)',
  'Thanks, that solved it. Have a great day!',
  'Hi Bea,\n\nthank you for the quick response and your help.\n\nBest regards\nAnna Schmidt\nHead of Sales, ACME Ltd.\nTel. +49 30 123456\nwww.acme.example',
  'Thank you very much\nfor the fast answer, it works now.',
  'Awesome, it’s working again. Cheers, Bea',
  'Thanks,\nAnna',
  'Much appreciated!\n\nSent from my iPhone',
  'Brilliant, you’re the best.\nThank you!\n\nOn Tue, 3 Mar 2026 at 10:12, Support <help@bramble.example> wrote:\n> Did that help? The error 500 should be gone.\n> If not, please write again.',
  'thanks\n-- \nAnna Schmidt | Is your data safe? Ask us! | https://acme.example',
  'You can close the ticket, everything works perfectly now. Thank you!',
  'I really appreciate your help',
  'thanks again for getting back to me so quickly',
  'Vielen Dank, hat geklappt',
  'Danke!',
  'Danke schön, funktioniert jetzt wieder einwandfrei.',
  'Super, vielen lieben Dank für die schnelle Hilfe!\n\nViele Grüße\nAnna Schmidt',
  'Hallo Bea,\nherzlichen Dank für Ihre Unterstützung. Das Problem ist gelöst.\nMit freundlichen Grüßen\nAnna Schmidt\nMusterstraße 5, 10115 Berlin',
  'Perfekt, danke euch! LG Anna',
  'Alles klar, besten Dank und einen schönen Tag noch',
  'Merci',
  'Merci beaucoup, ça marche !',
  'Bonjour Bea,\nparfait, merci pour votre aide.\nCordialement,\nAnna Schmidt',
  'Je vous remercie pour votre réponse rapide. Bonne journée !',
  'Super, tout fonctionne maintenant, merci bien',
  'Gracias',
  '¡Muchas gracias por su ayuda!',
  'Hola Bea, perfecto, ya funciona. Muchísimas gracias.\nUn saludo,\nAnna',
  'Genial, mil gracias, ya está resuelto. ¡Que tenga un buen día!',
];

const REAL_REPLIES: readonly string[] = [
  '',
  '   \n',
  'Ok',
  'Yes, thanks',
  'Yes please, thanks!',
  'Thanks, but it still does not work',
  'Thank you, however the invoice is wrong',
  'Thanks! Another thing: how do I export?',
  'Thanks. Is it working now',
  'Thanks?',
  'Thanks, can you also change my address',
  'Thanks in advance',
  'Thanks for nothing',
  'Thanks, works now, not for Ben though',
  'Thanks, I got error 500 again',
  'Thanks, my order number is 4711',
  'Thank you, see https://example.com/screenshot.png',
  'Thanks and help',
  'No thanks, I want my money back',
  'Thanks, I will try it tomorrow and tell you',
  'That would be great, thanks',
  'Great.',
  'It does not work. Thanks, Anna',
  'Thanks!\n\nBest regards\nAnna\n\nPS: It broke again',
  'Thanks\nBest regards\nAnna\nit happened again today',
  'Thanks!\nRefund Please',
  'Thanks,\nCancel',
  'Thanks 😡',
  'Thank you for the answer, we need two more seats',
  'On Tue, 3 Mar 2026 at 10:12, Support <help@bramble.example> wrote:\n> Did that help?\n> Thanks!\n\nNo, it did not.',
  'Danke, aber es geht noch nicht',
  'Danke im Voraus',
  'Vielen Dank, eine Frage noch: gilt das auch für Konto B',
  'Danke, funktioniert das jetzt auch mobil',
  'Danke für die Antwort, leider kommt der Fehler wieder',
  'Viele Grüße\nAnna',
  'Merci, mais ça ne marche pas',
  "Merci d'avance",
  'Merci, pouvez-vous aussi annuler ma commande',
  'Gracias, pero sigue sin funcionar',
  'Gracias de antemano',
  'Muchas gracias, ¿y cuándo llega?',
  'Thanks to your update nothing works',
  'Спасибо',
];

describe('gratitude (A-082)', () => {
  it.each(THANKS)('hears thanks and no more in %j', (text) => {
    expect(isGratitude(text, [], NAMES)).toBe(true);
  });

  it.each(REAL_REPLIES)('hears a real reply in %j', (text) => {
    expect(isGratitude(text, [], NAMES)).toBe(false);
  });

  it('hears a question, a but, an error, a number or an address behind any thanks', () => {
    const doubts = ['?', ' but', ' still', ' however it', ' another', ' 7', ' error', ' https://a.example', ' nicht'];
    for (const thanks of ['Thanks', 'Vielen Dank', 'Merci', 'Gracias', 'Perfect, that works']) {
      for (const doubt of doubts) expect(isGratitude(`${thanks}${doubt}`, [], NAMES)).toBe(false);
    }
  });

  it('takes no name for a name that nobody told', () => {
    expect(isGratitude('Thanks Bea', [], NAMES)).toBe(true);
    expect(isGratitude('Thanks Bea')).toBe(false);
    expect(isGratitude('Thanks,\nRefund', [], NAMES)).toBe(false);
  });

  it('knows thanks in the words of a team, and only the whole statement', () => {
    expect(isGratitude('Cheers mate!')).toBe(false);
    expect(isGratitude('Cheers mate!', ['Cheers, mate'])).toBe(true);
    expect(isGratitude('Teşekkürler', ['teşekkürler'])).toBe(true);
    expect(isGratitude('Cheers mate, what now', ['Cheers, mate'])).toBe(false);
    expect(isGratitude('anything', [''])).toBe(false);
  });

  it('reads no long text for thanks, and reads it at once', () => {
    expect(isGratitude('thanks '.repeat(100))).toBe(false);
    expect(isGratitude(`${'so very much '.repeat(30)}x`)).toBe(false);
  });
});

describe('a message that says that it is solved', () => {
  it.each([
    'Solved!',
    'That solved it, thank you.',
    'works now',
    'Hi, I followed the steps and it works now. Thanks!\n\nBest regards\nAnna Schmidt',
    'I can log in again, thanks',
    'I am back in now',
    'Yay, fixed it.',
    'Gelöst, danke!',
    'Das hat geholfen, vielen Dank',
    'Hat funktioniert.',
    'Ich komme wieder rein, danke',
    'C’est résolu, merci',
    'Ça marche maintenant',
    'Cela m’a bien aidé, merci.',
    'Resuelto, gracias',
    'Ya funciona',
    'Ya puedo entrar, muchas gracias',
  ])('is %j', (text) => {
    expect(saysSolved(text, [], NAMES)).toBe(true);
  });

  it.each([
    '',
    'Thanks!',
    'Merci',
    'Danke',
    'Ok',
    'Not solved',
    'It works now, but only on my phone',
    'Solved?',
    'It is not working',
    'Das hat nicht geholfen',
    'I followed the steps',
    'Nicht gelöst',
    'Ça ne marche pas',
    'No funciona',
    'I can log in to the app, not to the site',
  ])('is not %j', (text) => {
    expect(saysSolved(text, [], NAMES)).toBe(false);
  });
});
