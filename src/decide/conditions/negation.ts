import { gapAfter, type PreparedText } from './prepared-text.ts';

/** How many words before or after a phrase can still speak of it. */
const REACH = 5;

/** What ends a clause, between two words. */
const CLAUSE_END = /[,.;:!?()[\]{}"“”„«»。、,!?;:\n\r…]|[-–—]\s|\s[-–—]/;

const LINE_BREAK = /^[^\S\n]*\r?\n[^\S\n]*$/;

/** Words that turn a clause around: what is denied before them is not denied after. */
const TURNS = wordSet(`
  but however though although yet because since unless otherwise instead
  aber sondern jedoch doch weil obwohl sonst
  pero sino porque aunque
  mais car parce
  mas porem ma però perche maar omdat men`);

/** Deny a word that follows them directly, or after words of which nothing depends. */
const DENIERS = wordSet(`
  no not isnt arent wasnt werent aint nothing none never nobody without neither nor hardly
  nicht nichts kein keine keinen keinem keiner keines keinerlei nie niemals ohne weder
  sin nada nunca jamas tampoco ni ningun ninguna ninguno
  n ne pas sans aucun aucune rien jamais
  nao sem nem nenhum nenhuma
  non senza nessun nessuna nessuno niente
  niet geen zonder niets nooit
  ikke inte ingen inga intet ej uden utan
  nie bez zadne
  не нет без ничего никак
  不 没 沒 無 无 非 别 別`);

/**
 * Deny only an opinion or a wish (`I don't need a refund`). Of anything else they tell a failure, and
 * that is just what a rule wants to know: `I can't log in`, `I didn't get my refund`.
 */
const AUXILIARIES = wordSet('do does did can could will would have has had should must may might');
const WEAK_DENIERS = wordSet(`
  dont doesnt didnt cant cannot couldnt wont wouldnt havent hasnt hadnt shouldnt mustnt`);

/** Opinions, wishes and the word any: with one of them between, a weak denier denies too. */
const CARRIERS = wordSet(`
  need needs needed want wants wanted require requires request requesting ask asking think believe say call
  seem seems look looks consider appear feel mean expect any anything be been`);

/** Words that let a denial through to what follows them. */
const TRANSPARENT = new Set([
  ...CARRIERS,
  ...wordSet(`
    a an the this that these those it its s is are am was were being there here now at all of for in to as
    my our your their his her me i we you so very too really that particularly especially exactly quite
    terribly extremely overly super real big such kind sort longer more any anymore even necessarily
    currently actually considered have has having looking saying or nor issue matter
    ist sind war waren es das dies diese dieser dieses der die den dem ein eine einen einem einer mehr sehr so
    besonders wirklich gerade derzeit zu ich wir brauche brauchen benotige benotigen mochte mochten will wollen
    wunsche im in von fur als auch unbedingt
    es esta son era un una el la lo los las mas muy tan ya ningun de del para necesito necesitamos quiero queremos
    realmente
    est c ce cela ca sont etait un une le les l d du des plus tres si vraiment besoin demande veux souhaite
    pour particulierement
    e estao um uma o os as mais muito preciso quero
    sono uno il lo gli piu molto così bisogno voglio di
    is zijn het een de meer erg zo nodig ik wil
    er det en et mer meget lenger langre
    это очень больше уже так нужен нужна нужно
    是 有 需 要 很 太 用 那 么 這 这 的 了`),
]);

/** After these a denial is none: `not only urgent`. */
const NOT_ONLY = wordSet(
  'only just merely simply nur bloss seulement solo solamente sola apenas alleen solamente soltanto',
);

/** A denying determiner after these tells that something is missing: `still no refund`. */
const STILL = wordSet('still noch');
const DETERMINERS = wordSet('no kein keine keinen keinem keiner keines');

/** `isn't it urgent?` asks, and denies nothing. */
const ASKED_ABOUT = wordSet('it there');
const ASKING = wordSet('isnt arent wasnt werent dont doesnt didnt cant couldnt wont wouldnt');

/** What is not this, is not wanted: `a refund is not needed`. */
const NEEDED = wordSet(`
  needed required necessary wanted requested
  notig notwendig erforderlich
  necesario necesaria necessaire requis necessario necessaria nodig`);

/** Deny what stands before them: `acil değil`. */
const AFTERTHOUGHTS = new Set([...DENIERS, ...wordSet('degil longer dont doesnt')]);

/**
 * Whether the words of a phrase, first and last index given, are denied rather than said. Stays within
 * the clause and within a few words; in doubt the phrase counts as said, for a rule that fires in vain is
 * seen by a person and one that stays silent is not.
 */
export function isDenied(text: PreparedText, first: number, last: number): boolean {
  return isDeniedBefore(text, first) || isDeniedAfter(text, last);
}

function isDeniedBefore(text: PreparedText, first: number): boolean {
  const between: string[] = [];
  for (let index = first - 1; index >= Math.max(0, first - REACH); index--) {
    if (endsClause(text, index)) return false;
    const word = text.wordAt(index);
    if (DENIERS.has(word) || WEAK_DENIERS.has(word)) return denies(text, index, between);
    if (TURNS.has(word) || !isTransparent(word)) return false;
    between.unshift(word);
  }
  return false;
}

/** Whether the denier at the index reaches over the words between it and the phrase. */
function denies(text: PreparedText, index: number, between: readonly string[]): boolean {
  const word = text.wordAt(index);
  const before = endsClause(text, index - 1) ? '' : text.wordAt(index - 1);
  if (between.some((each) => NOT_ONLY.has(each))) return false;
  if (DETERMINERS.has(word) && STILL.has(before)) return false;
  if (ASKING.has(word) && ASKED_ABOUT.has(between[0] ?? '')) return false;
  const weak = WEAK_DENIERS.has(word) || ((word === 'not' || word === 'never') && AUXILIARIES.has(before));
  return !weak || between.some((each) => CARRIERS.has(each));
}

/** `a refund is not needed`, `dringend ist es nicht`: a denier that ends the clause or says what is needless. */
function isDeniedAfter(text: PreparedText, last: number): boolean {
  for (let index = last + 1; index <= Math.min(last + REACH, text.numbers.length - 1); index++) {
    if (endsClause(text, index - 1)) return false;
    const word = text.wordAt(index);
    if (AFTERTHOUGHTS.has(word) && !DETERMINERS.has(word)) {
      return endsClause(text, index) || NEEDED.has(text.wordAt(index + 1));
    }
    if (TURNS.has(word) || !isTransparent(word)) return false;
  }
  return false;
}

function isTransparent(word: string): boolean {
  return TRANSPARENT.has(word) || NOT_ONLY.has(word);
}

/**
 * Whether a clause ends right after the word at the index. A line break within a sentence ends none: mail
 * programs break long lines.
 */
function endsClause(text: PreparedText, index: number): boolean {
  const gap = gapAfter(text, index);
  return gap !== ' ' && !LINE_BREAK.test(gap) && CLAUSE_END.test(gap);
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/));
}
