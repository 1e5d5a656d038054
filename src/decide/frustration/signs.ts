/**
 * What people write when they have lost patience, in four languages. Each sign is looked for in a text in small letters
 * without accents. docs/frustration.md says how they were chosen, and how far they go.
 */

/** What a sign is: those of the first three say it by themselves, the others only together. */
export type SignKind =
  | 'patience'
  | 'reproach'
  | 'ultimatum'
  | 'again'
  | 'unheard'
  | 'loud'
  | 'echo'
  | 'bitter'
  | 'blame'
  | 'demand';

export interface Sign {
  kind: SignKind;
  find: RegExp;
}

const NUMBER =
  '(?:\\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|several|many|countless|multiple|dozens? of)';
const SPAN = '(?:days?|weeks?|months?|years?|hours?)';

/** Words of one kind, as whole words. Every repetition is bounded, so that no text takes long. */
function signs(kind: SignKind, ...alternatives: readonly string[]): Sign {
  return { kind, find: new RegExp(`(?<![a-z0-9])(?:${alternatives.join('|')})(?![a-z0-9])`, 'g') };
}

const ENGLISH: readonly Sign[] = [
  signs(
    'demand',
    '(?<=^|[.!?:;,] ?|and )(?:(?:put|send|give|take|get|roll|bring) (?:it|this|that|them|me|us|my \\w+|our \\w+) (?:back|off|out|now|today|money)|(?:pay|refund) (?:me|us)|fix (?:it|this|that|your)|make up your minds?|do your jobs?|sort (?:it|this) out|get it right|explain (?:that|this|yourselves?))|(?:speak|talk) (?:to|with) (?:a|your|the) (?:manager|supervisor|boss)|(?:name|number) of your (?:manager|boss|supervisor)|i (?:expect|insist|want) (?:an?|my|the|your|somebody|someone) (?:answer|explanation|apology|money|refund|name|manager|human|somebody)|i am (?:not asking|telling you)|for real|thanks for nothing|thank you for nothing|complete waste|clearly never|another (?:trainee|agent|bot|robot|script)|reads? from a script|your people',
  ),
  signs(
    'bitter',
    'never|not even|nobody|no one|nowhere|nothing|at all|whatsoever|honestly|seriously|apparently|supposedly|enough|worse|worst|finally|supposed to|(?:was|were|been) (?:promised|told)|promised|put up with|yet another|another (?:excuse|week|day|month|price|promise)|once more|once again|for once|hung up|hang up|hardly|barely|simply|ever again|only ever|fraud|theft|thieves?|fool|fooled|stupid|idiots?|clueless|careless|rude|funny|cried|awful|terrible|horrible|broken promises?|let down|fail(?:ed|ure)|disappointed|disappointing|tired of|so tired|leads? nowhere|answer for|sort it out|get it right|good grief|seven weeks|long enough|more than patient|no respect|roll (?:it|this) back|instead|wiped|ruined|a mess|(?:lost|costs?|costing) (?:us|me|real|money|customers)|without (?:asking|warning|notice|a word)|on top|beyond me|spare me|none left|a word|cannot be serious|chaos|messed up|screwed up|botched|missed (?:again|twice)|made up|pretend|blame|responsible|wrong again|no longer trust|trust you|not true|untrue|sloppy|negligent|arrogant|ignorant|lazy|sick of|pointless|joke|disaster|nightmare|hopeless|laughing|mockery|loyal',
  ),
  signs(
    'blame',
    "(?:do|did|are|have|can|will|is) you(?:r)? (?:\\w+ )?(?:think|even|actually|really|trying|not|people|ever|all|staff)|you (?:have had|only|never|always|still|keep|kept|just|cannot|can't|do not|don't|did not|didn't|clearly|obviously|broke|lost|charged|cancelled|ruined|closed|promised|took|people|managed to|failed)|your (?:driver|engineer|technician|hotline|chatbot|bot|staff|agents?|colleagues?|company|team|system|people|courier|department|so|software|update|support|customer service)|who are you|you are (?:all|just|not)|those who do not|by you",
  ),
  signs(
    'patience',
    '(?:sick|tired|sick and tired) of (?:this|your|you|being|having|waiting|the|all|it|these|hearing|calling|explaining)|fed up|had enough|had it with|enough is enough|last straw',
    '(?:my|our) patience|(?:run|ran|running) out of patience|lost (?:all |my |our )?(?:patience|faith|trust|confidence)',
    'i hate|furious|livid|fuming|seething|outraged|enraged|infuriat(?:ed|ing)|exasperat(?:ed|ing)|maddening|pissed(?: off)?',
    '(?:am|are|feel|very|so|really|extremely|beyond|getting|truly|deeply) (?:[a-z]+ )?(?:angry|disgusted|frustrated|annoyed|upset|disappointed)',
    "at (?:my|our) wits'? end|driving (?:me|us) (?:crazy|mad|insane|up the wall)|(?:cannot|can't) take (?:this|it) any ?more",
    "(?:i am|i'm|we are|we're) done(?: with (?:you|this|it))?|frustrating|beyond (?:a joke|belief)",
  ),
  signs(
    'reproach',
    '(?:totally |absolutely |completely |simply |just )?(?:unacceptable|ridiculous|outrageous|inexcusable|disgraceful|shameful|appalling|atrocious|pathetic|laughable|absurd|scandalous|insulting|disgusting|embarrassing|unprofessional|despicable|horrendous|horrific|incompetent|incompetence|useless|worthless)',
    '(?:shame on|how dare) you|(?:this|that|company|service|support|absolutely|truly|you) (?:is |are )?(?:just |simply |so |absolutely )?(?:terrible|horrible|awful|brutal)|what a (?:joke|shambles|mess|farce|disgrace|waste|scam|disaster)',
    '(?:is|are|was|were|been|such) an? (?:absolute |complete |total |utter |real |bad )?(?:joke|shambles|farce|disgrace|insult|rip-?off|scam|nightmare|disaster)',
    '(?:terrible|horrible|awful|dreadful|abysmal|lousy|poor|bad|shoddy|crap|crappy) (?:customer )?(?:service|support|experience|treatment|company)',
    'worst (?:[a-z]+ ){0,3}(?:ever|service|support|experience|company|airline|bank|shop|provider)',
    '(?:am|are|was|were|been|being|feel) (?:lied to|cheated|robbed|scammed|ripped off|conned|fooled|mocked)|(?:you|they|he|she) lied|liars?',
    'waste of (?:my |our )?(?:time|money)|wast(?:ed|ing) (?:my|our|so much|hours|days|weeks|half|a whole)|wasted (?:[a-z]+ ){0,3}(?:hours|days|weekend|evening|morning|afternoon)',
    'are you (?:kidding|joking|serious)|you must be (?:kidding|joking)|you have got to be kidding|is this (?:a|some kind of a?) joke',
    'how (?:hard|difficult) can (?:it|that|this) be|how is (?:this|that) (?:even )?(?:possible|acceptable|okay|ok)|how many more times|how many times (?:do|must|have) (?:i|we) (?:have to|need to|told|asked|tell|ask|got to)',
    'what (?:exactly |on earth |the hell |even )?(?:am i|are we|do i|do we) (?:even |actually |exactly )?pay(?:ing)? (?:you|for)|what (?:kind|sort) of (?:a )?(?:[a-z]+ )?(?:company|service|support|business|outfit|people|shop)',
    "(?:cannot|can't|can not) believe (?:that )?(?:i|we|you|this|how)|unbelievable|so-called|you people|you guys (?:just|never|really)",
    "(?:nobody|no one) (?:clearly |obviously |really |even |there )?cares?|(?:you|they) (?:clearly |obviously |really |just )?(?:do not|don't|never|couldn't) (?:even |really )?care|could not care less|couldn't care less|no respect|not good enough",
    '(?:does|is|do|did) any(?:one|body) (?:actually|even|really|at all|there|ever|listening|reading)|are you even|did you even|do you even',
    "(?:your|the same|more|only|with|no|lame|nothing but|and) excuses|nonsense|bullshit|bs|wtf|for (?:god|heaven|christ)'?s sake|what the hell|the hell",
    'stop (?:sending|telling|asking|wasting|ignoring|lying|blaming|closing|charging)',
  ),
  signs(
    'ultimatum',
    "(?:if|unless|or|else|otherwise)(?:(?![.!?])[^]){1,120} (?:i|we)(?: am| are| will| shall|'ll|'m|'re) (?:[a-z]+ ){0,3}(?:cancel|cancelling|canceling|leave|leaving|switch|switching|terminate|terminating|go elsewhere|going elsewhere|sue|dispute|report|reporting|escalate)",
    '(?:take|taking|took) (?:my|our) (?:business|money|custom) (?:elsewhere|to)|(?:hear|hearing) from (?:my|our)|(?:contact|contacting|call|calling|consult|involve|instruct|speak to|talk to|with) (?:my|our) (?:lawyers?|solicitors?|attorneys?)',
    'small claims|ombudsman|consumer (?:protection|rights)|trading standards|better business bureau|legal (?:action|steps|advice)|take you to court|sue you|(?:file|filing|make|making) a (?:formal )?complaint',
    'chargeback|(?:want|demand|expect|give me) (?:all of |all )?(?:my|our) money back|(?:i|we) demand',
    'never (?:[a-z]+ ){0,2}(?:buy|buying|order|ordering|book|booking|use|using|shop|fly|flying|deal|come|do business)(?:ing)? (?:[a-z]+ ){0,3}(?:again|ever|you)|never again|(?:this is|that was|it was) the last time (?:that )?(?:i|we)',
    '(?:bad|negative|honest|one.star) review|(?:will|going to|make sure to|shall) tell (?:everyone|everybody|all)|warn (?:everyone|others|people)|(?:is|it is|this is) your last chance|final warning|all over social media',
  ),
  signs(
    'again',
    `(?:second|third|fourth|fifth|sixth|seventh|tenth|umpteenth|hundredth|\\d+(?:nd|rd|th)) (?:time|message|mail|e-?mail|ticket|attempt|call|request|reminder|letter|day|week|month)`,
    `(?:asked|called|written|wrote|told|mailed|e-?mailed|complained|reported|explained|rang|phoned|tried to reach \\w+|contacted)(?: \\w+){0,4} ${NUMBER} times|again and again|over and over|time and (?:time )?again|yet again|every (?:single )?time|every single|each time|keeps? (?:happening|breaking|crashing|failing|telling|sending|saying|asking|getting|being|closing|charging)`,
    `(?:sent|written|wrote|left|made|opened|had) (?:[a-z]+ ){0,2}${NUMBER} (?:[a-z]+ )?(?:e-?mails?|mails|messages|calls|tickets|letters|reminders)|(?:called|rang|phoned|mailed|e-?mailed) (?:[a-z]+ ){0,2}(?:twice|${NUMBER} times|repeatedly)`,
    `(?:for|after|over|already|past|last) (?:more than |over |the (?:last|past) )?(?:${NUMBER} |a )?(?:whole |entire |full )?${SPAN}(?: now)?|${NUMBER} ${SPAN} (?:of waiting|without|later|on hold|and counting|now)`,
    'the same (?:[a-z]+ )?(?:mistake|excuses?|answer|problem|error|story|nonsense|thing|part|invoice) (?:[a-z]+ )?(?:again|as last|every|over)|write this again|have to (?:write|explain|repeat|ask|call|tell you) (?:[a-z]+ ){0,3}again|explain everything',
    "(?:has|have|is|are|was|does|do|did) still (?:not|no)|and still (?:no|nobody|nothing|not|waiting)|still (?:no|nobody|nothing|waiting|has not|hasn't|have not|haven't)|broke it again|every day this",
  ),
  signs(
    'unheard',
    '(?:nobody|no one|no-one|noone|none of you) (?:[a-z]+ ){0,2}(?:answers?|answered|replies|replied|responds?|responded|calls?|called|takes|took|knows|helps?|helped|listens?|reads?|reacts?|bothered|bothers|contacted|shows?|showed|apologi[sz]ed)',
    'no (?:answer|reply|response|reaction|call ?back|feedback|explanation|apology|solution|help|human|one)|(?:not|without) (?:even |so much as )?(?:an? )?(?:single )?(?:apology|explanation|reply|answer|word|reaction)',
    '(?:passed|bounced|transferred|shoved|pushed|referred|handed) (?:around|from (?:one|person|pillar|department))|ignor(?:ed|ing|es?)|ghosted|silence|deaf ears|left (?:hanging|in the dark|on hold)|on hold for|hung up|hang up',
    "(?:canned|copy-?pasted?|scripted|automated|automatic|generic|standard|useless) (?:answers?|repl(?:y|ies)|responses?|messages?)|without (?:even )?reading|(?:did not|didn't|never|do not|don't) (?:even )?(?:read|bother|listen|apologi[sz]e|answer|reply|respond|call)|(?:talk|speak) to a (?:real )?(?:human|person)",
    '(?:promised|told|assured) (?:me |us )?(?:[a-z]+ ){0,6}(?:nothing|never|and now|and still|but)',
  ),
];

