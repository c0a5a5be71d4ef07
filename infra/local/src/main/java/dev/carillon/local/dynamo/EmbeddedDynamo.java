package dev.carillon.local.dynamo;

import com.almworks.sqlite4java.SQLiteConnection;
import dev.carillon.json.Json;
import dev.carillon.local.wire.AwsError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.exceptions.DynamoDBLocalServiceException;
import software.amazon.dynamodb.services.local.shared.access.AmazonDynamoDBLocal;
import software.amazon.dynamodb.services.local.shared.access.LocalDBAccess;
import software.amazon.dynamodb.services.local.shared.access.LocalDBClient;
import software.amazon.dynamodb.services.local.shared.access.LocalDBOutputConverter;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteDBAccess;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteLibraryLoader;
import software.amazon.dynamodb.services.local.shared.jobs.JobsRegister;

/**
 * DynamoDB Local in this process, behind the AWS endpoint. Its own launcher would listen on every
 * network interface and print a banner, so its handler is put on a server of ours.
 */
public final class EmbeddedDynamo implements AutoCloseable {
  private static final Duration RELEASE = Duration.ofSeconds(5);
  private static final long GLANCE_NANOS = 1_000_000;
  // What DynamoDB Local does in the background: building indexes of tables that exist.
  private static final int JOBS = 2;
  private static final ThreadFactory JOB_THREADS =
      Thread.ofPlatform().daemon().name("dynamodb-job-", 1).factory();
  private static final String PREFIX = "com.amazonaws.dynamodb.v20120810#";
  private static final LocalDBOutputConverter OUTPUT = new LocalDBOutputConverter();
  private static final String BARRIER = "carillon-local-barrier";
  // What DynamoDB Local calls it when all callers share one.
  private static final String SHARED_DATABASE = "shared-local-instance.db";
  // Held, or the level set on it would be forgotten with it: it tells of every file it opens.
  private static final Logger SQLITE = Logger.getLogger("com.almworks.sqlite4java");

  private final AmazonDynamoDBLocal local;
  private final DynamoDbClient client;

  /** Where it is kept; empty: in memory. */
  private final Optional<Path> database;

  private final Map<String, TableSchema> schemas = new ConcurrentHashMap<>();

  private EmbeddedDynamo(AmazonDynamoDBLocal local, Optional<Path> database) {
    this.local = local;
    this.client = local.dynamoDbClient();
    this.database = database;
  }

  /** What a call came to: the body of the answer and, when it was refused, the error's status. */
  record Result(int status, Json.Obj body) {
    boolean ok() {
      return status == 200;
    }

    /** The error's name without its prefix; empty when there was none. */
    String errorCode() {
      return ok() ? "" : body.text("__type").orElse("").replaceFirst(".*#", "");
    }
  }

  /**
   * Starts it.
   *
   * @param folder where tables are kept; empty: in memory
   */
  public static EmbeddedDynamo start(Optional<Path> folder) {
    SQLITE.setLevel(Level.WARNING);
    try {
      SQLiteLibraryLoader.initialize();
      if (folder.isPresent()) {
        Files.createDirectories(folder.get());
      }
      var database = folder.map(path -> path.resolve(SHARED_DATABASE).toAbsolutePath());
      if (database.isPresent()) {
        writeAhead(database.get());
      }
      var dynamo =
          over(
              database.isPresent()
                  ? new SQLiteDBAccess(database.get().toFile())
                  : HeapRecords.over(new SQLiteDBAccess()),
              database);
      if (database.isPresent()) {
        dynamo.createBarrier();
      }
      return dynamo;
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local does not start: " + e.getMessage(), e);
    }
  }

  static EmbeddedDynamo over(LocalDBAccess access, Optional<Path> database) {
    var jobs = new JobsRegister(Executors.newFixedThreadPool(JOBS, JOB_THREADS), false);
    return new EmbeddedDynamo(new LocalDBClient(access, jobs), database);
  }

  /**
   * Has SQLite log ahead instead of rolling back: a write waits for the disk once instead of three
   * times. The file remembers it.
   */
  private static void writeAhead(Path database) throws Exception {
    var connection = new SQLiteConnection(database.toFile());
    try {
      connection.open(true).setBusyTimeout(RELEASE.toMillis()).exec("PRAGMA journal_mode=WAL");
    } finally {
      connection.dispose();
    }
  }

  /**
   * Creates the table unless it exists, and returns when it is active. What a folder holds in a
   * table of another name was kept by an earlier version, whose stack named it so: it moves over.
   *
   * @param definition the body of a CreateTable call: TableName, AttributeDefinitions, KeySchema,
   *     GlobalSecondaryIndexes, BillingMode. What DynamoDB itself would refuse is refused.
   * @param ttlAttribute the attribute that holds an item's expiry; items are not expired here
   * @throws IllegalArgumentException when DynamoDB refuses the definition; the message says why
   */
  public void create(Json.Obj definition, Optional<String> ttlAttribute) {
    var name = definition.text("TableName").orElse("");
    schemas.put(name, TableSchema.of(definition));
    if (!call("DescribeTable", Json.object().with("TableName", name)).ok()) {
      make(name, definition, ttlAttribute);
    }
    if (!name.equals(BARRIER)) {
      earlierTables().forEach(earlier -> takeOver(earlier, name));
    }
  }

