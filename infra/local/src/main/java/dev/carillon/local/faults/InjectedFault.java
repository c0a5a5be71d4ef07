package dev.carillon.local.faults;

/** How one call goes wrong. */
public sealed interface InjectedFault {
  /** The service answers with this status and does nothing. */
  record Status(int code) implements InjectedFault {}

  /** No answer comes, and nothing reaches the service. */
  record Timeout() implements InjectedFault {}

  /** The service does what was asked; the connection closes before its answer. */
  record LostResponse() implements InjectedFault {}

  /** The service says that it is called too often, and does nothing. */
  record Throttle() implements InjectedFault {}

  /**
   * @throws IllegalArgumentException with a sentence when there is no such kind
   */
  static InjectedFault parse(String kind) {
    return switch (kind) {
      case "timeout" -> new Timeout();
      case "lost-response" -> new LostResponse();
      case "throttle" -> new Throttle();
      case String status when status.matches("status:[45]\\d\\d") ->
          new Status(Integer.parseInt(status.substring("status:".length())));
      default ->
          throw new IllegalArgumentException(
              "kind must be status:400 to status:599, timeout, lost-response or throttle.");
    };
  }
}
