package dev.carillon.local.ses;

import dev.carillon.local.wire.AwsError;
import java.util.regex.Pattern;

/** Email addresses as SES takes them: {@code a@b.c} or {@code Name <a@b.c>}. */
final class SesAddresses {
  private static final int MAX_LENGTH = 320;
  private static final int MAX_LOCAL = 64;
  private static final Pattern LOCAL =
      Pattern.compile("[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+|\"[\\x20-\\x7e]+\"");
  private static final Pattern DOMAIN =
      Pattern.compile(
          "[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*");

  private SesAddresses() {}

  /**
   * The bare address.
   *
   * @throws AwsError a BadRequestException saying what is wrong with it
   */
  static String bare(String given) {
    if (given.chars().anyMatch(character -> character < ' ' || character == 0x7f)) {
      throw refusal("Local address contains control or whitespace");
    }
    var text = given.strip();
    var open = text.lastIndexOf('<');
    var address =
        open >= 0 && text.endsWith(">") ? text.substring(open + 1, text.length() - 1) : text;
    var at = address.lastIndexOf('@');
    if (at < 0 || at == address.length() - 1) {
      throw refusal("Missing final '@domain'");
    }
    var local = address.substring(0, at);
    var domain = address.substring(at + 1);
    if (local.chars().anyMatch(character -> character > 0x7e)) {
      throw refusal("Local address contains non-ASCII character");
    }
    if (local.length() > MAX_LOCAL
        || address.length() > MAX_LENGTH
        || !LOCAL.matcher(local).matches()) {
      throw refusal("Illegal address");
    }
    if (domain.startsWith(".")) {
      throw refusal("Domain starts with dot");
    }
    if (!DOMAIN.matcher(domain).matches()) {
      throw refusal("Domain contains illegal character");
    }
    return address;
  }

  static String domain(String bare) {
    return bare.substring(bare.lastIndexOf('@') + 1);
  }

  private static AwsError refusal(String sentence) {
    return new AwsError(400, "BadRequestException", sentence);
  }
}
