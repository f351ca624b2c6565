// The words of the pages, by the parts that show them, so that they can be translated in one place. What the server tells comes in words of its own.

/** What stands in a sentence. */
type Shown = string | number | undefined;

export const branches = {
  theRunAndWhereYou: "The run, and where you have been",
  keepThisPlaceToCompare: "Keep this place to compare",
  compareNoMore: "Compare no more",
  theStart: "the start",
  kept: "(kept)",
};

export const clauses = {
  proved: "Proved, not only explored",
  showsHow: "shows of what, and how.",
  asking: "Asking …",
  /** In a table that says of which place it is. */
  briefly: { "false here": "false", "true here": "true", "reached here": "reached", "not reached here": "not\u00a0reached", "without a case here": "no\u00a0case" } as Record<string, string>,
  whatTheClausesSayHere: "What the clauses say here",
  ofThisProfileAlone: "Of this profile alone:",
  judgesTheRuleOnProfiles: (one: Shown) => `judges the rule, on profiles such as these: ${one}. Of others nothing is promised, so that what is false there need be no mistake.`,
  ofThisPlaceAlone: "Of this place alone:",
  judgesTheSystem: "judges the system.",
  thatIsKnownOfThis: "That is known of this rule, which does not promise it.",
  underAllThatMayHappen: "Under all that may happen in this system it is not promised, so that this is no mistake.",
  itIsAboutWholePaths: "It is about whole paths, and true or false in no one place:",
  showsALassoWhereIt: "shows a lasso where it fails.",
  whyItHolds: "why it holds",
  brokenBy: "Broken by",
  whatItSaysAlongThe: "What it says along the run",
  after: "after",
  itIs: "it is",
  byWhichMoveAndWhich: "by which move, and which facts",
  toThePlaceAfterMoves: (one: Shown) => `to the place after ${one} moves`,
  theStart: "the start",
  judgeThemEverywhere: "Judge them everywhere",
  stop: "Stop",
  everywhere: (one: Shown) => `everywhere: ${one}`,
  goToWhereIsSo: (one: Shown) => `go to where ${one} is so`,
  goThere: "go there",
  findReached: "Find the nearest place where it is reached",
  findFalse: "Find the nearest place where it is false",
  fromWhereTheSearchBegan: " (from where the search began)",
};

export const client = {
  theServerOfThisPage: "the server of this page does not answer: start concordant explore again",
  theServerAnswered: (one: Shown) => `the server answered ${one}`,
  thisPageHoldsProfilesAnd: (one: Shown, two: Shown) => `this page holds ${one} profiles, and not that one: concordant explore '${two}' goes on from here`,
  thisPageHoldsPlacesAnd: (one: Shown, two: Shown) => `this page holds ${one} places, and not that one: concordant explore '${two}' goes on from here`,
};

export const compared = {
  theyDifferFromTheFirst: "They differ from the first move on",
  theSame: (one: Shown) => `${one} the same`,
  theFirstMoveIs: "The first move is",
  theFirstMovesAre: (one: Shown) => `The first ${one} moves are`,
  comparedWithThePlaceThat: "Compared with the place that is kept",
  thisIsThatPlaceGo: "This is that place: go elsewhere, and both runs stand here side by side.",
  twoRunsSideBySide: "two runs side by side",
  theRunThatIsKept: "the run that is kept",
  thisRun: "this run",
  theFirstDifference: "the first difference",
  itEndsHere: "it ends here",
  down: " down",
  allProcessesStandAlikeAt: "All processes stand alike at both ends, and clauses say the same.",
  whereBothEndThereHere: "Where both end, there → here:",
};

export const drawn = {
  drawn: "drawn:",
};

