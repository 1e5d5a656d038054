/**
 * What people say when they only thank: statements, not single words, so that `is it working` is none of
 * them though `it is working` is. All is folded as `fold` does, with a space for each apostrophe.
 */

/** What one thanks for. */
const HELP = [
  'help|support|reply|response|answer|assistance|fix|solution|explanation|service|effort|efforts|patience|work|time',
  'feedback|update|info|information|clarification|follow up|followup|kindness|understanding|quick turnaround',
].join('|');
const HILFE = [
  'hilfe|unterstutzung|antwort|ruckmeldung|losung|erklarung|info|information|muhe|geduld|bearbeitung|erledigung',
  'hilfestellung|auskunft|klarung|zeit|arbeit|service|support',
].join('|');
const AIDE = 'aide|reponse|retour|soutien|solution|explication|patience|efficacite|rapidite|reactivite|travail|support';
const AYUDA = 'ayuda|respuesta|apoyo|solucion|explicacion|paciencia|atencion|rapidez|gestion|informacion|soporte';

const FIRST = 'quick|fast|prompt|great|kind|swift|excellent|amazing|speedy|rapid|wonderful|super|continued|lovely';
const SCHNELL = '(?:schnelle?n?|super|tolle|gute|nette|prompte|rasche|freundliche|kompetente|grosse) ';
const VITE = '(?:rapide|precieuse|excellente|bonne) ';

const YOUR_HELP = `(?:(?:${FIRST}) )*(?:${HELP})`;

const FOR = [
  `for (?:(?:all|everything)(?: (?:of )?(?:the|your))?|the|your|this|that|such a)?(?: ?(?:very|so|super) )?(?: ?(?:${FIRST}))*`,
  ` ?(?:${HELP})(?: (?:and|&) (?:your |the )?(?:${FIRST})? ?(?:${HELP}))?(?: (?:with|on) (?:this|that|it))?`,
].join('');
const FOR_DOING = [
  'for (?:helping(?: me| us)?(?: out)?|fixing (?:it|this|that)|solving (?:it|this|that)|sorting (?:it|this|that)(?: out)?',
  '|getting back to (?:me|us)|looking into (?:it|this|that)|taking care of (?:it|this|that)|letting (?:me|us) know',
  '|resolving (?:it|this|that)|everything|responding|replying|your time)(?: so)?(?: quickly| fast| promptly)?',
].join('');
const FUR = [
  `fur (?:die|deine|ihre|eure|den|das|dein)?(?: ?(?:sehr|so))? ?(?:${SCHNELL})*(?:${HILFE})`,
  `(?: und (?:die |deine |ihre |eure )?(?:${SCHNELL})*(?:${HILFE}))?`,
].join('');
const POUR = `pour (?:votre|ton|ta|l|la|le|cette|tout|vos)(?: ?(?:${VITE})*(?:${AIDE}))?(?: (?:rapide|precieuse))?`;
const POR = `por (?:su|tu|la|el|vuestra|toda su|toda tu|todo|todo el|toda la)(?: ?(?:${AYUDA}))?(?: (?:tan )?rapida)?`;

const MUCH =
  '(?: (?:(?:so|very) much|a lot|a million|a ton|a bunch|again|everyone|everybody|all|team|guys|both|indeed))*';
const SEHR = '(?: (?:sehr|nochmals?|noch mal|noch einmal|euch|ihnen|dir|allen|vielmals|auch|schon))*';

/** Everything that thanks. */
export const THANKS = statements([
  // English
  `(?:(?:many|huge|big|so many) )?(?:thanks|thank you|thankyou|thx|thnx|tnx|ty|tysm|cheers)${MUCH}(?: ${FOR}| ${FOR_DOING})?${MUCH}`,
  `(?:i |we )?(?:really |much |greatly |so |very much |truly )?appreciate(?:d)?(?: (?:it|that|this|the help|(?:all )?your ${YOUR_HELP}))?(?: very much| a lot)?`,
  '(?:i am|i m|we are|we re) (?:very |so |really )?(?:grateful|thankful)',
  // German
  `(?:(?:vielen|herzlichen|besten|schonen|lieben|tausend|recht herzlichen) )?(?:lieben |herzlichen )?(?:dank|danke|dankeschon|danke schon|merci)${SEHR}(?: ${FUR})?${SEHR}`,
  `ich (?:danke|bedanke mich)(?: (?:ihnen|dir|euch))?${SEHR}(?: ${FUR})?`,
  // French
  `(?:un grand |mille |grand )?mercis?(?: (?:beaucoup|bien|infiniment|encore|a vous|a toi|a tous|a toute l equipe))*(?: ${POUR})?`,
  `je (?:vous|te) remercie(?: (?:beaucoup|infiniment|encore))?(?: ${POUR})?`,
  // Spanish
  `(?:muchas |muchisimas |mil )?gracias(?: (?:de nuevo|otra vez|a todos|equipo))*(?: ${POR})?`,
  '(?:se lo |te lo |os lo )?agradezco(?: mucho)?(?: (?:su|tu|la) ayuda)?',
]);