const GERMAN: readonly Sign[] = [
  signs(
    'demand',
    '(?<=^|[.!?:;] ?)(?:entscheiden|zahlen|schicken|geben|machen|losen|beheben|erstatten|horen|lassen|nehmen|bringen|sorgen) sie (?:sich|das|mir|uns|es|endlich|mein\\w*|unser\\w*|dafur)|(?:ich|wir) (?:erwarte|verlange|fordere|fordern|verlangen|erwarten)\\w*|(?:ihren|einen|den) (?:vorgesetzten|chef|geschaftsfuhrer|filialleiter)',
  ),
  signs(
    'bitter',
    'nie|niemals|nicht einmal|niemand|keiner|nichts|gar nicht|uberhaupt|ernsthaft|ehrlich gesagt|genug|schlimmer|schlechter|versprochen|versprachen|einfach nicht|endlich|nur noch|kein wort|ihr ernst|floskeln?|aufgebraucht|chaos|ohne (?:ruckfrage|vorwarnung|zu fragen)|auch noch|geplatzt\\w*|vergeudet\\w*|verschlampt|verbockt|vermurkst|unverantwortlich|schlampig|arrogant|kein vertrauen|schon wieder|satt|bl[oö]d|dumm|auslachen|nirgends|umsonst|eigentlich|von vorn|noch einmal|lange genug|offenbar|anscheinend|aus der leitung|rausgeworfen|keinerlei|unverschamt\\w*|wieder einmal|nach wie vor',
  ),
  signs(
    'blame',
    '(?:halten|lernen|lesen|wissen|konnen|haben|wollen|denken|glauben|machen) sie (?:mich|eigentlich|uberhaupt|denn|nicht|nie|schon|wieder|nur|ernsthaft|das|die|mir|uns)|ihr(?:e|em|er|en)? (?:techniker|fahrer|hotline|mitarbeiter\\w*|kollege\\w*|firma|bote|system|laden|support|kundendienst|update)|sie (?:haben|hatten|wollen|konnen|sind) (?:schon|wieder|mir|uns|es|nicht|nie|nur|einfach)|bei ihnen',
  ),
  signs(
    'patience',
    'die nase voll|(?:mir|uns) reicht(?:s| es)|es reicht|jetzt reicht|genug davon|(?:meine|unsere|die) geduld|geduldsfaden|satt habe|habe (?:es |das )?satt|bin es leid|leid bin',
    '(?:stink|stock)?sauer|wutend|verargert|genervt|nervt|frustriert|frustrierend|entsetzt|emport|zum verzweifeln|zum kotzen|am ende meiner|unzufrieden|enttauscht',
  ),
  signs(
    'reproach',
    'frechheit|unverschamt(?:heit)?|unfassbar|unglaublich|inakzeptabel|nicht akzeptabel|nicht hinnehmbar|unmoglich(?:es)? (?:verhalten|service)|lacherlich|peinlich|armselig|katastroph(?:e|al)|zumutung|saftladen|sauladen|abzocke|betrug|betrogen|verarsch[a-z]*|veralbert|verschaukelt|hingehalten|fur dumm|witz sein|schlechter scherz|schweinerei|skandal|unprofessionell|inkompetent|inkompetenz|nutzlos|nicht zu fassen',
    '(?:kann|darf) (?:doch |ja )?(?:wohl )?nicht wahr sein|das ist (?:doch )?(?:ein|wohl ein) (?:witz|scherz)|(?:soll|ist) das (?:ein|ihr) (?:witz|scherz|ernst)|(?:ist|meinen sie) das ihr ernst|was soll das|wie kann (?:das|es) sein|wie schwer kann',
    '(?:wofur|fur was) (?:bezahl|zahl)[a-z]* (?:ich|wir)|sogenannt[a-z]*|so geht man nicht|so kann man (?:nicht|mit)|verschwendete? (?:zeit|geld)|zeitverschwendung|meine zeit (?:gestohlen|verschwendet)|belogen|angelogen|gelogen|lugen',
    '(?:schlecht|miserab|grottenschlecht|mies)[a-z]* (?:service|kundenservice|kundendienst|support|betreuung|erfahrung)|(?:schlechteste|mieseste)[a-z]*|interessiert (?:sie |euch |dort )?(?:das )?(?:offenbar |anscheinend )?(?:niemanden?|keinen|nicht)|angeblich|horen sie auf',
  ),
  signs(
    'ultimatum',
    '(?:wenn|falls|sofern|sonst|andernfalls)(?:(?![.!?])[^]){1,120}(?:kundig[a-z]*|storniere[a-z]*|wechs(?:le|eln)[a-z]*|zur konkurrenz|anwalt|rechtlich[a-z]*|verbraucher[a-z]*|anzeige)',
    '(?:mein[a-z]*|unser[a-z]*|einen|einem) (?:rechts)?anwalt[a-z]*|rechtliche schritte|verbraucher(?:zentrale|schutz)|schlichtungsstelle|zur konkurrenz|nie wieder|letzte (?:chance|mahnung|warnung|frist)|(?:mein|unser) geld zuruck|schlechte bewertung|negativ(?:e|en) bewertung|entweder sie',
  ),
  signs(
    'again',
    '(?:zum|das) (?:zweiten|dritten|vierten|funften|sechsten|zehnten|x-?ten|hundertsten|zweite|dritte|vierte|funfte|wiederholten) mal|(?:schon|bereits) (?:wieder|zum)|immer (?:wieder|noch (?:nicht|nichts|kein[a-z]*|niemand))|noch immer (?:nicht|nichts|kein[a-z]*|hat niemand|niemand)|und wieder|ein weiteres mal|jedes mal|jeden (?:einzelnen )?(?:tag|morgen)|dauernd|standig|andauernd|mehrfach|mehrmals|zigmal',
    '(?:zwei|drei|vier|funf|sechs|zehn|etliche|unzahlige|mehrere|\\d+) ?(?:mal|mails?|e-?mails|anrufe|nachrichten|tickets|briefe)|(?:seit|nach) (?:uber |mehr als )?(?:[a-z]+ )?(?:tagen|wochen|monaten|stunden|jahren)|stundenlang|tagelang|wochenlang|monatelang|dreimal|zweimal|viermal|funfmal|zehnmal',
  ),
  signs(
    'unheard',
    '(?:niemand|keiner|kein mensch) (?:[a-z]+ ){0,3}(?:geantwortet|antwortet|zustandig|meldet|gemeldet|reagiert|hilft|geholfen|kummert|zuruck[a-z]*|liest|gelesen|ahnung|fuhlt)|(?:hat|fuhlt) (?:niemand|keiner|sich niemand)|(?:keine?|ohne) (?:[a-z]+ )?(?:antwort|ruckmeldung|reaktion|entschuldigung|erklarung|ruckruf|losung)',
    'ignorier(?:t|en|st)|im stich gelassen|abgewimmelt|von einem zum (?:anderen|nachsten)|weitergeschoben|hin und her|textbausteine?|standardantwort(?:en)?|automatische antwort(?:en)?|ohne (?:es |sie |das |ihn )?(?:uberhaupt )?zu lesen|warteschleife|nichts passiert|passiert nichts|tut sich nichts|aufgelegt|versprochen (?:und|aber)|stattdessen',
  ),
];

