-- Reviews by people, each with what was guessed first, so that it is counted how often that was right.
create index decisions_reviewed on decisions (at) where params ? 'firstGuess';
