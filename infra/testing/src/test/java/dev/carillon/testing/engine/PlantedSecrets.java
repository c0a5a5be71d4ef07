package dev.carillon.testing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Secrets that are each there once, and where any of them was seen, in whatever spelling. */
final class PlantedSecrets {
  /** Each by what it is. */
  private final Map<String, String> secrets = new LinkedHashMap<>();

  private final Set<String> leaks = new LinkedHashSet<>();
  private int looked;

  int count() {
    return secrets.size();
  }

  /** How often something was looked at. */
  int looked() {
    return looked;
  }

  /** What of which was seen, and where. */
  Set<String> leaks() {
    return leaks;
  }

  /** What is secret looks like what is not: letters, digits, and what spellings differ in. */
  String of(String what) {
    return secrets.computeIfAbsent(
        what, _ -> "Mark+er/" + secrets.size() + "&\"" + Digest.hex(what).substring(0, 20));
  }

  /** Keeps what was shown this once. */
  void keep(String what, Json.Obj answer) {
    Map<String, String> shown = new LinkedHashMap<>();
    fields(answer, shown);
    shown.keySet().removeIf(name -> !name.matches("token|secret|key|private_key"));
    assertThat(shown).as(what).isNotEmpty();
    shown.forEach((name, value) -> secrets.put(what + " " + name, value));
  }

  private static void fields(Json.Obj object, Map<String, String> found) {
    object
        .fields()
        .forEach(
            (name, value) -> {
              switch (value) {
                case Json.Str(var text) -> found.put(name, text);
                case Json.Obj inner -> fields(inner, found);
                case Json.Arr _, Json.Num _, Json.Bool _, Json.Null _ -> {}
              }
            });
  }

  String everyForm(String what) {
    String secret = secrets.get(what);
    return String.join(
        " ",
        secret,
        URLEncoder.encode(secret, StandardCharsets.UTF_8),
        "Basic "
            + Base64.getEncoder()
                .encodeToString(("api:" + secret).getBytes(StandardCharsets.UTF_8)));
  }

  void look(String where, String shown) {
    looked++;
    String plain = shown.replace("\\\"", "\"").replace("\\\\", "\\").replace("\\/", "/");
    for (var secret : secrets.entrySet()) {
      if (forms(secret.getValue()).anyMatch(form -> shown.contains(form) || plain.contains(form))) {
        leaks.add(where + " has the " + secret.getKey());
      }
    }
  }

  /** As it is, in URLs, in JSON, in HTML, and within what is encoded in Base64. */
  private static Stream<String> forms(String secret) {
    String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    Stream<String> within =
        Stream.of(0, 1, 2)
            .map(
                skipped ->
                    Base64.getEncoder()
                        .withoutPadding()
                        .encodeToString(
                            Arrays.copyOfRange(
                                bytes, skipped, skipped + (bytes.length - skipped) / 3 * 3)));
    return Stream.concat(
        Stream.of(
            secret,
            secret.replace("\n", "\\n"),
            url,
            url.replace("+", "%20"),
            secret.replace("&", "&amp;").replace("\"", "&quot;")),
        within);
  }
}