  private void make(String name, Json.Obj definition, Optional<String> ttlAttribute) {
    var created = call("CreateTable", definition);
    if (!created.ok()) {
      throw new IllegalArgumentException("Table " + name + ": " + created.body());
    }
    ttlAttribute.ifPresent(
        attribute ->
            call(
                "UpdateTimeToLive",
                Json.object()
                    .with("TableName", name)
                    .with(
                        "TimeToLiveSpecification",
                        Json.object()
                            .with("Enabled", Json.TRUE)
                            .with("AttributeName", attribute))));
  }

  private List<String> earlierTables() {
    return call("ListTables", Json.object()).body().list("TableNames").stream()
        .filter(Json.Str.class::isInstance)
        .map(other -> ((Json.Str) other).value())
        .filter(other -> !other.equals(BARRIER) && !schemas.containsKey(other))
        .toList();
  }

  /** Copies before it deletes: who is killed in between copies the same once more. */
  private void takeOver(String earlier, String name) {
    Json.Obj scan = Json.object().with("TableName", earlier).with("ConsistentRead", Json.TRUE);
    var next = Optional.of(scan);
    while (next.isPresent()) {
      Json.Obj page = done("Scan", next.get());
      for (Json item : page.list("Items")) {
        done("PutItem", Json.object().with("TableName", name).with("Item", item));
      }
      next = page.get("LastEvaluatedKey").map(key -> scan.with("ExclusiveStartKey", key));
    }
    barrier();
    done("DeleteTable", Json.object().with("TableName", earlier));
  }

  private Json.Obj done(String operation, Json.Obj request) {
    Result result = call(operation, request);
    if (!result.ok()) {
      throw new IllegalStateException(operation + ": " + result.body());
    }
    return result.body();
  }

  /** The key and indexes of a table that was created here. */
  Optional<TableSchema> shape(String table) {
    return Optional.ofNullable(schemas.get(table));
  }

  /** The item as it is now; the empty object when there is none. */
  Json.Obj item(String table, Json.Obj key) {
    return call(
            "GetItem",
            Json.object()
                .with("TableName", table)
                .with("Key", key)
                .with("ConsistentRead", Json.TRUE))
        .body()
        .object("Item");
  }

  /**
   * Makes sure that what was answered before survives {@code kill -9}: DynamoDB Local forgets its
   * latest transaction unless a plain write has followed it.
   */
  void barrier() {
    if (database.isPresent()) {
      var item = Json.object().with("pk", Json.object().with("S", "barrier"));
      if (!call("PutItem", Json.object().with("TableName", BARRIER).with("Item", item)).ok()) {
        throw new IllegalStateException("The barrier could not be written");
      }
    }
  }

  private void createBarrier() {
    var key = Json.object().with("AttributeName", "pk");
    create(
        Json.object()
            .with("TableName", BARRIER)
            .with("AttributeDefinitions", Json.array(List.of(key.with("AttributeType", "S"))))
            .with("KeySchema", Json.array(List.of(key.with("KeyType", "HASH"))))
            .with("BillingMode", "PAY_PER_REQUEST"),
        Optional.empty());
  }

  /**
   * Makes a call. What DynamoDB refuses is a result with a status other than 200.
   *
   * @throws AwsError when the request is not one that DynamoDB could read
   */
  Result call(String operation, Json.Obj request) {
    var known =
        DynamoOperation.named(operation)
            .orElseThrow(
                () ->
                    new AwsError(
                        400, "UnknownOperationException", "The local stack has no " + operation));
    var filled = SdkJson.read(request, known.builder().get());
    try {
      return new Result(200, SdkJson.write(known.run(client, filled)));
    } catch (AwsServiceException refused) {
      return refused(refused);
    }
  }

  private static Result refused(AwsServiceException refused) {
    var details = refused.awsErrorDetails();
    var body =
        Json.object()
            .with("__type", PREFIX + details.errorCode().replaceFirst(".*#", ""))
            .with("message", details.errorMessage());
    if (refused instanceof DynamoDBLocalServiceException local) {
      if (local.getCancellationReasons() != null) {
        body =
            body.with(
                "CancellationReasons",
                Json.array(local.getCancellationReasons().stream().map(SdkJson::write).toList()));
      }
      if (local.getItem() != null) {
        var item = Json.object();
        for (var one : OUTPUT.internalToExternalAttributes(local.getItem()).entrySet()) {
          item = item.with(one.getKey(), SdkJson.write(one.getValue()));
        }
        body = body.with("Item", item);
      }
    }
    return new Result(refused.statusCode() == 0 ? 400 : refused.statusCode(), body);
  }

  /**
   * DynamoDB Local lets go of its file in the background; who starts anew at once would find it
   * locked. The log goes when the last connection does.
   */
  private static void awaitRelease(Path database) {
    var log = database.resolveSibling(SHARED_DATABASE + "-wal");
    var deadline = System.nanoTime() + RELEASE.toNanos();
    while (Files.exists(log) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(GLANCE_NANOS);
    }
  }

  @Override
  public void close() {
    local.shutdown();
    database.ifPresent(EmbeddedDynamo::awaitRelease);
  }
}
