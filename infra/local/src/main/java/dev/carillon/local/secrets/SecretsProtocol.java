package dev.carillon.local.secrets;

import dev.carillon.json.Json;
import dev.carillon.local.iam.AccessRequest;
import dev.carillon.local.wire.AwsError;
import dev.carillon.local.wire.AwsRequest;
import dev.carillon.local.wire.AwsResponse;
import dev.carillon.local.wire.AwsService;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The JSON protocol of Secrets Manager over {@link LocalSecretsManager}. */
public final class SecretsProtocol {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9/_+=.@-]{1,512}");
  private static final Pattern TOKEN = Pattern.compile(".{32,64}");
  private static final int MAX_VALUE_BYTES = 65_536;

  private final LocalSecretsManager secrets;

  public SecretsProtocol(LocalSecretsManager secrets) {
    this.secrets = secrets;
  }

  /** What the call needs of its caller's policies. */
  public List<AccessRequest.Need> needs(String operation, AwsRequest request) {
    return SecretsActions.of(operation, request.json(), secrets);
  }

  /**
   * Carries the call out.
   *
   * @throws AwsError as Secrets Manager would refuse it
   */
  public AwsResponse answer(String operation, AwsRequest request) {
    var body = request.json();
    // One call at a time: each reads what it then replaces.
    synchronized (secrets) {
      return AwsService.SECRETS.ok(
          switch (operation) {
            case "CreateSecret" -> create(body);
            case "GetSecretValue" -> value(body);
            case "PutSecretValue" -> put(live(body), body);
            case "UpdateSecret" -> update(live(body), body);
            case "DescribeSecret" -> describe(existing(body));
            case "DeleteSecret" -> delete(existing(body), body);
            case "RestoreSecret" -> restore(existing(body));
            case "ListSecrets" -> list(body);
            default ->
                throw new AwsError(
                    400,
                    "UnknownOperationException",
                    "The local stack has no " + operation + " of Secrets Manager.");
          });
    }
  }

  private Json.Obj create(Json.Obj body) {
    var name = body.text("Name").orElse("");
    if (!NAME.matcher(name).matches()) {
      throw new AwsError(
          400,
          "ValidationException",
          "Invalid name. Must be a valid name containing alphanumeric characters, or any of the"
              + " following: -/_+=.@!");
    }
    var version = version(body);
    var existing = secrets.find(name);
    if (existing.isPresent()) {
      if (existing.get().deletedAt().isPresent()) {
        throw scheduledForDeletion();
      }
      if (version.isPresent() && existing.get().current().equals(version)) {
        return identity(existing.get());
      }
      throw new AwsError(
          400,
          "ResourceExistsException",
          "The operation failed because the secret " + name + " already exists.");
    }
    var fresh = secrets.fresh(name, body.text("Description").orElse(""));
    var secret = version.map(one -> fresh.holding(one, secrets.now())).orElse(fresh);
    secrets.put(secret);
    return identity(secret);
  }

  private Json.Obj value(Json.Obj body) {
    var secret = live(body);
    var stage = body.text("VersionStage").orElse("AWSCURRENT");
    var id = body.text("VersionId");
    var version =
        stages(secret).entrySet().stream()
            .filter(
                entry ->
                    id.isPresent()
                        ? entry.getValue().id().equals(id.get())
                        : entry.getKey().equals(stage))
            .findFirst()
            .orElseThrow(
                () ->
                    new AwsError(
                        400,
                        "ResourceNotFoundException",
                        "Secrets Manager can't find the specified secret value for staging label: "
                            + stage));
    return identity(secret)
        .with("VersionId", version.getValue().id())
        .with(version.getValue().key(), version.getValue().value())
        .with("VersionStages", Json.texts(List.of(version.getKey())))
        .with("CreatedDate", seconds(secret.changedAt()));
  }

  private static Map<String, StoredSecret.Version> stages(StoredSecret secret) {
    var stages = new LinkedHashMap<String, StoredSecret.Version>();
    secret.current().ifPresent(version -> stages.put("AWSCURRENT", version));
    secret.previous().ifPresent(version -> stages.put("AWSPREVIOUS", version));
    return stages;
  }

  private Json.Obj put(StoredSecret secret, Json.Obj body) {
    var version =
        version(body)
            .orElseThrow(
                () ->
                    new AwsError(
                        400,
                        "InvalidParameterException",
                        "You must provide either SecretString or SecretBinary."));
    var repeated = secret.current().filter(current -> current.id().equals(version.id()));
    if (repeated.isPresent() && !repeated.get().equals(version)) {
      throw new AwsError(
          400,
          "ResourceExistsException",
          "A version with the same token exists and its value differs.");
    }
    var changed = repeated.isPresent() ? secret : secret.holding(version, secrets.now());
    secrets.put(changed);
    return identity(changed)
        .with("VersionId", version.id())
        .with("VersionStages", Json.texts(List.of("AWSCURRENT")));
  }

  private Json.Obj update(StoredSecret secret, Json.Obj body) {
    var described = body.text("Description").map(secret::described).orElse(secret);
    if (version(body).isPresent()) {
      return put(described, body);
    }
    secrets.put(described);
    return identity(described);
  }

  private static Json.Obj describe(StoredSecret secret) {
    var versions = new LinkedHashMap<String, Json>();
    stages(secret)
        .forEach((stage, version) -> versions.put(version.id(), Json.texts(List.of(stage))));
    var described =
        identity(secret)
            .without("VersionId")
            .with("Description", secret.description())
            .with("CreatedDate", seconds(secret.createdAt()))
            .with("LastChangedDate", seconds(secret.changedAt()))
            .with("VersionIdsToStages", new Json.Obj(versions));
    return secret
        .deletedAt()
        .map(at -> described.with("DeletedDate", seconds(at)))
        .orElse(described);
  }

  private Json.Obj delete(StoredSecret secret, Json.Obj body) {
    var now = secrets.now();
    if (body.get("ForceDeleteWithoutRecovery").orElse(Json.FALSE).equals(Json.TRUE)) {
      secrets.remove(secret.name());
    } else {
      secrets.put(secret.deleted(Optional.of(now)));
    }
    return identity(secret).without("VersionId").with("DeletionDate", seconds(now));
  }

  private Json.Obj restore(StoredSecret secret) {
    secrets.put(secret.deleted(Optional.empty()));
    return identity(secret).without("VersionId");
  }

  /** Filters by the beginning of the name only; the whole list is one page. */
  private Json.Obj list(Json.Obj body) {
    var prefixes =
        body.list("Filters").stream()
            .filter(
                filter ->
                    filter instanceof Json.Obj one && one.text("Key").orElse("").equals("name"))
            .flatMap(filter -> filter instanceof Json.Obj one ? one.list("Values").stream() : null)
            .map(value -> value instanceof Json.Str(var text) ? text : "")
            .toList();
    return Json.object()
        .with(
            "SecretList",
            Json.array(
                secrets.list().stream()
                    .filter(secret -> secret.deletedAt().isEmpty())
                    .filter(
                        secret ->
                            prefixes.isEmpty()
                                || prefixes.stream().anyMatch(secret.name()::startsWith))
                    .map(SecretsProtocol::describe)
                    .toList()));
  }

  private static Optional<StoredSecret.Version> version(Json.Obj body) {
    var key = body.text("SecretBinary").isPresent() ? "SecretBinary" : "SecretString";
    return body.text(key)
        .map(
            value -> {
              if (value.getBytes(StandardCharsets.UTF_8).length > MAX_VALUE_BYTES) {
                throw new AwsError(
                    400, "ValidationException", "A secret holds at most 65536 bytes.");
              }
              return new StoredSecret.Version(token(body), key, value);
            });
  }

  private static String token(Json.Obj body) {
    var token = body.text("ClientRequestToken").orElseGet(() -> UUID.randomUUID().toString());
    if (!TOKEN.matcher(token).matches()) {
      throw new AwsError(
          400, "InvalidParameterException", "ClientRequestToken must be 32-64 characters long.");
    }
    return token;
  }

  private StoredSecret existing(Json.Obj body) {
    return body.text("SecretId")
        .flatMap(secrets::find)
        .orElseThrow(
            () ->
                new AwsError(
                    400,
                    "ResourceNotFoundException",
                    "Secrets Manager can't find the specified secret."));
  }

  private StoredSecret live(Json.Obj body) {
    var secret = existing(body);
    if (secret.deletedAt().isPresent()) {
      throw scheduledForDeletion();
    }
    return secret;
  }

  private static AwsError scheduledForDeletion() {
    return new AwsError(
        400,
        "InvalidRequestException",
        "You can't perform this operation on the secret because it was marked for deletion.");
  }

  private static Json.Obj identity(StoredSecret secret) {
    var identity = Json.object().with("ARN", secret.arn()).with("Name", secret.name());
    return secret
        .current()
        .map(version -> identity.with("VersionId", version.id()))
        .orElse(identity);
  }

  private static Json.Num seconds(Instant instant) {
    return new Json.Num(BigDecimal.valueOf(instant.toEpochMilli(), 3));
  }
}
