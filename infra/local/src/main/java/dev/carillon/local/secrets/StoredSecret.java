package dev.carillon.local.secrets;

import dev.carillon.json.Json;
import java.time.Instant;
import java.util.Optional;

/**
 * A secret as it stands.
 *
 * @param suffix the six characters AWS ends an ARN with
 * @param current empty when it was created without a value
 */
record StoredSecret(
    String name,
    String suffix,
    String description,
    Instant createdAt,
    Instant changedAt,
    Optional<Version> current,
    Optional<Version> previous,
    Optional<Instant> deletedAt) {

  /**
   * @param key SecretString or SecretBinary
   */
  record Version(String id, String key, String value) {
    Json.Obj json() {
      return Json.object().with("id", id).with("key", key).with("value", value);
    }

    static Optional<Version> of(Json.Obj json) {
      return json.text("id")
          .map(
              id ->
                  new Version(
                      id, json.text("key").orElseThrow(), json.text("value").orElseThrow()));
    }
  }

  String arn() {
    return "arn:aws:secretsmanager:us-east-1:000000000000:secret:" + name + "-" + suffix;
  }

  StoredSecret holding(Version version, Instant now) {
    return new StoredSecret(
        name,
        suffix,
        description,
        createdAt,
        now,
        Optional.of(version),
        current.or(() -> previous),
        deletedAt);
  }

  StoredSecret deleted(Optional<Instant> at) {
    return new StoredSecret(name, suffix, description, createdAt, changedAt, current, previous, at);
  }

  StoredSecret described(String text) {
    return new StoredSecret(name, suffix, text, createdAt, changedAt, current, previous, deletedAt);
  }

  static StoredSecret of(Json.Obj entry) {
    return new StoredSecret(
        entry.text("name").orElseThrow(),
        entry.text("suffix").orElseThrow(),
        entry.text("description").orElse(""),
        entry.text("created").map(Instant::parse).orElseThrow(),
        entry.text("changed").map(Instant::parse).orElseThrow(),
        Version.of(entry.object("current")),
        Version.of(entry.object("previous")),
        entry.text("deleted").map(Instant::parse));
  }

  /** The journal's entry that puts it in place as it is. */
  Json.Obj entry() {
    var entry =
        Json.object()
            .with("op", "put")
            .with("name", name)
            .with("suffix", suffix)
            .with("description", description)
            .with("created", createdAt.toString())
            .with("changed", changedAt.toString());
    if (current.isPresent()) {
      entry = entry.with("current", current.get().json());
    }
    if (previous.isPresent()) {
      entry = entry.with("previous", previous.get().json());
    }
    return deletedAt.isPresent() ? entry.with("deleted", deletedAt.get().toString()) : entry;
  }
}
