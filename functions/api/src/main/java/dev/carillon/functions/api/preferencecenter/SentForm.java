package dev.carillon.functions.api.preferencecenter;

import dev.carillon.edge.HttpRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A form that was sent.
 *
 * @param fields decoded, each with its values in their order
 */
record SentForm(Map<String, List<String>> fields) {
  private static final int BYTES = 64 * 1024;

  /** What a mail program sends for one click (RFC 8058); it may send it in parts. */
  private static final String ONE_CLICK = "List-Unsubscribe";

  private static final String ONE_CLICK_VALUE = "One-Click";
  private static final Pattern ONE_CLICK_PART =
      Pattern.compile("(?i)name=\"?List-Unsubscribe\"?[^\\r\\n]*\\r?\\n\\r?\\nOne-Click\\r?\\n");

  SentForm {
    fields = Map.copyOf(fields);
  }

  /** Empty when it is no form, or larger than any of ours. */
  static Optional<SentForm> of(HttpRequest request) {
    if (request.body().length > BYTES) {
      return Optional.empty();
    }
    String type = request.header("content-type").orElse("").strip();
    String body = new String(request.body(), StandardCharsets.UTF_8);
    if (type.regionMatches(true, 0, "multipart/form-data", 0, 19)) {
      return ONE_CLICK_PART.matcher(body).find()
          ? Optional.of(new SentForm(Map.of(ONE_CLICK, List.of(ONE_CLICK_VALUE))))
          : Optional.empty();
    }
    try {
      var fields = new LinkedHashMap<String, List<String>>();
      for (String pair : body.split("&")) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          fields
              .computeIfAbsent(decoded(pair.substring(0, equals)), _ -> new ArrayList<>())
              .add(decoded(pair.substring(equals + 1)));
        }
      }
      return Optional.of(new SentForm(fields));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  boolean isOneClick() {
    return all(ONE_CLICK).contains(ONE_CLICK_VALUE);
  }

  List<String> all(String field) {
    return fields.getOrDefault(field, List.of());
  }
}
