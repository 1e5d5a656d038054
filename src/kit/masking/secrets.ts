import { byPattern, type Detector } from './found.ts';

/** Keys of well-known services, by their shape. */
const KEY_SHAPES: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]{0,10000}?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/,
  /\b(?:sk|pk|rk)[-_](?:live_|test_|proj-|ant-)?[A-Za-z0-9_-]{16,}/,
  /\bpat[A-Za-z0-9]{14}\.[0-9a-f]{32,}/,
  /\b(?:secret|ntn)_[A-Za-z0-9]{30,}/,
  /\bxox[abeprs]-[A-Za-z0-9-]{10,}/,
  /\b(?:gh[oprsu]_|github_pat_|glpat-|npm_|hf_|shpat_|dop_v1_)[A-Za-z0-9_-]{18,}/,
  /\b(?:AKIA|ASIA)[0-9A-Z]{16}\b/,
  /\bAIza[A-Za-z0-9_-]{30,}/,
  /\b\d{8,10}:AA[A-Za-z0-9_-]{30,}/,
  /\bSG\.[\w-]{20,}\.[\w-]{20,}/,
  /\bwhsec_[A-Za-z0-9+/=]{20,}/,
  /\beyJ[\w-]{10,}\.[\w-]{10,}(?:\.[\w-]+)?/,
  /\b(?:Bearer|Basic) +(?<it>[A-Za-z0-9._~+/-]{16,}=*)/,
];

/** What is said to be a key or a token, whatever its shape. */
const SAID_TO_BE_KEY =
  /\b(?:api|access|secret|auth|private|license|licence)[ _-]?(?:key|token|secret)s?(?:\s+(?:is|lautet|ist|es|est))?\s*[:=]?\s*["'`]?(?<it>[A-Za-z0-9._~+/-]{12,}=*)/i;

/** Long and mixed as only machines write. */
const LONG_TOKEN = /(?<![\w./-])[A-Za-z0-9_-]{32,}(?![\w-])/;

/** How people call a password, in the languages of our tests and some more. */
const PASSWORD_WORDS =
  'password|passwort|passwd|passphrase|pass ?code|pwd|pw|kennwort|mot de passe|mdp|contrase(?:ñ|n)a|clave|senha|palavra-passe|wachtwoord|has(?:ł|l)o|пароль|parola|lösenord|adgangskode|salasana|şifre|jelszó|heslo';

/** `password: hunter2`, `Passwort = geheim1`. What stands there alone is one, however plain. */
const PASSWORD_AFTER_COLON = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${PASSWORD_WORDS})\\s*(?:[:=]|->|→)\\s*["'“„«\`]?(?<it>[^\\s"'”“»\`,;]{3,128})`,
  'iu',
);

/** `my password is hunter2`, `das Passwort lautet geheim1`, between them a word or two. */
const PASSWORD_AFTER_VERB = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${PASSWORD_WORDS})\\s+(?:[\\p{L}]+\\s+){0,3}?(?:is|was|lautet|ist|war|est|es|era|é|è|jest|to|это|används?|är|er|on|:)\\s*:?\\s*["'“„«\`]?(?<it>[^\\s"'”“»\`,;]{4,128})`,
  'iu',
);

/** `my password is swordfish.`: one plain word, and the sentence ends. */
const PASSWORD_AT_END = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${PASSWORD_WORDS})\\s+(?:is|was|lautet|ist|war|est|es|era|é|è|jest|to|är|er)\\s+(?<it>[\\p{L}\\p{N}]{5,64})(?=[.!,;)]*\\s*(?:$|\\n)|[.!;]\\s)`,
  'iu',
);

/** What a password can be said to be, rather than to read. */
const STATES =
  /^(?:\w*(?:ed|ing|able|ible|less)|wrong|incorrect|correct|right|short|weak|strong|unknown|gone|lost|broken|empty|known|there|needed|falsch|richtig|korrekt|abgelaufen|ungültig|gültig|gesperrt|vergessen|verloren|nötig|unbekannt|geändert|zurückgesetzt|incorrecte?|correcte?|expiré|oublié|perdu|invalide|bloqué|faible|incorrecta?|correcta?|inválida?|olvidada|perdida|caducada|bloqueada|errata|scaduta|sbagliata|persa|dimenticata|bloccata)$/iu;

/** `the password hunter2!` without a word between. */
const PASSWORD_BESIDE = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${PASSWORD_WORDS})\\s+["'“„«\`]?(?<it>[^\\s"'”“»\`,;]{6,128})`,
  'iu',
);

const PIN =
  /(?<![\p{L}\p{N}])(?:pin|tan|otp|cvv2?|cvc2?|security code|verification code|sicherheitscode|code de s[ée]curit[ée]|c[óo]digo de seguridad)(?:[- ]?(?:code|number|nummer))?\s*(?:is|ist|lautet|est|es|:|=)?\s*(?<it>\d{3,8})(?![\d])/iu;

/** Secrets that are no person's: keys, tokens, passwords and numbers that open something. */
export const SECRET_DETECTORS: readonly Detector[] = [
  ...KEY_SHAPES.map((shape) => byPattern('KEY', shape)),
  byPattern('KEY', SAID_TO_BE_KEY, isMixed),
  byPattern('PASSWORD', PASSWORD_AFTER_COLON, (it) => !isPlainEnd(it)),
  byPattern('PASSWORD', PASSWORD_AFTER_VERB, looksChosen),
  byPattern('PASSWORD', PASSWORD_AT_END, (it) => !STATES.test(it)),
  byPattern('PASSWORD', PASSWORD_BESIDE, looksChosen),
  byPattern('PASSWORD', PIN),
  byPattern('KEY', LONG_TOKEN, isLongToken),
];

/** Letters and digits, as no word has them. */
function isMixed(it: string): boolean {
  return /\d/.test(it) && /[A-Za-z]/.test(it);
}

/** Sums of files and ids are in small letters or digits alone; a token mixes all three. */
function isLongToken(it: string): boolean {
  return /\d/.test(it) && /[a-z]/.test(it) && /[A-Z]/.test(it);
}

/** Words of the sentence rather than a password: `password is not working`, `password: see below.` */
function looksChosen(it: string): boolean {
  const bare = it.replace(/[.?!)\]]+$/, '');
  return (
    bare.length >= 4 &&
    (/[\d@#$%^&*_+=<>~|\\/]/.test(bare) || /\p{Ll}\p{Lu}/u.test(bare) || /\p{L}[!?]+\p{L}/u.test(bare))
  );
}

/** `password: [reset]`, `password: -`: nothing is said. */
function isPlainEnd(it: string): boolean {
  return !/[\p{L}\p{N}]/u.test(it);
}
