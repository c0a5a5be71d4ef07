package dev.carillon.local.endpoint;

import dev.carillon.local.wire.AwsRequest;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who signed a call and for which service, as Signature Version 4 says it. */
record SigningCredential(String accessKey, String service) {
  private static final Pattern CREDENTIAL =
      Pattern.compile("Credential=([^/,\\s]+)/\\d{8}/[^/]+/([^/]+)/aws4_request");

  static Optional<SigningCredential> of(AwsRequest request) {
    return request
        .header("authorization")
        .map(CREDENTIAL::matcher)
        .filter(Matcher::find)
        .map(match -> new SigningCredential(match.group(1), match.group(2)));
  }
}
