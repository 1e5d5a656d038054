import { fold } from '../conditions/words.ts';

/** Words that say nothing of what a text is about, in the languages in which desks are mostly written to. */
const WRITTEN = [
  'the and for you your are was were with that this have has had not but from can could would should will our out',
  'how what when where which who why there here then than them they his her its all any some about into just been',
  'hello dear thanks thank please regards best kind hi get got does did don doing want need like know still also',
  'der die das und ist nicht ich sie wir ihr ein eine einen einem einer mit auf fur von zum zur den dem des auch',
  'hallo danke bitte grusse freundlichen habe haben hat kann konnen wird werden sind war bei aus nach wie was mein',
  'meine meinen mir mich uns ihre ihren noch nur oder aber wenn dass',
  'que los las una uno por con para del como mas pero sus este esta estos mi mis hola gracias favor saludos buenos',
  'dias tengo puedo quiero hay muy cuando donde porque nos les',
  'les des une est pas pour dans que qui sur avec vous nous mon mes ses aux par plus bonjour merci cordialement je',
  'suis avez peux peut comment quand mais',
  'het een van niet met voor dat zijn heb kan ook maar mijn hoe wat wij jullie graag groet bedankt',
  'che non per una con del della sono come mio mia grazie ciao buongiorno ho',
  'nao uma com por para meu minha como mais obrigado ola bom dia',
];

/** The same, as texts are compared. */
export const COMMON_WORDS: ReadonlySet<string> = new Set(WRITTEN.flatMap((words) => words.split(' ').map(fold)));
