package dev.carillon.local.secrets;

import dev.carillon.json.Json;
import dev.carillon.local.clock.StackClock;
import dev.carillon.local.journal.Journal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** Secrets Manager. Everything acknowledged survives {@code kill -9}. Safe for many threads. */
public final class LocalSecretsManager implements AutoCloseable {
  private static final int SUFFIX_LENGTH = 6;

  private final StackClock clock;
  private final Journal journal;
  private final TreeMap<String, StoredSecret> byName = new TreeMap<>();

  /**
   * @param file where they are remembered; empty: in memory only
   */
  public LocalSecretsManager(StackClock clock, Optional<Path> file) {
    this.clock = clock;
    this.journal =
        Journal.open(
            file, this::replay, () -> byName.values().stream().map(StoredSecret::entry).toList());
  }

  /** Creates the secret with this text; false, and nothing changes, when there is one. */
  public synchronized boolean create(String name, String value) {
    if (byName.containsKey(name)) {
      return false;
    }
    var version = new StoredSecret.Version(UUID.randomUUID().toString(), "SecretString", value);
    put(fresh(name, "").holding(version, clock.instant()));
    return true;
  }

  /** The current text of the secret; empty when there is no such secret or it has no value yet. */
  public synchronized Optional<String> value(String name) {
    return Optional.ofNullable(byName.get(name))
        .filter(secret -> secret.deletedAt().isEmpty())
        .flatMap(StoredSecret::current)
        .map(StoredSecret.Version::value);
  }

  Instant now() {
    return clock.instant();
  }

  StoredSecret fresh(String name, String description) {
    var now = clock.instant();
    var suffix = UUID.randomUUID().toString().replace("-", "").substring(0, SUFFIX_LENGTH);
    return new StoredSecret(
        name, suffix, description, now, now, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** By name or ARN. */
  synchronized Optional<StoredSecret> find(String id) {
    return Optional.ofNullable(byName.get(id))
        .or(() -> byName.values().stream().filter(one -> one.arn().equals(id)).findFirst());
  }

  synchronized void put(StoredSecret secret) {
    journal.append(secret.entry());
    byName.put(secret.name(), secret);
  }

  synchronized void remove(String name) {
    journal.append(Json.object().with("op", "remove").with("name", name));
    byName.remove(name);
  }

  synchronized List<StoredSecret> list() {
    return List.copyOf(byName.values());
  }

  private void replay(Json.Obj entry) {
    var name = entry.text("name").orElseThrow();
    switch (entry.text("op").orElseThrow()) {
      case "put" -> byName.put(name, StoredSecret.of(entry));
      case "remove" -> byName.remove(name);
      // Not the entry itself: it may hold a secret.
      default -> throw new IllegalStateException("Unknown entry in the secrets' journal");
    }
  }

  @Override
  public synchronized void close() {
    journal.close();
  }
}
