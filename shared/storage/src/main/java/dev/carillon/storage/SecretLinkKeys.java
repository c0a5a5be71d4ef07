package dev.carillon.storage;

import dev.carillon.id.Digest;
import dev.carillon.json.Json;
import dev.carillon.tracking.link.KeepLinkKeys;
import dev.carillon.tracking.link.KeyRing;
import dev.carillon.tracking.link.LinkKey;
import dev.carillon.tracking.link.LinkKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The keys of links, in the secret {@code <prefix>links}. Read when first needed, so a warm
 * function follows links without a look-up. Who signs hears of a new key within {@value
 * #SIGNING_MINUTES} minutes; who checks reads again when a link names a key that it does not know,
 * at most once a minute, whatever strangers ask for.
 */
public final class SecretLinkKeys implements LinkKeys, KeepLinkKeys {
  private static final String NAME = "links";
  private static final int SIGNING_MINUTES = 10;
  private static final Duration SIGNING = Duration.ofMinutes(SIGNING_MINUTES);
  private static final Duration CHECKING = Duration.ofMinutes(1);

  private record Held(KeyRing ring, Instant since) {}

  private final SecretStore secrets;
  private final InstantSource clock;
  private Optional<Held> held = Optional.empty();
  private Optional<Instant> missing = Optional.empty();

  SecretLinkKeys(SecretStore secrets, InstantSource clock) {
    this.secrets = secrets;
    this.clock = clock;
  }

  /**
   * @param prefix of the names of this deployment's secrets
   */
  public static SecretLinkKeys of(AwsClients clients, String prefix, InstantSource clock) {
    var client = clients.secrets();
    return new SecretLinkKeys(new SecretStore(() -> client, prefix), clock);
  }

  /** That there is none is remembered for a minute, as asking has a price. */
  @Override
  public synchronized boolean any() {
    Instant now = clock.instant();
    if (held.isEmpty()
        && missing
            .filter(since -> !now.isBefore(since) && now.isBefore(since.plus(CHECKING)))
            .isEmpty()) {
      held = ring().map(ring -> new Held(ring, now));
      missing = held.isPresent() ? Optional.empty() : Optional.of(now);
    }
    return held.isPresent();
  }

  /**
   * @throws IllegalStateException when there is no such secret, or it is no key ring
   */
  @Override
  public LinkKey current() {
    return ring(SIGNING).current();
  }

  /**
   * @throws IllegalStateException when there is no such secret, or it is no key ring
   */
  @Override
  public synchronized Optional<LinkKey> find(int id) {
    return held.flatMap(it -> it.ring().find(id)).or(() -> ring(CHECKING).find(id));
  }

  @Override
  public Optional<KeyRing> ring() {
    Json.Obj stored = secrets.read(NAME);
    return stored.fields().isEmpty() ? Optional.empty() : Optional.of(read(stored));
  }

  /** The version of the secret bears the id of its current key, so that no id is given twice. */
  @Override
  public boolean put(KeyRing next) {
    String token = Digest.of("link key", Integer.toString(next.current().id())).uuid().toString();
    boolean stored = secrets.writeOnce(NAME, token, next.json());
    if (stored) {
      forget();
    }
    return stored;
  }

  private synchronized void forget() {
    held = Optional.empty();
    missing = Optional.empty();
  }

  /** As read within that time. A clock that was set back makes nothing younger. */
  private synchronized KeyRing ring(Duration age) {
    Instant now = clock.instant();
    if (held.filter(it -> !now.isBefore(it.since()) && now.isBefore(it.since().plus(age)))
        .isEmpty()) {
      held = Optional.of(new Held(read(), now));
    }
    return held.get().ring();
  }

  private KeyRing read() {
    return read(secrets.read(NAME));
  }

  private static KeyRing read(Json.Obj stored) {
    try {
      return KeyRing.read(stored);
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException("The secret of the keys of links cannot be read", e);
    }
  }
}
