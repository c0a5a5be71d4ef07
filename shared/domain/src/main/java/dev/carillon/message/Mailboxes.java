package dev.carillon.message;

import dev.carillon.message.Content.Mailbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Mailboxes as people write them: {@code Ada <ada@example.com>, "B, C" <bc@example.com>}. */
public final class Mailboxes {
  private static final Pattern NAMED = Pattern.compile("(?s)(.*)<([^<>]*)>\\s*");
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029]+");

  private Mailboxes() {}

  /**
   * The mailboxes of a field, separated by commas that stand outside quotes; none in a blank one.
   * Control characters count as blanks, so that nothing leaves its line. Whether an address is one
   * is not judged.
   */
  public static List<Mailbox> of(String field) {
    String line = CONTROLS.matcher(field).replaceAll(" ");
    var mailboxes = new ArrayList<Mailbox>();
    var part = new StringBuilder();
    boolean quoted = false;
    boolean escaped = false;
    for (char c : line.toCharArray()) {
      if (c == ',' && !quoted) {
        one(part.toString()).ifPresent(mailboxes::add);
        part.setLength(0);
      } else {
        part.append(c);
        quoted ^= c == '"' && !escaped;
        escaped = quoted && c == '\\' && !escaped;
      }
    }
    one(part.toString()).ifPresent(mailboxes::add);
    return List.copyOf(mailboxes);
  }

  /** A mailbox with the name beside it, flattened to one line; a blank name is none. */
  public static Mailbox of(String name, String address) {
    String flat = CONTROLS.matcher(name).replaceAll(" ").strip();
    return new Mailbox(Optional.of(flat).filter(it -> !it.isEmpty()), address.strip());
  }

  private static Optional<Mailbox> one(String text) {
    if (text.isBlank()) {
      return Optional.empty();
    }
    Matcher named = NAMED.matcher(text);
    return Optional.of(
        named.matches()
            ? of(unquoted(named.group(1).strip()), named.group(2))
            : new Mailbox(Optional.empty(), text.strip()));
  }

  /** As RFC 5322 writes it, the name quoted. */
  public static String text(Mailbox mailbox) {
    return mailbox
        .name()
        .map(
            name ->
                '"'
                    + name.replace("\\", "\\\\").replace("\"", "\\\"")
                    + "\" <"
                    + mailbox.address()
                    + ">")
        .orElse(mailbox.address());
  }

  /** Separated by commas; empty for none. */
  public static String text(List<Mailbox> mailboxes) {
    return mailboxes.stream().map(Mailboxes::text).collect(Collectors.joining(", "));
  }

  private static String unquoted(String name) {
    return name.length() >= 2 && name.startsWith("\"") && name.endsWith("\"")
        ? name.substring(1, name.length() - 1).replaceAll("\\\\(.)", "$1")
        : name;
  }
}
