// An acceptor of Paxos in Java, and its adapter to Concordant's protocol v1. It needs the JDK only.
//   concordant conform paxos_synod.acceptor -- java examples/adapters/Acceptor.java
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

final class Acceptor {
  // ---- the implementation: what a user of the kit would have already

  record Ballot(long round, String proposer) implements Comparable<Ballot> {
    @Override
    public int compareTo(Ballot other) {
      return round != other.round ? Long.compare(round, other.round) : Integer.compare(number(), other.number());
    }

    private int number() {
      return Integer.parseInt(proposer.replaceAll("\\D", ""));
    }
  }

  record Vote(Ballot ballot, Object value) {}

  interface Network {
    void send(String to, Map<String, Object> message);

    void announce(Map<String, Object> event);
  }

  private final List<String> learners;
  private Ballot promised; // durable
  private Vote vote; // durable

  Acceptor(List<String> learners) {
    this.learners = learners;
  }

  void prepare(String from, Ballot ballot, Network network) {
    if (promised != null && ballot.compareTo(promised) < 0) {
      network.send(from, record("type", "Nack", "ballot", json(ballot), "promised", json(promised)));
      return;
    }
    promised = ballot;
    network.send(from, record("type", "Promise", "ballot", json(ballot), "vote", json(vote)));
  }

  void accept(String from, Vote asked, Network network) {
    if (promised != null && asked.ballot.compareTo(promised) < 0) {
      network.send(from, record("type", "Nack", "ballot", json(asked.ballot), "promised", json(promised)));
      return;
    }
    promised = asked.ballot;
    vote = asked;
    network.announce(record("type", "Voted", "vote", json(vote)));
    network.send(from, record("type", "Accepted", "vote", json(vote)));
    for (String learner : learners) network.send(learner, record("type", "Accepted", "vote", json(vote)));
  }

  // ---- the adapter: one answer to each command

  private static final Map<String, Object> HELLO =
      record(
          "protocol", 1L,
          "impl", record("name", "Acceptor.java", "language", "Java"),
          "supports",
              List.of(
                  record(
                      "stem", "paxos_synod",
                      "roles", List.of("acceptor"),
                      "control", List.of("crash", "crash_after"),
                      "observe", record("acceptor", List.of("promised", "vote")))));

  private static Acceptor acceptor;

  @SuppressWarnings("unchecked")
  static Map<String, Object> answer(Map<String, Object> command) {
    List<Object> effects = new ArrayList<>();
    long sends = command.containsKey("crash_after") ? (Long) command.get("crash_after") : Long.MAX_VALUE;
    Network network =
        new Network() {
          private long left = sends;

          @Override
          public void send(String to, Map<String, Object> message) {
            if (left-- > 0) effects.add(record("send", message, "to", to));
          }

          @Override
          public void announce(Map<String, Object> event) {
            effects.add(record("announce", event));
          }
        };
    switch ((String) command.get("do")) {
      case "hello":
        return HELLO;
      case "end":
      case "stop":
        return record("ok", true);
      case "crash": // what it keeps is durable
        return record("down", true);
      case "start":
        acceptor = new Acceptor((List<String>) ((Map<String, Object>) command.get("config")).get("learners"));
        break;
      case "receive":
        String from = (String) command.get("from");
        Map<String, Object> message = (Map<String, Object>) command.get("message");
        if (message.get("type").equals("Prepare")) acceptor.prepare(from, ballot(message.get("ballot")), network);
        else acceptor.accept(from, vote(message.get("vote")), network);
        break;
      default: // it recovers with what it has
    }
    if (command.containsKey("crash_after")) return record("down", true, "effects", effects);
    Map<String, Object> view = record("promised", json(acceptor.promised), "vote", json(acceptor.vote));
    return record("effects", effects, "armed", List.of(), "view", view);
  }

  public static void main(String[] arguments) throws IOException {
    BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = input.readLine(); line != null; line = input.readLine()) {
      @SuppressWarnings("unchecked")
      Map<String, Object> command = (Map<String, Object>) new Parser(line).value();
      Map<String, Object> answered = record("id", command.get("id"));
      answered.putAll(answer(command));
      System.out.println(text(answered));
    }
  }

  // ---- values as JSON, of which the JDK knows nothing

  static Map<String, Object> record(Object... namesAndValues) {
    Map<String, Object> record = new LinkedHashMap<>();
    for (int place = 0; place < namesAndValues.length; place += 2) {
      record.put((String) namesAndValues[place], namesAndValues[place + 1]);
    }
    return record;
  }

  static Object json(Ballot ballot) {
    return ballot == null ? null : record("round", ballot.round, "proposer", ballot.proposer);
  }

  static Object json(Vote vote) {
    return vote == null ? null : record("ballot", json(vote.ballot), "value", vote.value);
  }

  static Ballot ballot(Object json) {
    Map<?, ?> fields = (Map<?, ?>) json;
    return new Ballot((Long) fields.get("round"), (String) fields.get("proposer"));
  }

  static Vote vote(Object json) {
    Map<?, ?> fields = (Map<?, ?>) json;
    return new Vote(ballot(fields.get("ballot")), fields.get("value"));
  }

  static String text(Object value) {
    if (value instanceof Map<?, ?> fields) {
      return fields.entrySet().stream()
          .map(field -> text(field.getKey()) + ": " + text(field.getValue()))
          .collect(Collectors.joining(", ", "{", "}"));
    }
    if (value instanceof List<?> items) return items.stream().map(Acceptor::text).collect(Collectors.joining(", ", "[", "]"));
    if (value instanceof String string) return '"' + string.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    return String.valueOf(value);
  }

  /** Reads objects, arrays, texts without control characters, whole numbers, true, false and null. */
  static final class Parser {
    private final String text;
    private int at;

    Parser(String text) {
      this.text = text;
    }

    Object value() {
      switch (next()) {
        case '{':
          Map<String, Object> fields = new LinkedHashMap<>();
          for (at++; next() != '}'; skip(',')) {
            String name = (String) value();
            skip(':');
            fields.put(name, value());
          }
          at++;
          return fields;
        case '[':
          List<Object> items = new ArrayList<>();
          for (at++; next() != ']'; skip(',')) items.add(value());
          at++;
          return items;
        case '"':
          StringBuilder read = new StringBuilder();
          for (at++; text.charAt(at) != '"'; at++) read.append(text.charAt(text.charAt(at) == '\\' ? ++at : at));
          at++;
          return read.toString();
        default:
          int from = at;
          while (at < text.length() && ",:]} ".indexOf(text.charAt(at)) < 0) at++;
          String word = text.substring(from, at);
          return word.equals("null") ? null : word.equals("true") || word.equals("false") ? (Object) word.equals("true") : (Object) Long.valueOf(word);
      }
    }

    private char next() {
      while (text.charAt(at) == ' ') at++;
      return text.charAt(at);
    }

    private void skip(char expected) {
      if (next() == expected) at++;
    }
  }
}
