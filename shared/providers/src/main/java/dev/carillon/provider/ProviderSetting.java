package dev.carillon.provider;

import dev.carillon.json.Json;
import java.util.List;
import java.util.Optional;

/**
 * One thing a provider is configured with.
 *
 * @param name as settings spell it, in snake case
 * @param label what a form calls it
 * @param required whether a channel without it is not configured
 * @param secret whether it is a credential: kept apart from the channel, never shown again
 * @param standard what holds where nothing is said
 */
public record ProviderSetting(
    String name,
    String label,
    Type type,
    boolean required,
    boolean secret,
    Optional<Json> standard) {

  public sealed interface Type {
    /** A text of one line. */
    record Text() implements Type {}

    /** A text of several lines, such as a key in PEM or a document in JSON. */
    record LongText() implements Type {}

    record Flag() implements Type {}

    /** A whole number, both ends included. */
    record Number(long least, long most) implements Type {}

    record Choice(List<String> choices) implements Type {
      public Choice {
        choices = List.copyOf(choices);
      }
    }
  }

  public static ProviderSetting required(String name, String label) {
    return new ProviderSetting(name, label, new Type.Text(), true, false, Optional.empty());
  }

  public static ProviderSetting optional(String name, String label) {
    return new ProviderSetting(name, label, new Type.Text(), false, false, Optional.empty());
  }

  /** A credential that must be there. */
  public static ProviderSetting credential(String name, String label) {
    return new ProviderSetting(name, label, new Type.Text(), true, true, Optional.empty());
  }

  /** A credential that may be there. */
  public static ProviderSetting optionalCredential(String name, String label) {
    return new ProviderSetting(name, label, new Type.Text(), false, true, Optional.empty());
  }

  /** The first is what holds where nothing is said. */
  public static ProviderSetting choice(String name, String label, String... choices) {
    return new ProviderSetting(
        name,
        label,
        new Type.Choice(List.of(choices)),
        false,
        false,
        Optional.of(Json.of(choices[0])));
  }

  /** Off where nothing is said. */
  public static ProviderSetting flag(String name, String label) {
    return new ProviderSetting(name, label, new Type.Flag(), false, false, Optional.of(Json.FALSE));
  }

  public ProviderSetting of(Type other) {
    return new ProviderSetting(name, label, other, required, secret, standard);
  }
}