const SPANISH: readonly Sign[] = [
  signs(
    'demand',
    '(?:decidanse|paguenme|devuelvanme|arreglenlo|arreglen (?:esto|ya)|exijo|exigimos|quiero (?:hablar con|una (?:explicacion|solucion|disculpa)|mi dinero)|(?:su|un) (?:jefe|superior|encargado|supervisor)|no saben|eso si|dejen|basta)',
  ),
  signs(
    'bitter',
    'nunca|jamas|ni (?:siquiera|una?)|nadie|nada|ningun[oa]?|en absoluto|sinceramente|bastante|peor|empeora|caos|ni una palabra|sin (?:avisar|preguntar)|encima|irresponsable|chapuza|perdid[oa]|prometid[oa]|prometieron|me dijeron|nos dijeron|otra vez|de nuevo|por fin|tont[oa]s?|idiotas?|en serio|basta|encima|colgaron|cansad[oa]|lo mismo|de una vez|no aparecio|siguen? sin|ya hemos|para nada',
  ),
  signs(
    'blame',
    '(?:me|nos) (?:toman|tratan|ven|creen)|es que (?:no|nunca)|su (?:tecnico|repartidor|empresa|servicio|personal|sistema|chofer|conductor)|(?:tienen|han|hacen|aprenden|saben|leen|piensan|creen) (?:mi|nunca|nada|que|otra|cobrado|mal)|me han|nos han|ustedes',
  ),
  signs(
    'patience',
    '(?:estoy|estamos|me tienen?|nos tienen?) (?:[a-z]+ )?(?:hart[oa]s?|furios[oa]s?|indignad[oa]s?|cansad[oa]s?|enfadad[oa]s?|enojad[oa]s?|frustrad[oa]s?|molest[oa]s?|decepcionad[oa]s?|desesperad[oa]s?)|hart[oa] de|(?:mi|la|nuestra) paciencia|basta ya|ya basta|ya (?:esta )?bien de|hasta (?:las narices|el gorro|la coronilla)|no aguanto mas|ya no puedo mas',
  ),
  signs(
    'reproach',
    'verguenza|vergonzos[oa]|inaceptable|intolerable|inadmisible|increible|ridicul[oa]|absurd[oa]|indignante|lamentable|penos[oa]|patetic[oa]|desastre|estafa(?:dos|dores)?|me han estafado|robo|timo|tomadura de pelo|toman(?:do)? el pelo|burla(?:ndo)?|broma|falta de respeto|(?:mentira|mentiras|mentir|mienten|mintieron|mentido)|enganad[oa]s?|incompeten(?:te|tes|cia)|inutil(?:es)?|un asco|una porquer?ia|poca profesionalidad',
    'para que (?:les|os|te|los) pag(?:o|amos)|(?:como|donde) (?:es posible|se ha visto)|que clase de|supuest[oa]s?|asi no se trata|(?:el|la) peor(?:es)?|pesim[oa]s?|(?:mal|malisimo|horrible|terrible|nefasto) (?:servicio|trato|atencion)|perd(?:er|ida|iendo|ido) (?:de |mi |el )?tiempo|no les importa(?:mos)?|a nadie le importa|tan dificil (?:es|puede)|dejen de',
  ),
  signs(
    'ultimatum',
    '(?:si|o|como|sino)(?:(?![.!?])[^]){1,120}(?:cancel(?:o|are|amos)|me voy|nos vamos|me cambio|abogad[oa]s?|denunci[a-z]*|demand(?:o|are)|a la competencia|reclamacion)',
    '(?:mi|mis|nuestro|un) abogad[oa]s?|a la competencia|defensa del consumidor|oficina del consumidor|hoja de reclamaciones|acciones legales|nunca mas|(?:no|jamas) (?:vuelvo|volvere|volveremos) a|(?:mi|nuestro) dinero|quiero que me devuelvan|exijo|exigimos|ultim[oa] (?:aviso|oportunidad|vez)|mala (?:resena|opinion|valoracion)',
  ),
  signs(
    'again',
    '(?:segunda|tercera|cuarta|quinta|sexta|decima|enesima) vez|otra vez (?:lo mismo|igual|mal|el mismo|la misma)|una y otra vez|(?:dos|tres|cuatro|cinco|seis|diez|mil|varias|muchas|\\d+) (?:veces|correos|mensajes|llamadas|mails|emails|tickets)|(?:todos los|cada) (?:santos )?(?:dias?|veces|semanas?)|siempre (?:lo mismo|la misma|dicen|me dicen)|de nuevo lo mismo|cada vez que',
    '(?:llevo|llevamos|hace|desde hace|despues de) (?:mas de )?(?:[a-z]+ |\\d+ )?(?:dias|semanas|meses|horas|anos)|y (?:nada|nadie)|sigo (?:sin|esperando)|seguimos (?:sin|esperando)|sigue sin|todavia (?:no|nadie|nada)|aun (?:no|nadie|nada)',
  ),
  signs(
    'unheard',
    'nadie (?:[a-z]+ ){0,3}(?:contesta|responde|ayuda|llama|resuelve|hace|sabe|escucha|atiende|contestado|respondido)|(?:sin|ninguna|ni una) (?:[a-z]+ )?(?:respuesta|explicacion|solucion|disculpa|noticia)|(?:me|nos) ignoran|ignorad[oa]s?|no pasa nada|no (?:me|nos) (?:contestan|responden|hacen caso|llaman)|respuestas (?:automaticas|genericas|estandar)|de una persona a otra|de un lado (?:a|para) otro|(?:sin|ni) (?:siquiera )?(?:leer|leerl[oa])|me colgaron|cuelgan|en lugar de eso|(?:me|nos) prometieron',
  ),
];

