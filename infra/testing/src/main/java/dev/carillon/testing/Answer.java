package dev.carillon.testing;

import dev.carillon.json.Json;
import java.util.Map;
import java.util.Optional;

/**
 * What an HTTP call was answered.
 *
 * @param headers names in lower case
 * @param body the JSON body; the empty object when there was none
 */
public record Answer(int status, Map<String, String> headers, Json.Obj body) {

  public Answer {
    headers = Map.copyOf(headers);
  }

  public boolean ok() {
    return status >= 200 && status < 300;
  }

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