export const explorer = {
  situations: "situations",
  concordant: (one: Shown) => `${one}: Concordant`,
  theLinkToThisPlace: "the link to this place is copied",
  asSaved: "as saved",
  itDepartsFromWhatWas: (one: Shown) => `it departs from what was saved: ${one}; it is shown as far as it goes`,
  nothingIsComparedAnyMore: "nothing is compared any more",
  thisPlaceIsKeptGo: "this place is kept: go elsewhere, and both runs stand side by side below the run",
  findingTheRun: "Finding the run …",
  thisPageHoldsPlacesFrom: (one: Shown) => `This page holds ${one} places. From here`,
  goesOn: "goes on.",
  anotherScopeSituationOrMistake: "another scope, situation or mistake …",
  lookAtAnotherScopeSituation: (one: Shown) => `look at another scope, situation or mistake of ${one}`,
  theRun: "the run",
  toTheStart: "to the start",
  back: "back",
  forward: "forward",
  forwardAsFarAsYou: "forward as far as you have been",
  filter: "filter",
  filterMovesAndClauses: "filter moves and clauses",
  keys: "keys",
  atTheStart: "at the start",
  after: (one: Shown, two: Shown) => `after ${one} ${two}`,
  move: "move",
  moves: "moves",
  someMovesAtRandomFrom: "some moves at random from here, each time others",
  runOnAtRandom: "Run on at random",
  copyLink: "Copy link",
  save: "Save",
  open: "Open",
  nothingToSave: "no move has been made",
  noneYet: "No move has been made yet.",
  falseHere: (one: Shown) => `✗ false here: ${one}`,
  theRunAsAPicture: "The run as a picture",
  itIsDrawnOnceA: "It is drawn once a move has been made.",
  instead: (one: Shown, two: Shown) => `move ${one}: ${two}`,
  whoseMovesAreDrawn: "whose moves are drawn",
  allMoves: "all moves",
  foldStepsOfTheirOwn: "fold steps of their own",
  movesOfAndWhatIt: (one: Shown) => `moves of ${one} and what it hears`,
};

export const flight = {
  messagesCallsAndHistory: "messages, calls and history",
  inFlight: "In flight",
  whatTheClausesRemember: "What the clauses remember",
  nothing: "nothing",
  waitingForAnAnswer: "Waiting for an answer",
  asks: (one: Shown, two: Shown) => `${one} asks ${two}`,
};

export const frame = {
  scopes: "scopes",
  mistakes: "mistakes",
  lookAt: "Look at",
  beginAnew: (one: Shown) => `begin anew: ${one}`,
  keys: "Keys",
  close: "Close",
};

export const keys = {
  back: "back",
  makeThatMove: "make that move",
  orK: "↑ or k",
  toTheMoveAbove: "to the move above",
  orJ: "↓ or j",
  toTheMoveBelowEnter: "to the move below; Enter makes it",
  orH: "← or h",
  orL: "→ or l",
  forwardAgain: "forward again",
  toTheStart: "to the start",
  forwardAsFarAsYou: "forward as far as you have been",
  keepThisPlaceToCompare: "keep this place, to compare other runs with it; again: no more",
  onlyWhatChanged: "only what changed",
  whatIsSeenOfEach: "what is seen of each process from outside",
  whatCannotBeDoneAnd: "what cannot be done, and why not",
  foldStepsInWhichNobody: "fold steps in which nobody hears anything",
  runOnAtRandomEach: "run on at random, each time otherwise",
  judgeTheClausesInAll: "judge the clauses in all that can be reached",
  toTheDiagram: "to the diagram",
  toTheRunAndIts: "to the run and its branches",
  filterMovesAndClauses: "filter moves and clauses",
  toTheFirstCell: "to the first cell",
  inATableToThe: "in a table: to the same column of the next row",
  whoGainsByLyingHere: "who gains by lying here?",
  outOfWhatOneTypes: "out of what one types into",
  toTheClauses: "to the clauses",
  copyTheLinkToWhat: "copy the link to what is shown",
  theseKeys: "these keys",
};

export const moves = {
  kinds: {
    receive: "hears a message",
    ask: "is asked",
    fire: "by itself",
    tick: "its clock goes on",
    lose: "a message is lost",
    crash: "goes down",
    recover: "comes up again",
    cancel: "is asked to cancel",
    forge: "hears what was forged",
    setback: "its clock is set back",
    suspect: "is told to suspect another",
    trust: "is told to trust another again",
  } as Record<string, string>,
  whatCanBeDone: "What can be done",
  thatCannotBeMadeAnd: (one: Shown, two: Shown) => `${one} ${two} that cannot be made, and why not`,
  noMoveCanBeMade: "No move can be made: nothing more happens.",
  ofFitTheFilter: (one: Shown, two: Shown) => `${one} of ${two} fit the filter`,
  move: "move",
  moves: "moves",
  faults: "Faults",
  left: (one: Shown, two: Shown) => `${one}: ${two} left`,
  anyNumber: "any number",
  leadsBeyondThisPage: "leads beyond this page",
};

export const page = {
  pictureSvg: "picture (SVG)",
  traceToOpenAgainItf: "trace to open again (ITF)",
  testForAnImplementation: "test for an implementation",
};

