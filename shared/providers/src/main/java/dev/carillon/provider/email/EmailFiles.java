package dev.carillon.provider.email;

import dev.carillon.message.Content.Attachment;
import dev.carillon.provider.access.Signatures;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Files that go with a mail, made fit for any provider. */
final class EmailFiles {
  private static final String UNKNOWN = "application/octet-stream";
  private static final int LONGEST_TYPE = 255;

  /** A type with parameters, such as {@code text/calendar; method=REQUEST} of an invitation. */
  private static final Pattern TYPE =
      Pattern.compile(
          "([A-Za-z0-9!#$&^_.+-]{1,127}/[A-Za-z0-9!#$&^_.+-]{1,127})( *;"
              + " *[A-Za-z0-9!#$&^_.+-]{1,64}=([A-Za-z0-9!#$&^_.+-]{1,127}|\"["
              + " !#-\\[\\]-~]{0,127}\"))*");

  /** For files without a name: Mailgun and Resend drop those, Mailjet refuses them. */
  private static final Map<String, String> EXTENSIONS =
      Map.ofEntries(
          Map.entry("application/json", "json"),
          Map.entry("application/pdf", "pdf"),
          Map.entry("application/zip", "zip"),
          Map.entry("image/gif", "gif"),
          Map.entry("image/jpeg", "jpg"),
          Map.entry("image/png", "png"),
          Map.entry("image/svg+xml", "svg"),
          Map.entry("image/webp", "webp"),
          Map.entry("text/calendar", "ics"),
          Map.entry("text/csv", "csv"),
          Map.entry("text/html", "html"),
          Map.entry("text/plain", "txt"));

  private EmailFiles() {}

  /**
   * The file with a name of one line without folders, a type that is one and a content id without
   * brackets; empty when its content is not base64.
   */
  static Optional<Attachment> checked(Attachment file) {
    if (Signatures.unbase64(file.content()).isEmpty()) {
      return Optional.empty();
    }
    String type = type(file.contentType());
    String name = SingleLines.of(file.name()).replaceAll("[/\\\\\"]", "_");
    return Optional.of(
        new Attachment(
            name.isBlank() ? "attachment." + extension(type) : name,
            type,
            file.content(),
            file.contentId().map(EmailFiles::contentId).filter(id -> !id.isEmpty()),
            file.inline()));
  }

  private static String type(String given) {
    String type = given.strip();
    return type.length() <= LONGEST_TYPE && TYPE.matcher(type).matches() ? type : UNKNOWN;
  }

  private static String extension(String type) {
    int semicolon = type.indexOf(';');
    String plain = semicolon < 0 ? type : type.substring(0, semicolon).strip();
    return EXTENSIONS.getOrDefault(plain.toLowerCase(Locale.ROOT), "bin");
  }

  private static String contentId(String given) {
    return given.replaceFirst("^(?i)cid:", "").replaceAll("[^!#-;=?-~]", "");
  }
}
