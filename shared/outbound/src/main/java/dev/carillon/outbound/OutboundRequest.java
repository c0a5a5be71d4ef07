package dev.carillon.outbound;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A request to a URL that a customer gave.
 *
 * @param method GET, HEAD, POST, PUT, PATCH or DELETE; the first two take no body
 * @param url as the customer gave it: checked when it is sent
 * @param headers any Unicode (sent as UTF-8) but no control characters; those that frame the
 *     message or name its host are refused
 * @param body empty for none
 */
public record OutboundRequest(String method, String url, Map<String, String> headers, byte[] body) {
  public OutboundRequest {
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** With that header, unless it has one of that name, in whatever letters. */
  public OutboundRequest withDefault(String header, String value) {
    if (headers.keySet().stream().anyMatch(header::equalsIgnoreCase)) {
      return this;
    }
    var more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new OutboundRequest(method, url, more, body);
  }
}
