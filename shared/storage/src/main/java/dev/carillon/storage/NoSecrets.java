package dev.carillon.storage;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.storage.dynamo.environment.DynamoVariables;
import dev.carillon.storage.dynamo.outgoing.DynamoWebhookEndpoints;

/** For a function that was given no access to secrets: asking for them is a mistake. */
final class NoSecrets implements DynamoVariables.Secrets, DynamoWebhookEndpoints.Seal {

  @Override
  public Json.Obj read(EnvironmentId environment) {
    throw refused();
  }

  @Override
  public void write(EnvironmentId environment, Json.Obj values) {
    throw refused();
  }

  @Override
  public byte[] seal(String text, String place) {
    throw refused();
  }

  @Override
  public String open(byte[] sealed, String place) {
    throw refused();
  }

  private static IllegalStateException refused() {
    return new IllegalStateException("This function has no SECRET_PREFIX and reads no secrets");
  }
}
