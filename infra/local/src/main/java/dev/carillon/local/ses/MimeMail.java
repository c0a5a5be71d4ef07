package dev.carillon.local.ses;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A mail that its sender wrote out as MIME: the parts that an outbox shows. Parts may nest; of
 * several HTML or text parts the first counts.
 */
record MimeMail(
    List<SentEmail.Header> headers,
    Optional<String> html,
    Optional<String> text,
    List<SentEmail.Attachment> attachments) {
  private static final int MAX_NESTING = 10;

  private record Part(List<SentEmail.Header> headers, String body) {
    Optional<String> header(String name) {
      return headers.stream()
          .filter(header -> header.name().equalsIgnoreCase(name))
          .map(SentEmail.Header::value)
          .findFirst();
    }

    String type() {
      return header("Content-Type")
          .orElse("text/plain")
          .split(";")[0]
          .strip()
          .toLowerCase(Locale.ROOT);
    }

    Optional<String> parameter(String header, String name) {
      var pattern =
          Pattern.compile(
              ";\\s*" + name + "\\s*=\\s*(?:\"([^\"]*)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);
      var matcher = pattern.matcher(header(header).orElse(""));
      return matcher.find()
          ? Optional.ofNullable(matcher.group(1)).or(() -> Optional.of(matcher.group(2)))
          : Optional.empty();
    }

    byte[] content() {
      return MimeContent.decoded(body, header("Content-Transfer-Encoding").orElse("7bit"));
    }

    String contentText() {
      return new String(
          content(), MimeContent.charset(parameter("Content-Type", "charset").orElse("UTF-8")));
    }
  }

  /**
   * @param base64 the whole mail
   */
  static MimeMail parse(String base64) {
    // Byte for character, so that each part can be given its own charset afterwards.
    var whole = part(new String(MimeContent.base64(base64), StandardCharsets.ISO_8859_1));
    var leaves = new ArrayList<Part>();
    collect(whole, leaves, 0);
    var shown = leaves.stream().filter(leaf -> fileName(leaf).isEmpty()).toList();
    return new MimeMail(
        whole.headers(),
        first(shown, "text/html"),
        first(shown, "text/plain"),
        leaves.stream()
            .flatMap(
                leaf ->
                    fileName(leaf).stream()
                        .map(
                            name ->
                                new SentEmail.Attachment(name, leaf.type(), leaf.content().length)))
            .toList());
  }

  Optional<String> header(String name) {
    return headers.stream()
        .filter(header -> header.name().equalsIgnoreCase(name))
        .map(SentEmail.Header::value)
        .findFirst();
  }

  /** The header's addresses; a comma inside quotes does not part them. */
  List<String> addresses(String name) {
    return header(name).stream()
        .flatMap(value -> List.of(value.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")).stream())
        .map(String::strip)
        .filter(address -> !address.isEmpty())
        .toList();
  }

  private static Optional<String> fileName(Part leaf) {
    return leaf.parameter("Content-Disposition", "filename")
        .or(() -> leaf.parameter("Content-Type", "name"));
  }

  private static Optional<String> first(List<Part> leaves, String type) {
    return leaves.stream()
        .filter(leaf -> leaf.type().equals(type))
        .map(Part::contentText)
        .findFirst();
  }

  private static void collect(Part part, List<Part> leaves, int depth) {
    var boundary = part.parameter("Content-Type", "boundary");
    if (!part.type().startsWith("multipart/") || boundary.isEmpty() || depth > MAX_NESTING) {
      leaves.add(part);
      return;
    }
    var pieces = ("\n" + part.body()).split("\r?\n--" + Pattern.quote(boundary.get()), -1);
    for (var at = 1; at < pieces.length && !pieces[at].startsWith("--"); at++) {
      collect(part(pieces[at].replaceFirst("^[ \t]*\r?\n", "")), leaves, depth + 1);
    }
  }

  private static Part part(String text) {
    var halves =
        text.startsWith("\n") || text.startsWith("\r\n")
            ? new String[] {"", text.strip()}
            : text.split("\r?\n\r?\n", 2);
    var headers = new ArrayList<SentEmail.Header>();
    for (var line : halves[0].replaceAll("\r?\n[ \t]+", " ").split("\r?\n")) {
      var colon = line.indexOf(':');
      if (colon > 0) {
        var value =
            new String(
                line.substring(colon + 1).getBytes(StandardCharsets.ISO_8859_1),
                StandardCharsets.UTF_8);
        headers.add(
            new SentEmail.Header(line.substring(0, colon), MimeContent.header(value.strip())));
      }
    }
    return new Part(headers, halves.length > 1 ? halves[1] : "");
  }
}
