package dev.carillon.provider.sms;

import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.ProviderSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whom a text message is from. A channel's setting {@code from} says of what kind its sender is,
 * and the setting of that kind holds the value.
 *
 * @param value as it is sent; a phone number in E.164
 */
public record SmsSender(Kind kind, String value) {
  private static final String FROM = "from";

  public enum Kind {
    PHONE_NUMBER("Phone number", "\\+[1-9][0-9]{6,14}"),
    SHORT_CODE("Short code", "[0-9]{3,8}"),
    /** What is shown in place of a number: no more than 11 characters, a letter among them. */
    SENDER_ID("Sender ID", "(?=.*[A-Za-z])[A-Za-z0-9 &+._-]{1,11}"),
    /** Twilio's pool of numbers. */
    MESSAGING_SERVICE_SID("Messaging Service SID", "MG[0-9A-Za-z]{1,62}"),
    /** Telnyx's pool of numbers. */
    MESSAGING_PROFILE_ID("Messaging Profile ID", "[0-9A-Za-z-]{1,64}");

    private final String label;
    private final Pattern form;

    Kind(String label, String form) {
      this.label = label;
      this.form = Pattern.compile(form);
    }

    /** As the setting {@code from} says it, and what the setting with the value is called. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The setting with the value. */
    public ProviderSetting setting() {
      return ProviderSetting.optional(wireName(), label);
    }
  }

  /** The setting {@code from}, and one for the value of each kind; the first kind is standard. */
  public static List<ProviderSetting> settings(List<Kind> kinds) {
    return settings(ProviderSetting.choice(FROM, "From", wireNames(kinds)), kinds);
  }

  /** As {@link #settings}, for a provider that has a sender of its own where none is named. */
  public static List<ProviderSetting> optionalSettings(List<Kind> kinds) {
    var choice = new ProviderSetting.Type.Choice(List.of(wireNames(kinds)));
    return settings(ProviderSetting.optional(FROM, "From").of(choice), kinds);
  }

  private static List<ProviderSetting> settings(ProviderSetting from, List<Kind> kinds) {
    var settings = new ArrayList<ProviderSetting>();
    settings.add(from);
    kinds.stream().map(Kind::setting).forEach(settings::add);
    return List.copyOf(settings);
  }

  private static String[] wireNames(List<Kind> kinds) {
    return kinds.stream().map(Kind::wireName).toArray(String[]::new);
  }

  /** Who it is, that there is nobody, or why it cannot be told. */
  public sealed interface Reading {
    record Named(SmsSender sender) implements Reading {}

    /** No kind is chosen. */
    record Nobody() implements Reading {}

    /** The reason names settings, not their values. */
    record Unusable(String reason) implements Reading {}
  }

  /** The sender that the settings name, of these kinds. */
  public static Reading read(ProviderSettings settings, List<Kind> kinds) {
    Optional<String> from = settings.text(FROM).filter(_ -> !kinds.isEmpty());
    if (from.isEmpty()) {
      return new Reading.Nobody();
    }
    return kinds.stream()
        .filter(kind -> kind.wireName().equals(from.get()))
        .findFirst()
        .map(kind -> read(settings, kind))
        .orElseGet(() -> new Reading.Unusable("not valid: " + FROM));
  }

  private static Reading read(ProviderSettings settings, Kind kind) {
    Optional<String> text = settings.text(kind.wireName());
    if (text.isEmpty()) {
      return new Reading.Unusable("missing: " + kind.wireName());
    }
    return of(kind, text.get())
        .<Reading>map(Reading.Named::new)
        .orElseGet(() -> new Reading.Unusable("not valid: " + kind.wireName()));
  }

  /** Empty when the text is none of that kind. */
  public static Optional<SmsSender> of(Kind kind, String text) {
    Optional<String> value =
        kind == Kind.PHONE_NUMBER
            ? number(text).map(PhoneNumber::value)
            : Optional.of(text.strip());
    return value
        .filter(known -> kind.form.matcher(known).matches())
        .map(known -> new SmsSender(kind, known));
  }

  /** Consoles show numbers without their plus too, and that is how they are copied. */
  private static Optional<PhoneNumber> number(String text) {
    return PhoneNumber.read(text).or(() -> PhoneNumber.read("+" + text));
  }

  /** As those want it who write numbers without the plus. */
  public String withoutPlus() {
    return kind == Kind.PHONE_NUMBER ? value.substring(1) : value;
  }
}
