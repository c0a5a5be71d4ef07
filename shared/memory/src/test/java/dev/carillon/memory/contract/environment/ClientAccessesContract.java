package dev.carillon.memory.contract.environment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.access.ClientAccess;
import dev.carillon.access.ClientAccesses;
import dev.carillon.access.PublicKeyUse;
import dev.carillon.access.SigningKey;
import dev.carillon.environment.EnvironmentId;
import dev.carillon.memory.contract.Samples;
import java.util.List;
import org.junit.jupiter.api.Test;

public abstract class ClientAccessesContract {
  private final EnvironmentId environment = Samples.environment();

  protected abstract ClientAccesses accesses();

  @Test
  void public_keys_are_restricted_until_something_else_is_set() {
    assertThat(accesses().find(environment)).isEqualTo(ClientAccess.STANDARD);
    assertThat(ClientAccess.STANDARD.publicKeys()).isEqualTo(PublicKeyUse.RESTRICTED);
  }

  @Test
  void what_was_put_last_holds_and_in_its_environment_alone() {
    ClientAccesses accesses = accesses();
    for (PublicKeyUse use : PublicKeyUse.values()) {
      var access =
          new ClientAccess(use, List.of(new SigningKey("QUJD"), new SigningKey("R".repeat(800))));
      accesses.put(environment, access);
      accesses.put(environment, access);
      assertThat(accesses.find(environment)).isEqualTo(access);
    }
    assertThat(accesses.find(Samples.environment())).isEqualTo(ClientAccess.STANDARD);
    accesses.put(environment, ClientAccess.STANDARD);
    assertThat(accesses.find(environment)).isEqualTo(ClientAccess.STANDARD);
  }
}
