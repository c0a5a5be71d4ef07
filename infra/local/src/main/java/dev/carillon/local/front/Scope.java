package dev.carillon.local.front;

import dev.carillon.local.wire.Request;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who signed a call and for which service, as Signature Version 4 says it. */
record Scope(String accessKey, String service) {
  private static final Pattern CREDENTIAL =
      Pattern.compile("Credential=([^/,\\s]+)/\\d{8}/[^/]+/([^/]+)/aws4_request");

  static Optional<Scope> of(Request request) {
    return request
        .header("authorization")
        .map(CREDENTIAL::matcher)
        .filter(Matcher::find)
        .map(match -> new Scope(match.group(1), match.group(2)));
  }
}
