package dev.carillon.provider.plivo;

import dev.carillon.message.Content.Field;
import dev.carillon.provider.access.Signatures;
import dev.carillon.provider.access.Signatures.Keyed;
import dev.carillon.provider.format.FormBody;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Plivo's signatures of its requests to us.
 *
 * <p>Version 2, of messages: https://www.plivo.com/docs/messaging/concepts/signature-validation.
 * Version 3: https://www.plivo.com/docs/voice/concepts/signature-validation
 */
final class PlivoSignature {
  private static final Comparator<Field> SORTED =
      Comparator.comparing(Field::name).thenComparing(Field::value);

  private PlivoSignature() {}

  /** Over the URL without its query, so that neither that nor the body is covered. */
  static String second(String url, String nonce, String token) {
    int query = url.indexOf('?');
    return code(query < 0 ? url : url.substring(0, query), nonce, token);
  }

  /** Over the URL, the fields of its query and those of a POST's body. */
  static String third(String method, String url, FormBody body, String nonce, String token) {
    int start = url.indexOf('?');
    String base = start < 0 ? url : url.substring(0, start);
    FormBody query =
        start < 0 ? FormBody.EMPTY : FormBody.read(Signatures.utf8(url.substring(start + 1)));
    String fields = sorted(query, "=", "&");
    if (!method.equals("POST")) {
      return code((fields.isEmpty() ? base : base + "?" + fields) + ".", nonce, token);
    }
    String posted = sorted(body, "", "");
    String asked = fields.isEmpty() && posted.isEmpty() ? base : base + "?" + fields;
    String between = !fields.isEmpty() && !posted.isEmpty() ? "." : "";
    return code(asked + between + posted + ".", nonce, token);
  }

  private static String sorted(FormBody form, String equals, String between) {
    return form.fields().stream()
        .sorted(SORTED)
        .map(field -> field.name() + equals + field.value())
        .collect(Collectors.joining(between));
  }

  private static String code(String text, String nonce, String token) {
    return Signatures.base64(
        Signatures.hmac(
            Keyed.HMAC_SHA256,
            Signatures.utf8(token),
            Signatures.utf8(text),
            Signatures.utf8(nonce)));
  }

  /** Whether one of those given, between commas, is the right one. */
  static boolean among(String given, String right) {
    List<String> each = Arrays.asList(given.split(","));
    boolean found = false;
    for (String one : each) {
      found |= Signatures.equal(one.strip(), right);
    }
    return found;
  }
}
