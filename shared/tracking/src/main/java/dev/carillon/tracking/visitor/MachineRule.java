package dev.carillon.tracking.visitor;

import java.util.Locale;

/**
 * One mark of a machine.
 *
 * @param source where it is documented or collected
 */
public record MachineRule(MachineSign sign, Mark mark, String source) {

  /** What a request must bear. Texts are compared without regard to case. */
  public sealed interface Mark {

    record Method(String name) implements Mark {}

    /**
     * @param header in lower case
     * @param start what its value begins with
     */
    record HeaderStarts(String header, String start) implements Mark {}

    /** Somewhere in the User-Agent, in lower case. */
    record AgentHolds(String part) implements Mark {}

    record AgentStarts(String start) implements Mark {}

    /** The whole User-Agent. */
    record AgentIs(String whole) implements Mark {}

    record NoAgent() implements Mark {}
  }

  boolean fits(RequestFacts request) {
    String agent = request.header("user-agent").orElse("").toLowerCase(Locale.ROOT);
    return switch (mark) {
      case Mark.Method(var name) -> request.method().equals(name);
      case Mark.HeaderStarts(var header, var start) ->
          request.header(header).orElse("").toLowerCase(Locale.ROOT).startsWith(start);
      case Mark.AgentHolds(var part) -> agent.contains(part);
      case Mark.AgentStarts(var start) -> agent.startsWith(start);
      case Mark.AgentIs(var whole) -> agent.equals(whole);
      case Mark.NoAgent() -> agent.isEmpty();
    };
  }
}
