package dev.carillon.local.launch;

import com.sun.net.httpserver.HttpServer;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.local.egress.ProviderRoutes;
import dev.carillon.local.http.LocalHttpServer;
import dev.carillon.local.sockets.LocalSocketApi;
import dev.carillon.local.template.AccountRegion;
import dev.carillon.local.template.StackTemplate;
import dev.carillon.local.template.StackTemplateReader;
import dev.carillon.project.ProjectFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What the synthesized template of this build deploys, in this process, with the demo's environment
 * and the workflows of {@code every-step} in it.
 */
final class DeployedStack implements AutoCloseable {
  static final Path CDK_OUT = Path.of("..", "aws", "target", "cdk.out").toAbsolutePath();
  private static final Pattern TRACKED = Pattern.compile("/[lo]/[A-Za-z0-9_.~-]+");
  private static final Path DEMO = Path.of("demo");
  private static final Path EVERY_STEP = Path.of("src", "test", "resources", "every-step");

  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicInteger calls = new AtomicInteger();
  private final LocalHttpServer server;
  private final HttpServer provider;
  private final Stack stack;
  private final String table;
  private final Json.Obj seeded;

  private DeployedStack(
      LocalHttpServer server, HttpServer provider, Stack stack, String table, Json.Obj seeded) {
    this.server = server;
    this.provider = provider;
    this.table = table;
    this.stack = stack;
    this.seeded = seeded;
  }

  static StackTemplate template() {
    return StackTemplateReader.read(CDK_OUT, AccountRegion.LOCAL);
  }

  /** The templates with some words of them replaced; what they deploy is as built. */
  static StackTemplate changed(Path folder, UnaryOperator<String> change) throws IOException {
    return changedTogether(
        folder,
        templates -> {
          templates.replaceAll((_, text) -> change.apply(text));
          return templates;
        });
  }

  /** The same, all templates at once, by the names of their files. */
  static StackTemplate changedTogether(Path folder, UnaryOperator<Map<String, String>> change)
      throws IOException {
    Map<String, String> templates = new TreeMap<>();
    try (var files = Files.list(CDK_OUT)) {
      for (var file : files.toList()) {
        var name = file.getFileName().toString();
        if (name.endsWith(".template.json")) {
          templates.put(name, Files.readString(file));
        } else {
          Files.createSymbolicLink(folder.resolve(name), file);
        }
      }
    }
    for (var template : change.apply(templates).entrySet()) {
      Files.writeString(folder.resolve(template.getKey()), template.getValue());
    }
    return StackTemplateReader.read(folder, AccountRegion.LOCAL);
  }

  /** Without an environment in it. */
  static DeployedStack bare(StackTemplate template) throws IOException {
    var server = LocalHttpServer.at(0);
    var provider = providerThatKnowsNoAddress();
    var stack =
        Stack.start(
            template,
            server,
            new Stack.Setting(
                Optional.empty(), List.of(), List.of(), routes(provider), "sk_local", false));
    return new DeployedStack(
        server, provider, stack, template.tables().getFirst().name(), Json.object());
  }

  static DeployedStack start(StackTemplate template) throws IOException {
    var bare = bare(template);
    var demo = (Json.Obj) JsonText.parse(Files.readString(DEMO.resolve("seed.json")));
    var deployed =
        new DeployedStack(
            bare.server, bare.provider, bare.stack, bare.table, bare.stack.seed().seed(demo));
    deployed.push(
        new ProjectFolder(DEMO).files(), Json.object().with("order_webhook_url", deployed.sink()));
    Map<String, String> files = new HashMap<>();
    new ProjectFolder(EVERY_STEP)
        .files()
        .forEach(
            (name, text) ->
                files.put(
                    name, text.replace("127.0.0.1:SERVICE_PORT", deployed.sink().substring(7))));
    deployed.push(files, Json.object());
    return deployed;
  }

  /** In the place of Resend. */
  private static HttpServer providerThatKnowsNoAddress() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var answer =
        "{\"name\": \"validation_error\", \"message\": \"Invalid `to` field\"}"
            .getBytes(StandardCharsets.UTF_8);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(422, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    return server;
  }

  private static ProviderRoutes routes(HttpServer resend) {
    return new ProviderRoutes(
        Map.of(
            "email_resend",
            new ProviderRoutes.Route.To(
                URI.create("http://127.0.0.1:" + resend.getAddress().getPort()))));
  }

