package dev.carillon.provider.sms;

import dev.carillon.json.Json;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.ProviderSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whom a text message is from. A channel's setting {@code from} says of what kind its sender is, and
 * the setting of that kind holds the value.
 *
 * @param value as it is sent; a phone number in E.164
 */
public record SmsSender(Kind kind, String value) {

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
  }

  /** The setting {@code from}, and one for the value of each kind; the first kind is standard. */
  public static List<ProviderSetting> settings(List<Kind> kinds) {
    var settings = new ArrayList<ProviderSetting>();
    settings.add(
        ProviderSetting.choice(
            "from", "From", kinds.stream().map(Kind::wireName).toArray(String[]::new)));
    for (Kind kind : kinds) {
      settings.add(ProviderSetting.optional(kind.wireName(), kind.label));
    }
    return List.copyOf(settings);
  }

  /** As {@link #settings}, for a provider that has a sender of its own where none is named. */
  public static List<ProviderSetting> optionalSettings(List<Kind> kinds) {
    return settings(kinds).stream()
        .map(
            setting ->
                new ProviderSetting(
                    setting.name(),
                    setting.label(),
                    setting.type(),
                    false,
                    false,
                    Optional.<Json>empty()))
        .toList();
  }

  /** Who it is, that there is nobody, or why it cannot be told. */
  public sealed interface Reading {
    record Named(SmsSender sender) implements Reading {}

    /** No kind is chosen. */
    record Nobody() implements Reading {}

    record Unusable(String reason) implements Reading {}
  }

  /** The sender that the settings name. The reason against one names settings, not their values. */
  public static Reading read(ProviderSettings settings, List<Kind> kinds) {
    Optional<String> from = settings.text("from");
    if (from.isEmpty()) {
      return new Reading.Nobody();
    }
    String chosen = from.get().toLowerCase(Locale.ROOT).replace(' ', '_');
    for (Kind kind : kinds) {
      if (kind.wireName().equals(chosen)) {
        return read(settings, kind);
      }
    }
    return new Reading.Unusable("from is no kind of sender that the provider knows");
  }

  private static Reading read(ProviderSettings settings, Kind kind) {
    Optional<String> text = settings.text(kind.wireName());
    if (text.isEmpty()) {
      return new Reading.Unusable(kind.wireName() + " is missing");
    }
    String value =
        kind == Kind.PHONE_NUMBER
            ? number(text.get()).map(PhoneNumber::value).orElse("")
            : text.get();
    return kind.form.matcher(value).matches()
        ? new Reading.Named(new SmsSender(kind, value))
        : new Reading.Unusable(kind.wireName() + " is no " + kind.label);
  }

  /** Providers show numbers without their plus too, and that is how they are copied. */
  private static Optional<PhoneNumber> number(String text) {
    return PhoneNumber.read(text).or(() -> PhoneNumber.read("+" + text));
  }
}
