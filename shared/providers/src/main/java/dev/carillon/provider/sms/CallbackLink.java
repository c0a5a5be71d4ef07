package dev.carillon.provider.sms;

import dev.carillon.message.MessageId;
import dev.carillon.provider.Correlation;
import dev.carillon.provider.access.Signatures;
import dev.carillon.provider.access.Signatures.Keyed;
import dev.carillon.provider.format.FormBody;
import java.net.URI;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The URL at which a provider is to report on one message. It names the message and proves that we
 * gave it out, with a code made from one of the channel's credentials: many providers sign their
 * reports only for those who ask for it, or sign them without the URL. Who sees such a link can
 * report on that message and on no other.
 */
public final class CallbackLink {
  private static final String MESSAGE = "m";
  private static final String PROOF = "s";

  /** Bytes of the code that are kept: 128 bits. */
  private static final int LENGTH = 16;

  private CallbackLink() {}

  /**
   * @param key a credential of the channel; a link made before it is replaced proves nothing after
   */
  public static String to(URI callback, MessageId message, String key) {
    String url = callback.toString();
    return url
        + (url.contains("?") ? "&" : "?")
        + FormBody.EMPTY.with(MESSAGE, message.value()).with(PROOF, proof(message, key)).encoded();
  }

  /** The message that the URL names, if we gave it out. What a provider adds to it is ignored. */
  public static Optional<MessageId> message(String url, String key) {
    if (key.isEmpty()) {
      return Optional.empty();
    }
    FormBody query = query(url);
    return Correlation.message(only(query, MESSAGE))
        .filter(
            id ->
                only(query, PROOF)
                    .map(given -> Signatures.equal(given, proof(id, key)))
                    .orElse(false));
  }

  /** The fields of a URL's query. */
  public static FormBody query(String url) {
    int start = url.indexOf('?');
    return start < 0
        ? FormBody.EMPTY
        : FormBody.read(Signatures.utf8(url.substring(start + 1).replaceFirst("#.*", "")));
  }

  /** The fields of a URL's query that are not ours. */
  public static FormBody others(String url) {
    return query(url).without(MESSAGE).without(PROOF);
  }

  private static Optional<String> only(FormBody query, String name) {
    List<String> values =
        query.fields().stream()
            .filter(field -> field.name().equals(name))
            .map(field -> field.value())
            .toList();
    return values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
  }

  private static String proof(MessageId message, String key) {
    byte[] code =
        Signatures.hmac(
            Keyed.HMAC_SHA256,
            Signatures.utf8(key),
            Signatures.utf8("carillon callback "),
            Signatures.utf8(message.value()));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(code, LENGTH));
  }
}