const FRENCH: readonly Sign[] = [
  signs(
    'demand',
    "(?:decidez-vous|payez-moi|remboursez(?:-moi)?|rendez-moi|reparez|reglez|faites|arretez|cessez|(?:votre|un) (?:responsable|superieur|directeur|manager)|j'exige|nous exigeons|je veux (?:un|une|mon|parler)|par contre|plus rien|ne sait|quel(?:le)? (?:gachis|perte|honte|manque))",
  ),
  signs(
    'bitter',
    "jamais|meme pas|chaos|pas un mot|sans (?:prevenir|demander)|en plus|irresponsable|gachis|perdue?|personne|rien|aucune?|franchement|honnetement|assez|pire|empire|promis|on m'avait dit|on nous avait dit|encore|enfin|idiots?|imbeciles?|serieusement|nulle part|raccroche|au nez|depuis le debut|une fois de plus|du tout|toujours pas|n'est (?:jamais|pas) venu",
  ),
  signs(
    'blame',
    "vous (?:me |nous )?(?:prenez|n'avez|avez|n'apprenez|ne|m'avez|nous avez|croyez|pensez|vous)|votre (?:technicien|livreur|societe|service|entreprise|personnel|systeme|hotline)|vos (?:services|equipes|employes|techniciens|conseillers)|chez vous",
  ),
  signs(
    'patience',
    "(?:j'en|on en|nous en) (?:ai|a|avons) (?:[a-z]+ )?(?:marre|assez|ras)|ras[- ]le[- ]bol|marre de|(?:ma|notre|la) patience|(?:je suis|nous sommes|suis) (?:[a-z]+ )?(?:furieux|furieuse|excede[a-z]*|exaspere[a-z]*|en colere|outre[a-z]*|scandalise[a-z]*|degoute[a-z]*|frustre[a-z]*|fatigue[a-z]*|mecontente?s?|decu[a-z]*|enerve[a-z]*|a bout)|ca suffit|trop c'est trop|la goutte d'eau|c'en est trop",
  ),
  signs(
    'reproach',
    "(?:une|la) honte|honteux|inadmissible|inacceptable|intolerable|incroyable|ridicule|scandal(?:e|eux)|lamentable|pitoyable|deplorable|absurde|minable|nul(?:le)?s?|n'importe quoi|du grand n'importe|foutage|se fout(?:re|ent)?|(?:vous )?(?:moquez|moquer|moque|moquent)|plaisanterie|une blague|arnaque[a-z]*|escroc[a-z]*|escroquerie|vol(?:eurs)|mensonges?|ment(?:i|ez|eurs?)|incompeten(?:t|ts|ce)|manque de respect|catastroph(?:e|ique)|du foutage|amateurisme",
    "(?:pourquoi|pour quoi) (?:est-ce que )?(?:je|nous) (?:vous )?pa(?:ie|ye|yons)|a quoi (?:sert|bon)|comment (?:est-ce possible|peut-on|osez)|soi-disant|on ne traite pas|(?:le|la|les) pires?|(?:tres )?mauvais(?:e)? (?:service|experience|accueil)|perte de temps|perd(?:re|u|s) (?:mon|notre|du) temps|vous vous en (?:fichez|moquez|foutez)|personne (?:ne )?s'en soucie|si difficile|arretez de|reponses (?:toutes faites|automatiques|types)",
  ),
  signs(
    'ultimatum',
    '(?:si|sinon|soit|faute de)(?:(?![.!?])[^]){1,120}(?:resili[a-z]*|annul[a-z]*|je pars|nous partons|la concurrence|avocats?|plainte|tribunal|justice|mediateur)',
    "(?:mon|notre|un) avocat|la concurrence|association de consommateurs|60 millions|que choisir|mise en demeure|action en justice|porter plainte|plus jamais|jamais plus|(?:mon|notre) argent|j'exige|nous exigeons|dernier (?:avertissement|rappel|delai)|derniere (?:chance|fois)|mauvais avis|avis negatif",
  ),
  signs(
    'again',
    '(?:deuxieme|troisieme|quatrieme|cinquieme|sixieme|dixieme|enieme|\\d+e) (?:fois|mail|message|appel|relance)|encore (?:la meme|le meme|une fois (?:la|le) meme)|a chaque fois|chaque fois|sans cesse|(?:deux|trois|quatre|cinq|six|dix|plusieurs|maintes|mille|\\d+) (?:fois|mails?|messages|appels|courriels|e-?mails|relances)|tous les (?:jours|matins|mois)|toujours (?:pas|rien|personne|le meme|la meme)',
    "(?:depuis|apres|ca fait|cela fait|voila) (?:plus de |plus d')?(?:[a-z]+ |\\d+ )?(?:jours|semaines|mois|heures|ans)|et (?:toujours|encore) (?:rien|pas|aucun[a-z]*)|une fois de plus|meme (?:probleme|erreur|chose|excuse)",
  ),
  signs(
    'unheard',
    "personne (?:ne )?(?:[a-z]+ ){0,3}(?:repond|reponds|rappelle|aide|ecoute|reagit|fait|sait|lit|responsable|repondu|rappele)|(?:aucune?|sans) (?:[a-z]+ )?(?:reponse|nouvelle|explication|excuse|reaction|solution|retour)|ignor(?:e|es|ez|ee|ent)|rien ne se passe|rien ne bouge|d'une personne a l'autre|d'un service a l'autre|me renvoie|on me balade|sans (?:meme )?(?:le |la |l')?(?:avoir )?(?:lire|lu)|raccroch[a-z]*|promis (?:[a-z]+ ){0,4}(?:et|mais)",
  ),
];

