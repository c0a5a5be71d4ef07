package dev.carillon.memory.contract.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.access.ApiKey;
import dev.carillon.access.FindApiKey;
import dev.carillon.id.Digest;
import dev.carillon.memory.contract.Samples;
import java.util.UUID;
import org.junit.jupiter.api.Test;

public abstract class ApiKeysContract {

  /** Keys, and how one is made or changed. */
  public record Keys(FindApiKey find, Put put) {}

  /** Stores what is known of a key. */
  @FunctionalInterface
  public interface Put {
    void put(String sha256, ApiKey key);
  }

  protected abstract Keys keys();

  @Test
  void a_key_is_found_by_its_hash_and_stays_when_revoked() {
    Keys keys = keys();
    String sha256 = Digest.hex(UUID.randomUUID().toString());
    assertThat(keys.find().find(sha256)).isEmpty();
    var key = new ApiKey(Samples.environment(), ApiKey.Kind.PUBLIC, false);
    keys.put().put(sha256, key);
    assertThat(keys.find().find(sha256)).contains(key);
    var revoked = new ApiKey(key.environment(), ApiKey.Kind.SECRET, true);
    keys.put().put(sha256, revoked);
    assertThat(keys.find().find(sha256)).contains(revoked);
  }
}
