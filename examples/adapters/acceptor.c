// An acceptor of Paxos in C, and its adapter to Concordant's protocol v1. It needs the standard library only.
//   cc -std=c11 -O1 -o acceptor examples/adapters/acceptor.c
//   concordant conform paxos_synod.acceptor -- ./acceptor
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TEXT = 4096, LEARNERS = 8 };

// ---- the implementation: what a user of the kit would have already

typedef struct {
  int round, proposer;
} Ballot;

typedef struct {
  Ballot ballot;
  char value[TEXT]; // as it came: an acceptor never looks into it
} Vote;

typedef struct {
  bool has_promised, has_voted; // all of it is durable
  Ballot promised;
  Vote vote;
} Acceptor;

static bool is_less(Ballot one, Ballot other) {
  return one.round != other.round ? one.round < other.round : one.proposer < other.proposer;
}

static bool prepare(Acceptor *self, Ballot ballot) {
  if (self->has_promised && is_less(ballot, self->promised)) return false;
  self->has_promised = true;
  self->promised = ballot;
  return true;
}

static bool accept_vote(Acceptor *self, const Vote *vote) {
  if (self->has_promised && is_less(vote->ballot, self->promised)) return false;
  self->has_promised = self->has_voted = true;
  self->promised = vote->ballot;
  self->vote = *vote;
  return true;
}

// ---- as much of JSON as it takes: a value is a piece of the line

typedef struct {
  const char *from, *to; // to: one past its end
} Json;

static const char *blank(const char *at) {
  while (isspace((unsigned char)*at)) at++;
  return at;
}

static const char *past(const char *at) { // past one value
  int depth = 0;
  do {
    at = blank(at);
    if (*at == '"') {
      for (at++; *at != '"'; at++) at += *at == '\\';
      at++;
    } else if (strchr("[{", *at)) depth++, at++;
    else if (strchr("]}", *at)) depth--, at++;
    else if (strchr(",:", *at)) at++;
    else at += strcspn(at, ",:]} \t\r\n");
  } while (depth > 0);
  return at;
}

static Json member(Json object, const char *name) { // empty where there is none
  for (const char *at = blank(object.from + 1); *at == '"'; at = blank(at)) {
    const char *end = past(at), *value = blank(blank(end) + 1);
    Json found = {value, past(value)};
    if ((size_t)(end - at) == strlen(name) + 2 && !strncmp(at + 1, name, strlen(name))) return found;
    at = blank(found.to);
    at += *at == ',';
  }
  return (Json){object.to, object.to};
}

static bool is(Json value, const char *text) {
  return (size_t)(value.to - value.from) == strlen(text) + 2 && !strncmp(value.from + 1, text, strlen(text));
}

static Ballot ballot_of(Json json) {
  Json proposer = member(json, "proposer");
  const char *digits = proposer.from + strcspn(proposer.from, "0123456789");
  return (Ballot){atoi(member(json, "round").from), atoi(digits)};
}

static Vote vote_of(Json json) {
  Json value = member(json, "value");
  Vote vote = {.ballot = ballot_of(member(json, "ballot"))};
  snprintf(vote.value, TEXT, "%.*s", (int)(value.to - value.from), value.from);
  return vote;
}

static void say_ballot(const Ballot *ballot) {
  if (!ballot) printf("null");
  else printf("{\"round\": %d, \"proposer\": \"proposer%d\"}", ballot->round, ballot->proposer);
}

static void say_vote(const Vote *vote) {
  if (!vote) {
    printf("null");
    return;
  }
  printf("{\"ballot\": ");
  say_ballot(&vote->ballot);
  printf(", \"value\": %s}", vote->value);
}

// ---- the adapter: one answer to each command

static const char *HELLO = "\"protocol\": 1, \"impl\": {\"name\": \"acceptor.c\", \"language\": \"C\"}, \"supports\": [{\"stem\": \"paxos_synod\", "
                           "\"roles\": [\"acceptor\"], \"control\": [\"crash\", \"crash_after\"], \"observe\": {\"acceptor\": [\"promised\", \"vote\"]}}]";

