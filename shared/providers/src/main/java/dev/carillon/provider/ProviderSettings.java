package dev.carillon.provider;

import dev.carillon.json.Json;
import dev.carillon.json.JsonLiteral;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The values of a provider's settings for one channel in one environment, credentials among them.
 *
 * @param declared the provider's settings
 * @param values by name; what is absent has its standard value
 */
public record ProviderSettings(List<ProviderSetting> declared, Json.Obj values) {
  private static final Pattern CREDENTIAL = Pattern.compile(".*(key|secret|token|password).*");

  public ProviderSettings {
    declared = List.copyOf(declared);
    var whole = new LinkedHashMap<String, Json>();
    for (ProviderSetting setting : declared) {
      setting.standard().ifPresent(value -> whole.put(setting.name(), value));
    }
    values
        .fields()
        .forEach(
            (name, value) -> {
              if (!(value instanceof Json.Null)) {
                whole.put(name, value);
              }
            });
    values = new Json.Obj(whole);
  }

  /**
   * Those of a channel where the deployment has something to say of what the channel leaves out. A
   * setting that has a standard value of its own is none of the deployment's: what it calls a
   * region is not AWS's.
   *
   * @param own the channel's settings and credentials
   */
  public static ProviderSettings of(
      List<ProviderSetting> declared, Json.Obj deployment, Json.Obj own) {
    Json.Obj standard = deployment;
    for (ProviderSetting setting : declared) {
      if (setting.standard().isPresent()) {
        standard = standard.without(setting.name());
      }
    }
    return new ProviderSettings(declared, standard.merged(own));
  }

  /** The text under that name; empty when it is absent, blank or no text. */
  public Optional<String> text(String name) {
    return values.text(name).map(String::strip).filter(text -> !text.isEmpty());
  }

  /** The text of a required setting; empty text when it is absent, which {@link #missing} tells. */
  public String required(String name) {
    return text(name).orElse("");
  }

  public boolean flag(String name) {
    return Json.TRUE.equals(values.fields().get(name));
  }

  /** The names of required settings that are absent; a channel with any is not configured. */
  public List<String> missing() {
    return declared.stream()
        .filter(ProviderSetting::required)
        .map(ProviderSetting::name)
        .filter(name -> !values.fields().containsKey(name) || isBlank(name))
        .toList();
  }

  /**
   * What makes a channel with these settings unusable: something missing, a text of one line that
   * is several, a choice there is not. Empty when nothing does. Says names, never values.
   */
  public Optional<DeliveryResult> fault() {
    List<String> missing = missing();
    if (!missing.isEmpty()) {
      return Optional.of(
          new DeliveryResult.Misconfigured("missing: " + String.join(", ", missing)));
    }
    return declared.stream()
        .filter(setting -> !fits(setting))
        .findFirst()
        .map(setting -> new DeliveryResult.Misconfigured("not valid: " + setting.name()));
  }

  private boolean fits(ProviderSetting setting) {
    Json value = values.fields().get(setting.name());
    if (value == null) {
      return true;
    }
    return switch (setting.type()) {
      case ProviderSetting.Type.Text() ->
          value instanceof Json.Str(var text) && text.strip().chars().noneMatch(c -> c < 0x20);
      case ProviderSetting.Type.LongText() -> value instanceof Json.Str;
      case ProviderSetting.Type.Flag() -> value instanceof Json.Bool;
      case ProviderSetting.Type.Number(var least, var most) ->
          number(setting.name()).filter(it -> it >= least && it <= most).isPresent();
      case ProviderSetting.Type.Choice(var choices) ->
          choices.contains(text(setting.name()).orElse(""));
    };
  }

  /** The whole number under that name, also as a text; empty when it is absent or none. */
  public Optional<Long> number(String name) {
    try {
      return switch (values.fields().get(name)) {
        case Json.Num(var number) -> Optional.of(number.longValueExact());
        case Json.Str(var text) -> Optional.of(Long.valueOf(text.strip()));
        case null, default -> Optional.empty();
      };
    } catch (ArithmeticException | NumberFormatException _) {
      return Optional.empty();
    }
  }

  /**
   * The values of credentials, which no log may show. Of one that is an object in JSON, such as a
   * service account, also what its fields call a key, a secret, a token or a password.
   */
  public List<String> secrets() {
    var secrets = new ArrayList<String>();
    for (ProviderSetting setting : declared) {
      if (setting.secret()) {
        text(setting.name())
            .ifPresent(
                text -> {
                  secrets.add(text);
                  secrets.addAll(within(text));
                });
      }
    }
    return List.copyOf(secrets);
  }

  private static List<String> within(String text) {
    if (!text.startsWith("{")
        || !(JsonLiteral.parse(text).orElse(Json.NULL) instanceof Json.Obj it)) {
      return List.of();
    }
    return it.fields().entrySet().stream()
        .filter(field -> CREDENTIAL.matcher(field.getKey()).matches())
        .flatMap(
            field ->
                field.getValue() instanceof Json.Str(var value) ? Stream.of(value) : Stream.empty())
        .toList();
  }

  private boolean isBlank(String name) {
    return values.fields().get(name) instanceof Json.Str(var text) && text.isBlank();
  }

  /** Says which settings are there, and nothing of their values. */
  @Override
  public String toString() {
    return "ProviderSettings" + values.fields().keySet();
  }
}