const NOW =
  '(?: (?:now|again|perfectly|fine|great|well|for me|for us|like a charm|as expected|brilliantly|beautifully))*';
const JETZT = '(?: (?:jetzt|nun|wieder|perfekt|super|gut|prima|einwandfrei|bestens|bei mir|bei uns|wunderbar|auch))*';

/** Everything that says that the matter is settled. */
export const SOLVED = statements([
  `(?:(?:that|this|it|everything|all) (?:all |really |just |has |now )?)?(?:works|worked|is working|s working|is all working)${NOW}`,
  `(?:that|this|it) (?:has )?(?:solved|fixed|resolved|sorted|did|does) (?:it|the trick|the problem|the issue|my problem|my issue|everything)${NOW}`,
  `(?:that|this|it|everything|all|the problem|the issue|my problem) (?:is|s|has been|was)(?: now| all)? (?:fixed|solved|resolved|sorted|working|settled)${NOW}`,
  `(?:problem|issue|all|everything)(?: is)?(?: now)? (?:solved|fixed|sorted|resolved)${NOW}`,
  `(?:(?:that|this|it|the link|your link) )?(?:has )?(?:solved|fixed|resolved|sorted)(?: (?:it|that|this))?${NOW}`,
  `(?:i|we) (?:can|could) (?:log|sign|get) (?:back )?in${NOW}|(?:i am|i m|we are|we re) (?:back )?in${NOW}`,
  'that (?:really |has )?(?:helped|helps)(?: (?:me|us))?(?: (?:a lot|very much))?',
  'you can close (?:the|this|my) (?:ticket|case|request)(?: now)?',
  `(?:(?:das|es|alles|jetzt|nun) )?(?:hat|haben)(?: (?:jetzt|nun|alles|super|wunderbar|prima|gut|perfekt|bestens|sofort))* (?:geklappt|funktioniert|geholfen)`,
  `(?:(?:das|es|alles|jetzt|nun) )?(?:funktioniert|klappt|lauft|geht)${JETZT}`,
  `(?:(?:das|es|alles) )?ist(?: (?:jetzt|nun|damit))? (?:erledigt|gelost|behoben)`,
  '(?:das )?problem(?: ist)?(?: jetzt| nun| damit)? (?:gelost|behoben|erledigt)',
  `(?:(?:ist|hat sich|alles) )?(?:gelost|erledigt|behoben)|(?:das|es|der link|die anleitung) hat(?: mir| uns)? (?:sehr )?geholfen`,
  `(?:ich komme|wir kommen)${JETZT} (?:rein|hinein)`,
  '(?:(?:ca|cela|tout|c) )?(?:fonctionne|marche|a fonctionne|a marche)(?: (?:parfaitement|tres bien|bien|maintenant|a nouveau|a merveille|de nouveau|nickel))*',
  '(?:le )?probleme(?: est)?(?: maintenant)? (?:resolu|regle)|(?:c est|tout est) (?:resolu|regle)',
  '(?:c est )?(?:resolu|regle)|(?:ca|cela) m a (?:bien |beaucoup )?aide|je (?:peux|arrive a) me (?:re)?connecter(?: (?:maintenant|a nouveau))*',
  '(?:(?:ya|todo|ahora|eso) )*(?:funciona|ha funcionado|funciono)(?: (?:perfectamente|muy bien|bien|ahora|de nuevo|todo|perfecto))*',
  '(?:el )?problema(?: esta| ya esta)? (?:resuelto|solucionado)|(?:ya esta|todo esta|ha quedado)(?: todo)? (?:resuelto|solucionado)|todo (?:resuelto|solucionado|arreglado)',
  '(?:ya )?(?:resuelto|solucionado|arreglado)|(?:eso|esto) (?:me )?(?:ha )?(?:ayudo|ayudado)(?: mucho)?|ya puedo (?:entrar|acceder)',
]);

