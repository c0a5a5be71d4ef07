package dev.carillon.storage;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.storage.dynamo.environment.DynamoVariables;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** JSON objects in Secrets Manager, each under a prefix and a name. */
final class SecretStore implements DynamoVariables.Secrets {
  private final Supplier<SecretsManagerClient> client;
  private final String prefix;

  /**
   * @param client asked for when there is something to ask it
   */
  SecretStore(Supplier<SecretsManagerClient> client, String prefix) {
    this.client = client;
    this.prefix = prefix;
  }

  /** Empty when there is no such secret. */
  Json.Obj read(String name) {
    return version(name, "AWSCURRENT").map(SecretStore::values).orElse(Json.Obj.EMPTY);
  }

  /**
   * What a secret said before.
   *
   * @param until when the present value took its place
   */
  record Previous(Json.Obj values, Instant until) {}

  /** Empty when there is no such secret, or it has had one value only. Two requests. */
  Optional<Previous> previous(String name) {
    return version(name, "AWSPREVIOUS")
        .flatMap(
            before ->
                version(name, "AWSCURRENT")
                    .map(present -> new Previous(values(before), present.createdDate())));
  }

  private Optional<GetSecretValueResponse> version(String name, String stage) {
    try {
      return Optional.of(
          client
              .get()
              .getSecretValue(request -> request.secretId(prefix + name).versionStage(stage)));
    } catch (ResourceNotFoundException _) {
      return Optional.empty();
    }
  }

  private static Json.Obj values(GetSecretValueResponse version) {
    return JsonText.parse(version.secretString()) instanceof Json.Obj object
        ? object
        : Json.Obj.EMPTY;
  }

  /** Makes the secret or gives it a new value. */
  void write(String name, Json.Obj values) {
    String text = JsonText.write(values);
    try {
      putValue(name, text);
    } catch (ResourceNotFoundException _) {
      try {
        client.get().createSecret(request -> request.name(prefix + name).secretString(text));
      } catch (ResourceExistsException _) {
        putValue(name, text);
      }
    }
  }

  /**
   * Makes the secret or gives it a new value, once under that token: Secrets Manager takes another
   * value under it for a mistake.
   *
   * @param token 32 to 64 characters
   * @return false when a value other than this was stored under it; nothing is changed
   */
  boolean writeOnce(String name, String token, Json.Obj values) {
    String text = JsonText.write(values);
    try {
      client
          .get()
          .putSecretValue(
              request ->
                  request.secretId(prefix + name).clientRequestToken(token).secretString(text));
      return true;
    } catch (ResourceExistsException _) {
      return false;
    } catch (ResourceNotFoundException _) {
      try {
        client
            .get()
            .createSecret(
                request ->
                    request.name(prefix + name).clientRequestToken(token).secretString(text));
        return true;
      } catch (ResourceExistsException _) {
        return false;
      }
    }
  }

  /**
   * Makes the secret unless there is one.
   *
   * @return what it says now: of several that make it at once, the first has made it for all
   */
  Json.Obj create(String name, Json.Obj values) {
    try {
      String text = JsonText.write(values);
      client.get().createSecret(request -> request.name(prefix + name).secretString(text));
      return values;
    } catch (ResourceExistsException _) {
      return read(name);
    }
  }

  private void putValue(String name, String text) {
    client.get().putSecretValue(request -> request.secretId(prefix + name).secretString(text));
  }

  @Override
  public Json.Obj read(EnvironmentId environment) {
    return read(variables(environment));
  }

  @Override
  public void write(EnvironmentId environment, Json.Obj values) {
    write(variables(environment), values);
  }

  private static String variables(EnvironmentId environment) {
    return environment.value() + "/variables";
  }
}