  /** Pushes these files alone; what is not among them stays. */
  void push(Map<String, String> files, Json.Obj variables) {
    var pushed = stack.seed().push("local", files, variables);
    if (!pushed.refused().isEmpty()) {
      throw new IllegalStateException(pushed.refused().toString());
    }
  }

  /** Where every request is answered with an empty object. */
  String sink() {
    return "http://127.0.0.1:" + server.port() + "/_local/sink";
  }

  int port() {
    return server.port();
  }

  Json.Obj seeded() {
    return seeded;
  }

  Stack stack() {
    return stack;
  }

  /** What the operator function answers. */
  Json.Obj operate(String event) {
    return stack.seed().ask((Json.Obj) JsonText.parse(event));
  }

  /** An answer of the API, which must be one of success. */
  Json.Obj call(String method, String path, String body) throws IOException, InterruptedException {
    var answer = send(method, path, body);
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(
          method + " " + path + " answered " + answer.statusCode() + " " + answer.body());
    }
    return !answer.body().isBlank() && JsonText.parse(answer.body()) instanceof Json.Obj object
        ? object
        : Json.object();
  }

  HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    return send("sk_local", method, path, body);
  }

  HttpResponse<String> send(String key, String method, String path, String body)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .timeout(Duration.ofMinutes(10))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "call-" + calls.incrementAndGet())
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  Json.Obj get(String path) throws IOException, InterruptedException {
    return call("GET", path, "");
  }

  /** How long it is until the stack's clock shows that time in UTC. */
  Duration until(LocalTime time) throws IOException, InterruptedException {
    var now = Instant.parse(get("/_local/health").text("now").orElseThrow());
    var today = now.atOffset(ZoneOffset.UTC).with(time);
    var next = today.toInstant().isBefore(now) ? today.plusDays(1) : today;
    return Duration.between(now, next.toInstant());
  }

  void advance(Duration by) throws IOException, InterruptedException {
    call("POST", "/_local/advance", "{\"by\":\"" + by + "\"}");
  }

  /** Takes an item out of the table, as the account's owner. */
  void forget(String partition, String sort) {
    try (var client =
        DynamoDbClient.builder()
            .endpointOverride(stack.engines().endpoint())
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("OWNER", "secret")))
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .build()) {
      client.deleteItem(
          request ->
              request
                  .tableName(table)
                  .key(
                      Map.of(
                          "pk",
                          AttributeValue.fromS(partition),
                          "sk",
                          AttributeValue.fromS(sort))));
    }
  }

  /** The paths of a tracked link, and of its opening, in the newest mail with this subject. */
  List<String> links(String subject) throws IOException, InterruptedException {
    var mails = (Json.Arr) JsonText.parse(send("GET", "/_local/outbox.json", "").body());
    return mails.items().stream()
        .map(Json.Obj.class::cast)
        .filter(mail -> mail.text("subject").equals(Optional.of(subject)))
        .limit(1)
        .flatMap(mail -> TRACKED.matcher(mail.text("html").orElse("")).results())
        .map(MatchResult::group)
        .toList();
  }

  /** What the outbox holds of that type of channel, newest first. */
  List<Json.Obj> outbox(String channelType) throws IOException, InterruptedException {
    var all = (Json.Arr) JsonText.parse(send("GET", "/_local/outbox.json", "").body());
    return all.items().stream()
        .map(Json.Obj.class::cast)
        .filter(entry -> entry.text("channel_type").equals(Optional.of(channelType)))
        .toList();
  }

  /** The next calls that way fail so. */
  void fail(String target, String kind, int times) throws IOException, InterruptedException {
    call(
        "POST",
        "/_local/faults",
        "{\"target\": \"%s\", \"kind\": \"%s\", \"times\": %d}".formatted(target, kind, times));
  }

  /** A client that watches a feed with this key. */
  FeedWatcher watch(String key, String topic) throws IOException, InterruptedException {
    return FeedWatcher.join(
        client,
        URI.create(
            "ws://127.0.0.1:" + server.port() + LocalSocketApi.PATH + "?vsn=2.0.0&api_key=" + key),
        topic);
  }

  /** The function's next invocation begins in a new environment. */
  void renew(String verb) {
    stack.renew(verb);
  }

  /** Every message that waits in a queue is gone. */
  void loseWakes() {
    stack.engines().queues().depths().keySet().forEach(stack.engines().queues()::purge);
  }

  @Override
  public void close() {
    stack.close();
    provider.stop(0);
  }
}
