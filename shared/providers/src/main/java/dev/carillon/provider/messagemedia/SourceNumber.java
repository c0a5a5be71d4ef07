package dev.carillon.provider.messagemedia;

import dev.carillon.provider.sms.SmsSender;
import dev.carillon.provider.sms.SmsSender.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whom MessageMedia sends from. */
record SourceNumber(String value, Type type) {

  /** As requests name them. */
  enum Type {
    ALPHANUMERIC("Alpha", "[A-Za-z0-9 &+._-]{1,11}"),
    INTERNATIONAL("International", "\\+[1-9][0-9]{6,14}"),
    SHORTCODE("ShortCode", "[0-9]{3,8}");

    private final String setting;
    private final Pattern form;

    Type(String setting, String form) {
      this.setting = setting;
      this.form = Pattern.compile(form);
    }

    static List<String> settings() {
      return Arrays.stream(values()).map(type -> type.setting).toList();
    }
  }

  private static final Pattern LETTER = Pattern.compile("[A-Za-z]");

  /**
   * @param type as the setting says it, or as requests do; inferred from the number where it is not
   *     said
   * @return empty when the number is none of that type
   */
  static Optional<SourceNumber> read(String number, Optional<String> type) {
    return type.map(SourceNumber::named)
        .orElseGet(() -> Optional.of(inferred(number)))
        .map(known -> new SourceNumber(spelled(number, known), known))
        .filter(source -> source.type.form.matcher(source.value).matches());
  }

  private static Optional<Type> named(String text) {
    String word = text.toLowerCase(Locale.ROOT);
    return Arrays.stream(Type.values())
        .filter(
            type ->
                type.setting.toLowerCase(Locale.ROOT).equals(word)
                    || type.name().toLowerCase(Locale.ROOT).equals(word))
        .findFirst();
  }

  private static Type inferred(String number) {
    if (LETTER.matcher(number).find()) {
      return Type.ALPHANUMERIC;
    }
    return Type.SHORTCODE.form.matcher(number).matches() ? Type.SHORTCODE : Type.INTERNATIONAL;
  }

  private static String spelled(String number, Type type) {
    return switch (type) {
      case INTERNATIONAL ->
          SmsSender.of(Kind.PHONE_NUMBER, number).map(SmsSender::value).orElse("");
      case ALPHANUMERIC, SHORTCODE -> number;
    };
  }
}
