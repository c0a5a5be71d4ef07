package dev.carillon.storage;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.storage.dynamo.DynamoVariables;

/** For a function that was given no access to secrets: asking for them is a mistake. */
final class NoSecrets implements DynamoVariables.Secrets {

  @Override
  public Json.Obj read(EnvironmentId environment) {
    throw refused();
  }

  @Override
  public void write(EnvironmentId environment, Json.Obj values) {
    throw refused();
  }

  private static IllegalStateException refused() {
    return new IllegalStateException("This function has no SECRET_PREFIX and reads no secrets");
  }
}
