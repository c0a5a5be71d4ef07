package dev.carillon.local.wire;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import java.util.LinkedHashMap;
import java.util.Map;

/** An HTTP answer. */
public record AwsResponse(int status, Map<String, String> headers, byte[] body) {

  public AwsResponse {
    headers = Map.copyOf(headers);
  }

  public static AwsResponse json(int status, String contentType, Json body) {
    return new AwsResponse(status, Map.of("Content-Type", contentType), JsonText.bytes(body));
  }

  public AwsResponse withHeader(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new AwsResponse(status, more, body);
  }
}
