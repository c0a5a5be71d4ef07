package dev.carillon.local.launch;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.project.ProjectFolder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;

/**
 * Speaks to the operator function of a deployment in AWS, or of a local stack that runs: {@code
 * ./carillon push}, {@code ./carillon operator} and the end of {@code ./carillon deploy}.
 * Credentials and region are found as the AWS CLI finds them.
 */
public final class RemoteCommand {
  private static final String LOCAL_FUNCTION = "operator";

  /** What an installation's operator function is called by, behind the installation's name. */
  private static final String OPERATOR = "-operator:live";

  private static final String FIRST_ENVIRONMENT = "development";

  private final Map<String, String> options = new HashMap<>();
  private final List<String> rest = new ArrayList<>();

  RemoteCommand(List<String> arguments) {
    var left = new ArrayList<>(arguments);
    while (!left.isEmpty()) {
      String argument = left.removeFirst();
      if (!argument.startsWith("--")) {
        rest.add(argument);
      } else if (left.isEmpty()) {
        throw new UpOptions.Refused(argument + " needs a value.");
      } else {
        options.put(argument, left.removeFirst());
      }
    }
  }

  public static void main(String[] arguments) throws Exception {
    try {
      var remote = new RemoteCommand(List.of(arguments).subList(1, arguments.length));
      boolean ok =
          switch (arguments[0]) {
            case "push" -> remote.push();
            case "welcome" -> remote.welcome();
            default -> remote.operate();
          };
      System.exit(ok ? 0 : 1);
    } catch (UpOptions.Refused | SdkException | IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }

  /** Prints what the function answers to the JSON that was given. */
  private boolean operate() throws Exception {
    allow(List.of("--function", "--stack", "--port"), 1);
    if (!(JsonText.parse(rest.getFirst()) instanceof Json.Obj event)) {
      throw new UpOptions.Refused(
          "operator needs a JSON object such as {\"action\": \"revoke_key\", …}.");
    }
    Json answer = JsonText.parse(operator().invoke(JsonText.bytes(event)));
    System.out.println(JsonText.write(answer));
    return answer instanceof Json.Obj object && object.get("error").isEmpty();
  }

  /** Makes the environment and its channels, prints new keys, and pushes the project. */
  private boolean push() throws Exception {
    allow(
        List.of("--function", "--stack", "--port", "--environment", "--channels", "--workflows"),
        0);
    String environment = options.getOrDefault("--environment", FIRST_ENVIRONMENT);
    var seed = new OperatorClient(operator());
    if (options.containsKey("--channels")) {
      seed(seed, environment, channels(Path.of(options.get("--channels"))));
    }
    return !options.containsKey("--workflows")
        || push(seed, environment, Path.of(options.get("--workflows")));
  }

  /**
   * The end of a deployment: makes the first environment with keys, channels and a workflow from
   * the {@code --starter} folder where there is none; elsewhere it changes nothing.
   */
  boolean welcome() throws Exception {
    allow(List.of("--function", "--stack", "--port", "--starter", "--sender-domain"), 0);
    var seed = new OperatorClient(operator());
    if (!seed.ask(Json.object().with("action", "inventory")).list("environments").isEmpty()) {
      return true;
    }
    var starter = Path.of(options.get("--starter"));
    var channels = new ArrayList<>(channels(starter.resolve("channels.json")));
    Optional.ofNullable(options.get("--sender-domain"))
        .ifPresent(domain -> channels.add(mailFrom(domain)));
    System.out.println("environment " + FIRST_ENVIRONMENT + "; its keys are shown this once:");
    seed(seed, FIRST_ENVIRONMENT, channels);
    return push(seed, FIRST_ENVIRONMENT, starter);
  }

  private static Json mailFrom(String domain) {
    return Json.object()
        .with("key", "email")
        .with("name", "Email")
        .with("type", "email")
        .with("provider", "email_aws_ses")
        .with("settings", Json.object().with("from_address", "hello@" + domain));
  }

  private static void seed(OperatorClient seed, String environment, List<Json> channels) {
    Json.Obj answer =
        seed.seed(
            Json.object()
                .with(
                    "environment",
                    Json.object().with("slug", environment).with("name", environment))
                .with(
                    "keys",
                    Json.array(
                        List.of(
                            Json.object().with("kind", "secret"),
                            Json.object().with("kind", "public"))))
                .with("signing_key", Json.TRUE)
                .with("channels", Json.array(channels)));
    answer.list("keys").forEach(key -> System.out.println("key " + JsonText.write(key)));
    System.out.println("signing_key " + JsonText.write(answer.object("signing_key")));
    System.out.println("clients " + JsonText.write(answer.object("clients")));
    answer.list("channels").forEach(it -> System.out.println("channel " + JsonText.write(it)));
  }

  private static boolean push(OperatorClient seed, String environment, Path project) {
    var pushed = seed.push(environment, new ProjectFolder(project).files(), Json.Obj.EMPTY);
    pushed
        .accepted()
        .forEach(
            it -> System.out.println("workflow " + it.workflow() + " version " + it.version()));
    pushed.refused().forEach(it -> System.out.println(it.line()));
    return pushed.refused().isEmpty();
  }

  private static List<Json> channels(Path file) throws IOException {
    if (JsonText.parse(Files.readAllBytes(file)) instanceof Json.Obj object) {
      return object.list("channels");
    }
    throw new UpOptions.Refused(file + " is no JSON object with channels.");
  }

  private void allow(List<String> known, int arguments) {
    options
        .keySet()
        .forEach(
            option -> {
              if (!known.contains(option)) {
                throw new UpOptions.Refused(
                    option + " is not known here; ./carillon help says what is.");
              }
            });
    if (rest.size() != arguments) {
      throw new UpOptions.Refused("./carillon help says how to call this.");
    }
  }

  private OperatorClient.Operator operator() throws Exception {
    var deployed =
        Optional.ofNullable(options.get("--function"))
            .or(() -> Optional.ofNullable(options.get("--stack")).map(it -> it + OPERATOR));
    String function = deployed.orElse(LOCAL_FUNCTION);
    LambdaClient client =
        deployed.isPresent()
            ? LambdaClient.builder().httpClient(UrlConnectionHttpClient.create()).build()
            : local();
    return event -> {
      InvokeResponse response =
          client.invoke(
              request -> request.functionName(function).payload(SdkBytes.fromByteArray(event)));
      byte[] answer = response.payload().asByteArray();
      if (Optional.ofNullable(response.functionError()).isPresent()) {
        throw new IllegalStateException(
            "The function failed: " + new String(answer, StandardCharsets.UTF_8));
      }
      return answer;
    };
  }

  /** A stack on this machine says itself where its AWS is. */
  private LambdaClient local() throws Exception {
    var health =
        URI.create("http://localhost:" + options.getOrDefault("--port", "8080") + "/_local/health");
    String answer;
    try (var http = HttpClient.newHttpClient()) {
      answer =
          http.send(HttpRequest.newBuilder(health).GET().build(), BodyHandlers.ofString()).body();
    } catch (IOException _) {
      throw new UpOptions.Refused(
          "No stack answers at " + health + "; start one, or give --stack.");
    }
    if (!(JsonText.parse(answer) instanceof Json.Obj object)) {
      throw new UpOptions.Refused("What answers at " + health + " is no Carillon stack.");
    }
    return LambdaClient.builder()
        .endpointOverride(URI.create(object.text("aws_endpoint").orElseThrow()))
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create("AKIALOCALREMOTE", "local")))
        .httpClient(UrlConnectionHttpClient.create())
        .build();
  }
}
