/**
 * Where anybody gets an address, so that the domain says nothing of an account. The large ones of the countries from
 * which desks hear most; kept by hand.
 */
const FREE_MAIL: ReadonlySet<string> = new Set(
  [
    'gmail.com googlemail.com outlook.com outlook.de outlook.fr outlook.es hotmail.com hotmail.co.uk hotmail.de',
    'hotmail.fr hotmail.it hotmail.es live.com live.co.uk live.de live.fr live.nl msn.com yahoo.com yahoo.co.uk',
    'yahoo.co.jp yahoo.co.in yahoo.de yahoo.fr yahoo.es yahoo.it yahoo.com.br ymail.com rocketmail.com icloud.com',
    'me.com mac.com aol.com proton.me protonmail.com pm.me tutanota.com tuta.com fastmail.com hey.com zoho.com',
    'mail.com email.com gmx.de gmx.net gmx.com gmx.at gmx.ch web.de t-online.de freenet.de arcor.de orange.fr',
    'wanadoo.fr free.fr sfr.fr laposte.net libero.it virgilio.it alice.it tiscali.it telefonica.net terra.com.br',
    'uol.com.br bol.com.br bluewin.ch ziggo.nl kpnmail.nl telenet.be skynet.be btinternet.com sky.com virginmedia.com',
    'comcast.net verizon.net att.net sbcglobal.net cox.net charter.net bellsouth.net rogers.com shaw.ca bigpond.com',
    'mail.ru bk.ru inbox.ru list.ru yandex.ru yandex.com rambler.ru ukr.net seznam.cz centrum.cz wp.pl o2.pl onet.pl',
    'interia.pl abv.bg qq.com 163.com 126.com sina.com foxmail.com naver.com hanmail.net daum.net rediffmail.com',
  ].flatMap((line) => line.split(' ')),
);

/** Whether anybody can get an address of the domain. */
export function isFreeMail(domain: string): boolean {
  return FREE_MAIL.has(domain.toLowerCase());
}
