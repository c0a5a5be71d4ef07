package dev.carillon.local.dynamo;

import com.almworks.sqlite4java.SQLiteConnection;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.local.wire.AwsResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;
import software.amazon.dynamodb.services.local.shared.access.sqlite.SQLiteLibraryLoader;

/**
 * DynamoDB Local in this process, behind the AWS endpoint. Its own launcher would listen on every
 * network interface and print a banner, so its handler is put on a server of ours.
 */
public final class EmbeddedDynamo implements AutoCloseable {
  private static final Duration RELEASE = Duration.ofSeconds(5);
  private static final long GLANCE_NANOS = 1_000_000;
  private static final Duration IDLE = Duration.ofMinutes(10);
  private static final String BARRIER = "carillon-local-barrier";
  // What DynamoDB Local calls it when all callers share one.
  private static final String SHARED_DATABASE = "shared-local-instance.db";
  private static final int DEPTH = 200;
  // Held, or the level set on it would be forgotten with it: it tells of every file it opens.
  private static final Logger SQLITE = Logger.getLogger("com.almworks.sqlite4java");

  private final Server server;
  private final LocalDynamoDBServerHandler handler;
  private final URI endpoint;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** Where it is kept; empty: in memory. */
  private final Optional<Path> database;

  private final Map<String, TableSchema> shapes = new ConcurrentHashMap<>();

  private EmbeddedDynamo(
      Server server, LocalDynamoDBServerHandler handler, URI endpoint, Optional<Path> database) {
    this.server = server;
    this.handler = handler;
    this.endpoint = endpoint;
    this.database = database;
  }

  /**
   * Starts it.
   *
   * @param folder where tables are kept; empty: in memory
   */
  public static EmbeddedDynamo start(Optional<Path> folder) {
    SQLITE.setLevel(Level.WARNING);
    try {
      if (folder.isPresent()) {
        Files.createDirectories(folder.get());
      }
      // One database for all callers: each function signs with an access key of its own.
      var engine =
          new LocalDynamoDBRequestHandler(
              0,
              folder.isEmpty(),
              folder.map(path -> path.toAbsolutePath().toString()).orElse(null),
              true,
              false);
      var database = folder.map(path -> path.resolve(SHARED_DATABASE));
      if (database.isPresent()) {
        writeAhead(database.get());
      }
      var handler = new LocalDynamoDBServerHandler(engine, null);
      var server = new Server();
      var connector = new ServerConnector(server);
      connector.setHost("127.0.0.1");
      connector.setIdleTimeout(IDLE.toMillis());
      server.addConnector(connector);
      var context = new ContextHandler();
      context.setHandler(handler);
      server.setHandler(context);
      server.start();
      var tables =
          new EmbeddedDynamo(
              server,
              handler,
              URI.create("http://127.0.0.1:" + connector.getLocalPort() + "/"),
              database);
      if (database.isPresent()) {
        tables.createBarrier();
      }
      return tables;
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local does not start: " + e.getMessage(), e);
    }
  }

  /**
   * Has SQLite log ahead instead of rolling back: a write waits for the disk once instead of three
   * times. The file remembers it.
   */
  private static void writeAhead(Path database) throws Exception {
    SQLiteLibraryLoader.initialize();
    var connection = new SQLiteConnection(database.toFile());
    try {
      connection.open(true).setBusyTimeout(RELEASE.toMillis()).exec("PRAGMA journal_mode=WAL");
    } finally {
      connection.dispose();
    }
  }

  /**
   * Creates the table unless it exists, and returns when it is active.
   *
   * @param definition the body of a CreateTable call: TableName, AttributeDefinitions, KeySchema,
   *     GlobalSecondaryIndexes, BillingMode. What DynamoDB itself would refuse is refused.
   * @param ttlAttribute the attribute that holds an item's expiry; items are not expired here
   * @throws IllegalArgumentException when DynamoDB refuses the definition; the message says why
   */
  public void create(Json.Obj definition, Optional<String> ttlAttribute) {
    var name = definition.text("TableName").orElse("");
    shapes.put(name, TableSchema.of(definition));
    if (call("DescribeTable", Json.object().with("TableName", name)).isPresent()) {
      return;
    }
    var created = send("CreateTable", JsonText.bytes(definition));
    if (created.status() != 200) {
      throw new IllegalArgumentException("Table " + name + ": " + parsed(created));
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

  /** The key and indexes of a table that was created here. */
  Optional<TableSchema> shape(String table) {
    return Optional.ofNullable(shapes.get(table));
  }

  /** The item as it is now; the empty object when there is none. */
  Json.Obj item(String table, Json.Obj key) {
    return call(
            "GetItem",
            Json.object()
                .with("TableName", table)
                .with("Key", key)
                .with("ConsistentRead", Json.TRUE))
        .map(answer -> answer.object("Item"))
        .orElse(Json.object());
  }

  /**
   * Makes sure that what was answered before survives {@code kill -9}: DynamoDB Local forgets its
   * latest transaction unless a plain write has followed it.
   */
  void barrier() {
    if (database.isPresent()) {
      var item = Json.object().with("pk", Json.object().with("S", "barrier"));
      call("PutItem", Json.object().with("TableName", BARRIER).with("Item", item))
          .orElseThrow(() -> new IllegalStateException("The barrier could not be written"));
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

  private Optional<Json.Obj> call(String operation, Json.Obj body) {
    var answer = send(operation, JsonText.bytes(body));
    return answer.status() == 200 && parsed(answer) instanceof Json.Obj object
        ? Optional.of(object)
        : Optional.empty();
  }

  private static Json parsed(AwsResponse answer) {
    return JsonText.parse(answer.body(), DEPTH);
  }

  /** Hands a call on, byte for byte, and its answer back. */
  AwsResponse send(String operation, byte[] body) {
    var request =
        HttpRequest.newBuilder(endpoint)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", "DynamoDB_20120810." + operation)
            .header(
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request,"
                    + " SignedHeaders=host, Signature=none")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    try {
      var answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return new AwsResponse(
          answer.statusCode(), Map.of("Content-Type", "application/x-amz-json-1.0"), answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while DynamoDB Local was working", e);
    }
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
    try {
      server.stop();
      handler.close();
      database.ifPresent(EmbeddedDynamo::awaitRelease);
    } catch (Exception e) {
      throw new IllegalStateException("DynamoDB Local does not stop: " + e.getMessage(), e);
    } finally {
      client.close();
    }
  }
}