const DAY = 'day|weekend|week|evening|afternoon|morning|one|time|night';

/** What is said along with thanks and means nothing by itself. */
export const SAID_ALONG = statements([
  '(?:that|this|it|everything|all)(?: is| s| was| looks)(?: (?:very|really|so|just|all|absolutely))* (?:perfect|great|good|fine|awesome|amazing|brilliant|excellent|wonderful|super|lovely|fantastic|clear|helpful|kind of you)(?: now)?',
  '(?:that|this) is (?:exactly )?what i (?:needed|wanted|was looking for)|you (?:are|re) (?:the best|awesome|amazing|great|a star|a lifesaver|a life saver)',
  '(?:(?:very|so|absolutely|just|really) )?(?:perfect|great|good|excellent|awesome|amazing|brilliant|wonderful|fantastic|super|lovely|cool|nice|superb|fabulous|much better|kind)(?: (?:job|work|service|support|stuff|help))?(?: as always)?',
  `(?:wishing you |i wish you |i hope you )?(?:have )?a (?:very )?(?:nice|great|good|lovely|wonderful|pleasant)(?: rest of (?:the|your))? (?:${DAY})|(?:enjoy your|happy) (?:${DAY})`,
  '(?:i |we )?followed (?:the|your) (?:steps|instructions|link|guide)',
  'ok|okay|okey|wow|ah|oh|all good(?: now)?|got it|understood|noted|so|very kind(?: of you)?|well done|hooray|yay|to you(?: too)?',
  '(?:(?:alles|das|es|jetzt|nun) )*(?:(?:ist|war|passt) )?(?:(?:jetzt|nun|sehr|echt|wirklich|wieder|so) )*(?:gut|perfekt|super|prima|toll|klasse|bestens|ok|okay|nett|lieb|hilfreich)',
  'perfekt|super|prima|toll|klasse|wunderbar|bestens|spitze|top|genial|hervorragend|passt|alles klar|alles gut|in ordnung|sehr freundlich|verstanden',
  '(?:ich wunsche (?:ihnen|dir|euch) )?(?:einen |ein )?(?:schonen|schones|guten|angenehmen) (?:tag|abend|wochenende|feierabend|nachmittag|woche)(?: noch)?',
  '(?:c est |tout est )?(?:parfait|super|genial|excellent|formidable|nickel|impeccable|top|tres bien|tres gentil|clair)|d accord',
  '(?:bonne|excellente|belle) (?:journee|soiree|semaine|fin de journee|continuation)|bon (?:week end|weekend|apres midi)',
  '(?:(?:todo|esta|es|muy|ya)(?: (?:todo|esta|es|muy|ya))* )?(?:perfecto|genial|excelente|estupendo|fantastico|maravilloso|amable|bien|claro|correcto)|vale|entendido',
  '(?:que (?:tenga|tengas|tengan) )?(?:un )?(?:buen|feliz) (?:dia|fin de semana)',
]);

const TEAM =
  'team|all|everyone|everybody|there|guys|support|support team|service team|folks|again|sir|madam|sir or madam|zusammen|alle|liebes team|allerseits|equipo|a todos|a tous|l equipe|toute l equipe|madame|monsieur';

/** A greeting of nobody in particular; names come after it. */
export const GREETING = statements([
  `(?:hi|hello|hey|dear|hiya|good (?:morning|afternoon|evening|day))(?: (?:${TEAM}))?`,
  `(?:hallo|guten (?:tag|morgen|abend)|moin|servus|gruss gott|gruezi|liebes?|lieber|sehr geehrte|sehr geehrter|sehr geehrtes)(?: (?:${TEAM}|frau|herr|damen und herren|support team))*`,
  `(?:bonjour|bonsoir|salut|cher|chere|chers)(?: (?:${TEAM}))*`,
  `(?:hola|buenos dias|buenas tardes|buenas noches|buenas|estimad[oa]s?)(?: (?:${TEAM}|senores))*`,
]);

/** What only joins two statements. */
export const JOINING = statements(['and|&|und|et|y|also|too|aussi|tambien|auch']);

/** Each at the beginning of a text, as whole words. */
function statements(patterns: readonly string[]): readonly RegExp[] {
  return patterns.map((pattern) => new RegExp(`^(?:${pattern})(?![^ ])`, 'u'));
}
