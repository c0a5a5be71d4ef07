package dev.carillon.storage.dynamo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * The same contracts on LocalStack, of the last version that asks for no account. Its container
 * ends with this process.
 */
@EnabledIf(value = "isDockerHere", disabledReason = "There is no Docker engine here")
class LocalStackKeepsTheContractsTest extends TableKeepsTheContractsTest {
  private static final DockerImageName IMAGE =
      DockerImageName.parse("localstack/localstack:4.14.0");

  /** Started when the first contract asks for it. */
  private static final class Started {
    static final LocalTable TABLE = start();

    @SuppressWarnings("resource")
    private static LocalTable start() {
      var container = new LocalStackContainer(IMAGE).withServices("dynamodb");
      container.start();
      return new LocalTable(container.getEndpoint());
    }
  }

  /** Looks for an address first, since looking for an engine takes seconds. */
  static boolean isDockerHere() {
    String host = System.getenv("DOCKER_HOST");
    boolean named = host != null && !host.isBlank();
    return (named
            || Files.exists(Path.of("/var/run/docker.sock"))
            || Files.exists(Path.of(System.getProperty("user.home"), ".docker/run/docker.sock")))
        && DockerClientFactory.instance().isDockerAvailable();
  }

  @Override
  protected DynamoTable table(InstantSource clock) {
    return Started.TABLE.at(clock);
  }
}
