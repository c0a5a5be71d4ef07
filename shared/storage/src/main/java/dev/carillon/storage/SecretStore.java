package dev.carillon.storage;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.storage.dynamo.environment.DynamoVariables;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.ResourceExistsException;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** JSON objects in Secrets Manager, each under a prefix and a name. */
final class SecretStore implements DynamoVariables.Secrets {
  private final SecretsManagerClient client;
  private final String prefix;

  SecretStore(SecretsManagerClient client, String prefix) {
    this.client = client;
    this.prefix = prefix;
  }

  /** Empty when there is no such secret. */
  Json.Obj read(String name) {
    try {
      String text =
          client.getSecretValue(request -> request.secretId(prefix + name)).secretString();
      return JsonText.parse(text) instanceof Json.Obj object ? object : Json.Obj.EMPTY;
    } catch (ResourceNotFoundException _) {
      return Json.Obj.EMPTY;
    }
  }

  /** Makes the secret or gives it a new value. */
  void write(String name, Json.Obj values) {
    String text = JsonText.write(values);
    try {
      putValue(name, text);
    } catch (ResourceNotFoundException _) {
      try {
        client.createSecret(request -> request.name(prefix + name).secretString(text));
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
      client.putSecretValue(
          request -> request.secretId(prefix + name).clientRequestToken(token).secretString(text));
      return true;
    } catch (ResourceExistsException _) {
      return false;
    } catch (ResourceNotFoundException _) {
      try {
        client.createSecret(
            request -> request.name(prefix + name).clientRequestToken(token).secretString(text));
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
      client.createSecret(request -> request.name(prefix + name).secretString(text));
      return values;
    } catch (ResourceExistsException _) {
      return read(name);
    }
  }

  private void putValue(String name, String text) {
    client.putSecretValue(request -> request.secretId(prefix + name).secretString(text));
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