/** A sign found in any of the four counts: people mix languages, and the words differ enough. */
export const SIGNS: readonly Sign[] = [...ENGLISH, ...GERMAN, ...SPANISH, ...FRENCH];

/** Thanks, apologies and requests as one makes them of somebody on whom one counts. */
export const THANKS =
  /(?<![a-z0-9])(?:thanks?(?! (?:to|for nothing))|thank you(?! for nothing)|many thanks|much appreciated|appreciate|grateful|would you|could you|could some(?:one|body)|may i|might i|kindly|sorry (?:to|for|about)|apologies|you have (?:always )?been great|you have always been|you are the best|you're the best|any chance|well done|great job|love (?:your|the)|danke|vielen dank|herzlichen dank|dankbar|konnten sie|wurden sie|durfte ich|ware es moglich|entschuldig(?:en sie|ung)|verzeih[a-z]*|gracias|agradec[a-z]*|podrian?|disculp(?:en?|as?)|perdon(?:en?)?|merci|reconnaissant[a-z]*|pourr(?:iez|ait)-?[a-z]*|excusez|pardon|je vous serais)(?![a-z0-9])/g;

/** Forms that also the angry keep to. */
export const FORMS =
  /(?<![a-z0-9])(?:please|kind regards|best regards|best wishes|dear|bitte|freundliche[a-z]* grusse?|mit freundlichen|liebe[sr]?|por favor|un (?:cordial )?saludo|cordialmente|s'il vous plait|cordialement|bien a vous)(?![a-z0-9])/g;

/** Words for us: who says them again and again, and thanks for nothing, reproaches. */
export const ADDRESS =
  /(?<![a-z0-9])(?:you|your|yours|sie|ihr|ihre[nrms]?|ihnen|ustedes|su|sus|vous|votre|vos)(?![a-z0-9])(?: [a-z']+){0,3}/g;

/** Asked for rather than reproached with. */
export const ASKS =
  /(?<![a-z0-9])(?:(?:can|could|would|will|do|did|if|let|may|have|are|shall|thank|to|for|of|with|from|by|know|help|call|send|tell|give) you|puede[ns]?|pueden|podrian|konnen sie|wissen sie|haben sie|pouvez-vous|avez-vous|how (?:do|can|to)|where (?:do|can|is)|what (?:do|is|should)|is there|i need|i would like)(?![a-z0-9])/;
