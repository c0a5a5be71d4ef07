package dev.carillon.local.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.local.engine.Bench;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.InvalidRequestException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

class LocalSecretsManagerTest {
  private Bench bench;
  private SecretsManagerClient secrets;

  @TempDir Path data;

  @BeforeEach
  void start() {
    bench = new Bench(Optional.of(data));
    secrets = bench.client(SecretsManagerClient.builder());
  }

  @AfterEach
  void stop() {
    secrets.close();
    bench.close();
  }

  @Test
  void a_secret_is_found_by_name_and_by_arn_and_changes() {
    var arn =
        secrets
            .createSecret(request -> request.name("carillon/demo/email").secretString("{\"a\":1}"))
            .arn();
    assertThat(value("carillon/demo/email")).isEqualTo("{\"a\":1}");
    secrets.putSecretValue(request -> request.secretId(arn).secretString("second"));
    assertThat(value(arn)).isEqualTo("second");
    assertThat(
            secrets
                .getSecretValue(request -> request.secretId(arn).versionStage("AWSPREVIOUS"))
                .secretString())
        .isEqualTo("{\"a\":1}");
    secrets.updateSecret(request -> request.secretId(arn).secretString("third"));
    assertThat(bench.engines.secrets().value("carillon/demo/email")).contains("third");
    assertThat(secrets.listSecrets().secretList())
        .singleElement()
        .matches(entry -> entry.arn().equals(arn) && entry.createdDate().equals(Bench.START));
  }

  private String value(String id) {
    return secrets.getSecretValue(request -> request.secretId(id)).secretString();
  }

  @Test
  void what_is_missing_twice_or_deleted_is_said_so() {
    assertThatThrownBy(() -> value("none")).isInstanceOf(ResourceNotFoundException.class);
    secrets.createSecret(request -> request.name("a").secretString("1"));
    assertThatThrownBy(() -> secrets.createSecret(request -> request.name("a").secretString("2")))
        .isInstanceOf(ResourceExistsException.class);
    secrets.deleteSecret(request -> request.secretId("a"));
    assertThatThrownBy(() -> value("a")).isInstanceOf(InvalidRequestException.class);
    secrets.restoreSecret(request -> request.secretId("a"));
    assertThat(value("a")).isEqualTo("1");
    secrets.deleteSecret(request -> request.secretId("a").forceDeleteWithoutRecovery(true));
    assertThatThrownBy(() -> value("a")).isInstanceOf(ResourceNotFoundException.class);
  }

  @Test
  void secrets_survive_a_restart() {
    secrets.createSecret(request -> request.name("a").secretString("1"));
    assertThat(bench.engines.secrets().create("a", "other")).isFalse();
    stop();
    start();
    assertThat(value("a")).isEqualTo("1");
  }
}
