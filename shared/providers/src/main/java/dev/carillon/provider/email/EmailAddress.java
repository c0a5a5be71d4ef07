package dev.carillon.provider.email;

import dev.carillon.json.Json;
import dev.carillon.message.Content.Mailbox;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address as it goes to a provider.
 *
 * @param name one line, any Unicode; neither quoted nor encoded
 * @param address ASCII: a domain that is not is Punycode, see {@link Idna}
 */
public record EmailAddress(Optional<String> name, String address) {
  /** RFC 5321, 4.5.3.1. */
  private static final int LONGEST_LOCAL = 64;

  private static final int LONGEST = 254;

  /** Dots anywhere: some providers of mailboxes gave such addresses out. */
  private static final Pattern LOCAL =
      Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+|\"([ !#-\\[\\]-~]|\\\\[ -~])*\"");

  /** What a mailbox comes to. */
  public sealed interface Reading {
    record Usable(EmailAddress address) implements Reading {}

    /**
     * @param reason without the address
     */
    record Unusable(String reason) implements Reading {}
  }

  public static Reading of(Mailbox mailbox) {
    String given = mailbox.address().strip();
    int at = given.lastIndexOf('@');
    if (at < 1) {
      return new Reading.Unusable("the address has no @");
    }
    String local = given.substring(0, at);
    if (!EncodedWords.isAscii(local)) {
      return new Reading.Unusable("the part before the @ is not ASCII");
    }
    if (local.length() > LONGEST_LOCAL || !LOCAL.matcher(local).matches()) {
      return new Reading.Unusable("the part before the @ is none of an address");
    }
    Optional<String> domain = Idna.ascii(given.substring(at + 1));
    if (domain.isEmpty()) {
      return new Reading.Unusable(
          "the part behind the @ is no domain, or one that has two meanings");
    }
    String address = local + "@" + domain.get();
    return address.length() > LONGEST
        ? new Reading.Unusable("the address is longer than " + LONGEST + " characters")
        : new Reading.Usable(
            new EmailAddress(
                mailbox.name().map(SingleLines::of).filter(name -> !name.isBlank()), address));
  }

  /** For interfaces that take Unicode in a header's form: {@code "Söhne, A" <a@x.io>}. */
  public String quoted() {
    return name.map(shown -> quoted(shown) + " <" + address + ">").orElse(address);
  }

  /** As a header has it, ASCII alone: {@code =?UTF-8?B?…?= <a@x.io>}. */
  public String encoded() {
    return name.map(
            shown ->
                (EncodedWords.isPlain(shown) ? quoted(shown) : EncodedWords.encoded(shown))
                    + (" <" + address + ">"))
        .orElse(address);
  }

  /** For interfaces that take the two apart; the name is absent when there is none. */
  public Json.Obj json(String addressKey, String nameKey) {
    Json.Obj json = Json.object().with(addressKey, address);
    return name.map(shown -> json.with(nameKey, shown)).orElse(json);
  }

  /** Whether a provider's spelling of an address and ours mean the same one. */
  public static boolean same(String one, String other) {
    return plain(one).equalsIgnoreCase(plain(other));
  }

  private static String plain(String given) {
    String bare = given.strip();
    bare = bare.startsWith("<") && bare.endsWith(">") ? bare.substring(1, bare.length() - 1) : bare;
    return switch (of(new Mailbox(Optional.empty(), bare))) {
      case Reading.Usable(var usable) -> usable.address();
      case Reading.Unusable _ -> bare;
    };
  }

  /** The part behind the @. */
  public String domain() {
    return address.substring(address.lastIndexOf('@') + 1);
  }

  private static String quoted(String name) {
    return '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