static Acceptor acceptor;
static char learners[LEARNERS][TEXT];
static int learner_count;

static void start(Json config) {
  acceptor = (Acceptor){0};
  learner_count = 0;
  const char *at = blank(member(config, "learners").from + 1);
  while (*at == '"' && learner_count < LEARNERS) {
    const char *end = past(at);
    snprintf(learners[learner_count++], TEXT, "%.*s", (int)(end - at), at);
    at = blank(end);
    at += *at == ',';
    at = blank(at);
  }
}

static int left, said; // how many sends may still go out, if the step is cut short; how many effects there are

static const char *comma(void) { return said++ ? ", " : ""; }

static void send_voted(const char *to, int length, const Vote *vote) {
  if (left-- <= 0) return;
  printf("%s{\"to\": %.*s, \"send\": {\"type\": \"Accepted\", \"vote\": ", comma(), length, to);
  say_vote(vote);
  printf("}}");
}

static void send_nack(Json to, Ballot ballot) {
  if (left-- <= 0) return;
  printf("%s{\"to\": %.*s, \"send\": {\"type\": \"Nack\", \"ballot\": ", comma(), (int)(to.to - to.from), to.from);
  say_ballot(&ballot);
  printf(", \"promised\": ");
  say_ballot(&acceptor.promised);
  printf("}}");
}

static void send_promise(Json to, Ballot ballot) {
  if (left-- <= 0) return;
  printf("%s{\"to\": %.*s, \"send\": {\"type\": \"Promise\", \"ballot\": ", comma(), (int)(to.to - to.from), to.from);
  say_ballot(&ballot);
  printf(", \"vote\": ");
  say_vote(acceptor.has_voted ? &acceptor.vote : NULL);
  printf("}}");
}

static void receive(Json from, Json message) {
  if (is(member(message, "type"), "Prepare")) {
    Ballot ballot = ballot_of(member(message, "ballot"));
    prepare(&acceptor, ballot) ? send_promise(from, ballot) : send_nack(from, ballot);
    return;
  }
  Vote vote = vote_of(member(message, "vote"));
  if (!accept_vote(&acceptor, &vote)) {
    send_nack(from, vote.ballot);
    return;
  }
  printf("%s{\"announce\": {\"type\": \"Voted\", \"vote\": ", comma());
  say_vote(&vote);
  printf("}}");
  send_voted(from.from, (int)(from.to - from.from), &vote);
  for (int each = 0; each < learner_count; each++) send_voted(learners[each], (int)strlen(learners[each]), &vote);
}

static void answer(Json command) {
  Json todo = member(command, "do"), cut = member(command, "crash_after");
  bool is_cut = cut.from != cut.to;
  if (is(todo, "hello")) printf("%s", HELLO);
  else if (is(todo, "end") || is(todo, "stop")) printf("\"ok\": true");
  else if (is(todo, "crash")) printf("\"down\": true"); // what it keeps is durable
  else {
    left = is_cut ? atoi(cut.from) : LEARNERS + 1;
    said = 0;
    if (is(todo, "start")) start(member(command, "config"));
    printf("\"effects\": [");
    if (is(todo, "receive")) receive(member(command, "from"), member(command, "message"));
    printf("], ");
    if (is_cut) {
      printf("\"down\": true");
      return;
    }
    printf("\"armed\": [], \"view\": {\"promised\": ");
    say_ballot(acceptor.has_promised ? &acceptor.promised : NULL);
    printf(", \"vote\": ");
    say_vote(acceptor.has_voted ? &acceptor.vote : NULL);
    printf("}");
  }
}

int main(void) {
  static char line[1 << 16];
  while (fgets(line, sizeof line, stdin)) {
    Json command = {line, line + strlen(line)}, id = member(command, "id");
    printf("{\"id\": %.*s, ", (int)(id.to - id.from), id.from);
    answer(command);
    printf("}\n");
    fflush(stdout);
  }
}
