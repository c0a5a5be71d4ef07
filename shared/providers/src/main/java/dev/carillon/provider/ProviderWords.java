package dev.carillon.provider;

import dev.carillon.variable.SecretValues;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The reason of a {@link DeliveryResult} or an event from words that a provider chose: one line,
 * not long, without the channel's credentials, without addresses and numbers of people.
 */
public final class ProviderWords {
  /** Characters; what is longer is cut. */
  public static final int LENGTH = 300;

  private static final Pattern BREAKS = Pattern.compile("[\\p{Cntrl}\\s\\u2028\\u2029]+");
  private static final Pattern EMAIL =
      Pattern.compile("[^\\s@<>()\"',;:\\[\\]]+@[^\\s@<>()\"',;:\\[\\]]+");
  private static final Pattern PHONE = Pattern.compile("\\+[0-9][0-9 ().-]{5,20}[0-9]");

  private ProviderWords() {}

  /**
   * The words one after another, those that are blank left out, with ": " between them.
   *
   * @param settings whose credentials are struck out wherever they stand
   */
  public static String of(ProviderSettings settings, String... words) {
    return of(settings.secrets(), words);
  }

  /** As {@link #of(ProviderSettings, String...)}, where no settings are at hand. */
  public static String of(List<String> secrets, String... words) {
    SecretValues known = SecretValues.of(secrets);
    String reason =
        Stream.of(words)
            .map(text -> plain(known, text))
            .filter(text -> !text.isEmpty())
            .collect(Collectors.joining(": "));
    return reason.length() <= LENGTH ? reason : cut(reason);
  }

  private static String plain(SecretValues secrets, String words) {
    String text = secrets.masked(words, "[credential]");
    // What is cut off in the end need not be searched.
    text = text.substring(0, Math.min(text.length(), LENGTH * 2));
    text = BREAKS.matcher(text).replaceAll(" ").strip();
    text = EMAIL.matcher(text).replaceAll("[address]");
    return PHONE.matcher(text).replaceAll("[number]");
  }

  private static String cut(String reason) {
    int end = Character.isHighSurrogate(reason.charAt(LENGTH - 2)) ? LENGTH - 2 : LENGTH - 1;
    return reason.substring(0, end) + "…";
  }
}
