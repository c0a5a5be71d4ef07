package dev.carillon.provider;

import dev.carillon.provider.access.Signatures;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers as a provider gives them when it takes a message, for the local stack, which stands in
 * for providers, and for tests. Nothing that is deployed calls them.
 */
public final class StandIn {
  /** Stands for an id in the forms below: the same for the same request. */
  private static final String ID = "#";

  private StandIn() {}

  /**
   * @param form JSON with apostrophes for quotation marks and {@code #} for an id
   */
  public static Optional<ProviderResponse> json(
      ProviderCall.Http request, int status, String form) {
    return answer(status, "application/json", form.replace('\'', '"').replace(ID, id(request)));
  }

  /**
   * @param form with {@code #} for an id
   */
  public static Optional<ProviderResponse> xml(ProviderCall.Http request, String form) {
    return answer(200, "text/xml", form.replace(ID, id(request)));
  }

  /** An answer without a body that names the message in a header. */
  public static Optional<ProviderResponse> header(
      ProviderCall.Http request, int status, String name) {
    return Optional.of(
        new ProviderResponse(status, Map.of(name, List.of(id(request))), new byte[0], true));
  }

  /** A text. */
  public static Optional<ProviderResponse> text(int status, String text) {
    return answer(status, "text/plain", text);
  }

  private static Optional<ProviderResponse> answer(int status, String type, String body) {
    return Optional.of(
        new ProviderResponse(
            status, Map.of("content-type", List.of(type)), Signatures.utf8(body), true));
  }

  /** Digits alone, which fit every provider's ids. */
  private static String id(ProviderCall.Http request) {
    byte[] code =
        Signatures.hmac(
            Signatures.Keyed.HMAC_SHA256,
            Signatures.utf8("carillon stand-in"),
            Signatures.utf8(request.method() + " " + request.url() + "\n"),
            request.body());
    var digits = new StringBuilder("1");
    for (int i = 0; i < 17; i++) {
      digits.append(Math.floorMod(code[i], 10));
    }
    return digits.toString();
  }
}
