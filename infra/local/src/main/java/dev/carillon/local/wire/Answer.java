package dev.carillon.local.wire;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;

/** An HTTP answer. */
public record Answer(int status, Map<String, String> headers, byte[] body) {

  public Answer {
    headers = Map.copyOf(headers);
  }

  public static Answer json(int status, String contentType, Json body) {
    return new Answer(status, Map.of("Content-Type", contentType), JsonText.bytes(body));
  }

  public Answer withHeader(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, more, body);
  }
}