export const picture = {
  and: " and ",
  now: "now",
  after: (one: Shown) => ` after ${one}`,
  start: "start",
  move: (one: Shown) => `move ${one}`,
  afterMove: (one: Shown) => `after move ${one}`,
  fromMoveTo: (one: Shown, two: Shown) => `from move ${one} to ${two}`,
};

export const report = {
  aClauseAMistakeViolated: "a clause, a mistake, violated …",
  concordant: (one: Shown) => `, Concordant ${one}`,
  showOnly: "Show only",
  what: "what",
  verdict: "verdict",
  sentence: "sentence",
  judgedOn: "judged on",
  hide: "hide",
  show: "show",
  coverageWhatExploringCameTo: "coverage: what exploring came to, and never did",
  cameAbout: "came about",
  under: "under",
  never: "never",
  theRunOf: (one: Shown, two: Shown) => `the run of ${one} ${two}`,
  move: "move",
  moves: "moves",
  theCase: "the case",
};

export const rule = {
  concordant: (one: Shown) => `${one}: Concordant`,
  theLinkToThisProfile: "the link to this profile is copied",
  findingTheRule: "Finding the rule …",
  theProfile: "the profile",
  keys: "keys",
  whatIsReported: "What is reported",
  itsRule: "Its rule",
  ofProfilesSuchAsThese: (one: Shown) => `, of profiles such as these: ${one}.`,
  whoGainsByLyingHere: "Who gains by lying here?",
  copyLink: "Copy link",
  thoseOfItsFamily: "those of its family",
  thisPageHoldsProfilesFrom: (one: Shown) => `This page holds ${one} profiles. From here`,
  goesOn: "goes on.",
  whatComesOfIt: "What comes of it",
  beforeWhatCannotBeRead: "before what cannot be read was typed",
  theRuleRaises: (one: Shown) => `the rule raises ${one}`,
  theRightRuleMakesOf: "The right rule makes of it",
  theRightRuleMakesThe: "The right rule makes the same of it.",
  falseHere: (one: Shown) => `✗ false here: ${one}`,
  tryingMisreports: "Trying misreports …",
  whoLies: "who lies",
  how: "how",
  honest: "honest",
  lying: "lying",
  then: "then",
  theNumbersAreWhatThe: "The numbers are what the outcome is worth to whoever lies, whose true report is the one above.",
  otherProfilesOrAMistake: "other profiles, or a mistake …",
  lookAtOtherProfilesOr: (one: Shown) => `look at other profiles or a mistake of ${one}`,
  anError: (one: Shown) => `an error: ${one}`,
};

export const sheet = {
  nothing: "nothing",
  of: (one: Shown, two: Shown) => `${one} of ${two}`,
  row: (one: Shown) => `row ${one}`,
  takeAwayOf: (one: Shown) => `take away ${one}`,
  takeAway: "take away",
  addARowTo: (one: Shown) => `Add a row to ${one}`,
};

export const spacetime = {
  spaceTimeDiagramParticipantsMoves: (one: Shown, two: Shown, three: Shown) => `Space-time diagram: ${one} participants, ${two} moves${three}. The list of moves says the same in words.`,
  ofWhichAreDrawn: (one: Shown) => `, of which ${one} are drawn`,
  ofItsOwn: (one: Shown, two: Shown) => `${one} ${two} of its own`,
  step: "step",
  steps: "steps",
  repeatedForEver: "repeated for ever",
};

export const state = {
  state: "State",
  onlyWhatChanged: "only what changed",
  whatIsSeenFromOutside: "what is seen from outside",
  ifThatMoveWereMade: "if that move were made",
  unchangedHidden: (one: Shown, two: Shown) => `${one} unchanged ${two} hidden`,
  is: "is",
  are: "are",
  namedWhereAClauseIs: "named where a clause is false here",
  down: "down",
  fromOutside: "from outside:",
};

export const trace = {
  aRunOfMovesArrow: (one: Shown) => `A run of ${one} moves; arrow keys step through it`,
  beforeTheFirstMove: "before the first move",
  previousMove: "previous move",
  nextMove: "next move",
  lastMove: "last move",
  moveOf: (one: Shown, two: Shown) => `move ${one} of ${two}`,
  given: (one: Shown) => `given ${one}`,
  inFlightAtTheEnd: (one: Shown) => `${one} in flight at the end`,
  from: (one: Shown) => ` from ${one}`,
};
