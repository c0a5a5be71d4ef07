package dev.carillon.functions.sockets;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import java.util.List;
import java.util.Optional;

/**
 * A message of the Phoenix channels protocol, version 2: {@code [join_ref, ref, topic, event,
 * payload]}.
 *
 * @param joinRef by which join the client is in the topic; null outside of topics
 * @param ref by which the client knows the reply
 */
record PhoenixFrame(Json joinRef, Json ref, String topic, String event, Json.Obj payload) {
  private static final int DEPTH = 16;
  private static final int PARTS = 5;

  /** Empty when it is none. */
  static Optional<PhoenixFrame> parse(String text) {
    try {
      return JsonText.parse(text, DEPTH) instanceof Json.Arr(var parts)
              && parts.size() == PARTS
              && parts.get(2) instanceof Json.Str(var topic)
              && parts.get(3) instanceof Json.Str(var event)
              && parts.get(4) instanceof Json.Obj payload
          ? Optional.of(new PhoenixFrame(parts.get(0), parts.get(1), topic, event, payload))
          : Optional.empty();
    } catch (MalformedJson _) {
      return Optional.empty();
    }
  }

  /**
   * A client counts its refs up, so that a later join has a greater one; 0 for what is no count.
   */
  long join() {
    return joinRef instanceof Json.Str(var text) && text.matches("[0-9]{1,18}")
        ? Long.parseLong(text)
        : 0;
  }

  String ok() {
    return reply("ok", Json.object());
  }

  String error(String reason) {
    return reply("error", Json.object().with("reason", reason));
  }

  String error(Json.Obj response) {
    return reply("error", response);
  }

  private String reply(String status, Json.Obj response) {
    return JsonText.write(
        Json.array(
            List.of(
                joinRef,
                ref,
                Json.of(topic),
                Json.of("phx_reply"),
                Json.object().with("status", status).with("response", response))));
  }
}
