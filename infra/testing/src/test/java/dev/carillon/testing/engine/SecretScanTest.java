package dev.carillon.testing.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.edge.route.RouteDeclaration;
import dev.carillon.functions.api.ApiRoutes;
import dev.carillon.functions.delivery.DeliveryRoutes;
import dev.carillon.functions.delivery.SendMessage.Sent;
import dev.carillon.functions.feeds.FeedsRoutes;
import dev.carillon.functions.intake.IntakeRoutes;
import dev.carillon.functions.management.ManagementRoutes;
import dev.carillon.json.Json;
import dev.carillon.message.Attempt;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.Provider;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.Providers;
import dev.carillon.runtime.Log;
import dev.carillon.runtime.Ports;
import dev.carillon.testing.scenarios.EngineFixtures;
import dev.carillon.testing.scenarios.GuideEngine;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A secret of its own wherever one may stand, and then every view of both APIs, previews, refusals,
 * real time, and the log: none of the secrets is in any of them, in whatever spelling. What a
 * provider's answer repeats is {@code EchoedCredentialsTest}'s.
 */
class SecretScanTest {
  private static final String ENVIRONMENT = "environment=development";

  /** What a view's parameters are called here; what is not named is {@code x}. */
  private static final Map<String, List<String>> NAMES =
      Map.ofEntries(
          Map.entry("slug", List.of("development")),
          Map.entry("collection", List.of("projects")),
          Map.entry("set", List.of("default")),
          Map.entry("provider", List.of("slack", "ms-teams")),
          Map.entry("item_type", List.of("user")),
          Map.entry("locale_code", List.of("en")),
          Map.entry("workflow_key", List.of("flow")),
          Map.entry("address", List.of("elmo@example.com")));

  private final ByteArrayOutputStream logged = new ByteArrayOutputStream();
  private final GuideEngine scene =
      GuideEngine.on(
          new InProcessEngine(
              EngineFixtures.MONDAY,
              (ports, surroundings) -> Handlers.on(logging(ports), surroundings),
              10));

  private final PlantedSecrets secrets = new PlantedSecrets();

  /** The ports, with a log that can be read. */
  private Ports logging(Ports ports) {
    var log =
        new Log(
            new PrintStream(logged, true, StandardCharsets.UTF_8), ports.clock(), Optional.empty());
    return (Ports)
        Proxy.newProxyInstance(
            Ports.class.getClassLoader(),
            new Class<?>[] {Ports.class},
            (_, method, arguments) -> {
              try {
                return method.getName().equals("log") ? log : method.invoke(ports, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void no_secret_is_in_any_view_nor_in_the_log() {
    plant();
    happen();

    views();
    refusals();
    secrets.look("the log", logged.toString(StandardCharsets.UTF_8));

    assertThat(secrets.leaks()).isEmpty();
    assertThat(secrets.count()).as("secrets").isGreaterThan(55);
    assertThat(secrets.looked()).as("views").isGreaterThan(150);
    assertThat(logged.toString(StandardCharsets.UTF_8)).contains("\"decision\"");
  }

  private void plant() {
    scene.managed();
    for (Provider<?> provider : Providers.all()) {
      channel(provider);
    }
    manage("PUT", "/v1/variables/hush", variable(Json.of(secrets.of("variable"))));
    manage(
        "PUT",
        "/v1/variables/deep",
        variable(
            Json.object()
                .with("token", secrets.of("variable, deep"))
                .with("more", Json.texts(List.of(secrets.of("variable, in a list"))))));
    secrets.keep("signing key", manage("POST", "/v1/signing_keys", "{}"));
    secrets.keep(
        "API key", manage("POST", "/v1/api_keys", "{\"api_key\": {\"kind\": \"secret\"}}"));
    secrets.keep(
        "service token",
        manage(
            "POST",
            "/v1/service_tokens",
            "{\"service_token\": {\"name\": \"ci\", \"scopes\": [\"read\"]}}"));
    secrets.keep(
        "webhook",
        scene
            .must(
                Call.post(
                    "/v1/webhooks",
                    GuideEngine.json(
                        "{'url': 'https://hooks.example/in', 'event_types': ['message.sent',"
                            + " 'message.undelivered', 'workflow_recipient_run.completed']}")))
            .body());
    Json.Obj source =
        GuideEngine.json(
            """
            {'name': 'Shop', 'preconfigured_provider': 'http', 'environment_settings': {'development': {
              'settings': {'event_type_path': 'body.type',
                'verification': {'scheme': 'shared_secret', 'header': 'x-shop-token', 'secret': 'SECRET'}},
              'mappings': [{'event_type': 'Order Placed', 'action_type': 'workflows_trigger',
                'action_parameters': {'key': 'flow', 'recipients': 'body.user', 'data': 'body'}}]}}}\
            """);
    String written = InvocationJson.of(Json.object().with("source", source));
    manage(
        "PUT",
        "/v1/sources/shop",
        written.replace("\"SECRET\"", InvocationJson.of(Json.of(secrets.of("source")))));
  }

  private static String variable(Json value) {
    return InvocationJson.of(
        Json.object().with("variable", Json.object().with("type", "secret").with("value", value)));
  }

  /** A channel of the provider with a secret in the place of each of its credentials. */
  private void channel(Provider<?> provider) {
    Json.Obj settings = Json.object();
    Json.Obj credentials = Json.object();
    for (ProviderSetting setting : provider.settings()) {
      if (setting.secret()) {
        credentials =
            credentials.with(setting.name(), secrets.of(provider.key() + " " + setting.name()));
      } else if (setting.required() && setting.type() instanceof ProviderSetting.Type.Text) {
        settings = settings.with(setting.name(), "from@example.com");
      }
    }
    manage(
        "PUT",
        "/v1/channels/" + provider.key().replace('_', '-'),
        InvocationJson.of(
            Json.object()
                .with(
                    "channel",
                    Json.object()
                        .with("type", provider.type().wireName())
                        .with("provider", provider.key())
                        .with("name", provider.key())
                        .with("settings", settings))));
    if (!credentials.fields().isEmpty()) {
      manage(
          "PUT",
          "/v1/channels/" + provider.key().replace('_', '-') + "/credentials",
          InvocationJson.of(Json.object().with("credentials", credentials)));
    }
  }

  private static void texts(Json json, List<String> found) {
    switch (json) {
      case Json.Str(var text) -> found.add(text);
      case Json.Obj(var fields) -> fields.values().forEach(it -> texts(it, found));
      case Json.Arr(var items) -> items.forEach(it -> texts(it, found));
      case Json.Num _, Json.Bool _, Json.Null _ -> {}
    }
  }

  private void happen() {
    scene.user("elmo", "'name': 'Elmo', 'phone_number': '+15005550006'");
    String echo = InvocationJson.of(Json.object().with("echo", secrets.everyForm("variable")));
    String fetch =
        """
        {'type': 'http_fetch', 'ref': 'fetch', 'settings': {
          'url': 'https://api.example/{{vars.hush}}?k={{vars.hush}}',
          'headers': [{'key': 'x-key', 'value': '{{vars.hush}}'}]}}\
        """;
    scene.workflow("fails", fetch, GuideEngine.mail("no"));
    scene.workflow("echoes", fetch, GuideEngine.feed("{{echo}}"));
    scene.engine.outside().saysAlways(FakeOutside.json(200, echo));
    scene.trigger("echoes", "{'recipients': ['elmo']}");
    scene.engine.outside().saysAlways(FakeOutside.json(500, echo));
    scene.trigger("fails", "{'recipients': ['elmo']}");
    scene.workflow(
        "flow",
        """
        {'type': 'channel', 'ref': 'http_1', 'channel_type': 'http', 'channel_key': 'webhook',
         'template': {'method': 'post', 'url': 'https://hooks.example/{{vars.hush}}?k={{vars.deep.token}}',
           'headers': [{'key': 'Authorization', 'value': 'Bearer {{vars.hush}}'}],
           'body': '{\\"key\\": {{json vars.hush}}, \\"list\\": {{json vars.deep}}}'}}\
        """,
        GuideEngine.mail("{{#each vars}}{{this}}{{/each}}"),
        GuideEngine.feed("{{#each vars}}{{this}}{{/each}}"));
    scene
        .engine
        .webhook()
        .says(
            new Sent(
                new DeliveryResult.Deferred("status 503", Optional.empty()),
                Optional.of(new Attempt.Answer(503, "busy"))));
    scene.trigger("flow", "{'recipients': ['elmo'], 'tenant': 'acme', 'data': {'order': 'F-1'}}");
    Json.Obj source = manage("GET", "/v1/sources/shop", "");
    for (String given : List.of(secrets.of("source"), "wrong")) {
      var found = new ArrayList<String>();
      texts(source, found);
      found.stream()
          .filter(text -> text.contains("/integrations/receive/"))
          .findFirst()
          .map(text -> text.substring(text.indexOf("/integrations/")))
          .ifPresent(
              path ->
                  scene.engine.call(
                      new Call(
                          "POST",
                          path,
                          Map.of("x-shop-token", given, "content-type", "application/json"),
                          Optional.of("{\"type\": \"Order Placed\", \"user\": \"elmo\"}"))));
    }
    scene.pass("PT3H");
  }

  private void views() {
    Stream.of(
            ApiRoutes.declared(),
            FeedsRoutes.declared(),
            IntakeRoutes.declared(),
            DeliveryRoutes.declared(),
            ManagementRoutes.declared())
        .flatMap(List::stream)
        .map(RouteDeclaration::key)
        .filter(key -> key.startsWith("GET "))
        .map(key -> key.substring(4))
        .forEach(this::view);
    for (String path :
        List.of(
            "/v1/workflows/flow/steps/http_1/preview_template",
            "/v1/workflows/flow/steps/email/preview_template",
            "/v1/workflows/flow/steps/feed/preview_template")) {
      secrets.look(path, manageAnswer("POST", path, "{\"recipient\": \"elmo\"}"));
    }
    for (String type : List.of("email", "sms", "push", "chat", "in_app_feed")) {
      secrets.look(
          "preview of " + type,
          manageAnswer(
              "POST",
              "/v1/templates/preview",
              InvocationJson.of(
                  Json.object()
                      .with("recipient", "elmo")
                      .with("channel_type", type)
                      .with(
                          "template",
                          template(
                              type, "{{ vars.hush }} {{ vars.deep | json }} {{ vars | json }}")))));
    }
    secrets.look(
        "rehearsal",
        manageAnswer(
            "POST",
            "/v1/sources/shop/rehearse",
            "{\"event\": {\"headers\": {}, \"body\": {\"type\": \"Order Placed\"}}}"));
  }

  private static Json.Obj template(String type, String text) {
    return switch (type) {
      case "email" -> Json.object().with("subject", text).with("html_body", text);
      case "sms" -> Json.object().with("text_body", text);
      case "push" -> Json.object().with("title", text).with("text_body", text);
      default -> Json.object().with("markdown_body", text);
    };
  }

  private void view(String pattern) {
    List<String> paths = List.of(pattern);
    while (paths.getFirst().contains("{")) {
      paths = paths.stream().flatMap(this::filled).toList();
    }
    for (String path : paths) {
      for (String key : List.of("sk_test", "knock_st_test")) {
        String query =
            ENVIRONMENT
                + "&include[]=actions&include[]=content&recipient=elmo&workflow=flow&ids[]=x"
                + "&since=2026-01-01T00:00:00Z&until=2026-02-01T00:00:00Z&annotate=true";
        for (String with : List.of("?" + ENVIRONMENT, "?" + query)) {
          CallAnswer answer =
              scene.engine.call(
                  new Call(
                      "GET",
                      path + with,
                      Map.of("authorization", "Bearer " + key),
                      Optional.empty()));
          assertThat(answer.status()).as(path).isLessThan(600);
          secrets.look("GET " + path + with, InvocationJson.of(answer.json()) + answer.headers());
        }
      }
    }
  }

  /** With values for the first parameter. */
  private Stream<String> filled(String pattern) {
    int from = pattern.indexOf('{');
    int to = pattern.indexOf('}');
    String before = pattern.substring(0, from);
    return values(before, pattern.substring(from + 1, to)).stream()
        .map(value -> before + value + pattern.substring(to + 1));
  }

  private List<String> values(String before, String name) {
    if (NAMES.containsKey(name)) {
      return NAMES.get(name);
    }
    if (name.equals("channel")) {
      return List.of("webhook", "feed", "chat-slack", "chat-ms-teams");
    }
    if (before.endsWith("/channels/")) {
      return Stream.concat(
              Stream.of("webhook", "feed", "email"),
              Providers.all().stream().map(it -> it.key().replace('_', '-')))
          .toList();
    }
    if (before.endsWith("/users/")) {
      return List.of("elmo");
    }
    if (before.endsWith("/messages/")) {
      return listed("/v1/messages", "id", "sk_test");
    }
    if (before.endsWith("/workflows/")) {
      return List.of("flow", "echoes");
    }
    if (before.endsWith("/sources/")) {
      return List.of("shop");
    }
    if (before.endsWith("/variables/")) {
      return List.of("hush", "deep");
    }
    if (before.endsWith("/workflow_recipient_runs/")) {
      return listed("/v1/workflow_recipient_runs", "id", "sk_test");
    }
    if (before.endsWith("/webhooks/")) {
      return listed("/v1/webhooks", "id", "sk_test");
    }
    if (before.endsWith("/deliveries/")) {
      return listed(before.substring(0, before.length() - 1), "id", "sk_test");
    }
    return List.of("x");
  }

  private List<String> listed(String path, String field, String key) {
    var answer =
        scene.engine.call(
            new Call("GET", path, Map.of("authorization", "Bearer " + key), Optional.empty()));
    var body = answer.body();
    List<Json> items =
        Stream.of("items", "entries").flatMap(name -> body.list(name).stream()).toList();
    assertThat(items).as(path).isNotEmpty();
    return items.stream().map(it -> ((Json.Obj) it).text(field).orElse("x")).distinct().toList();
  }

  /** What is wrong is named, not repeated. */
  private void refusals() {
    String mine = secrets.of("refused");
    Json.Obj wrong = Json.object().with("no_such_setting", mine).with("api_key", mine);
    for (String channel : List.of("email-sendgrid", "sms-twilio", "chat-slack")) {
      secrets.look(
          "refused credentials",
          manageAnswer(
              "PUT",
              "/v1/channels/" + channel + "/credentials",
              InvocationJson.of(Json.object().with("credentials", wrong))));
      secrets.look(
          "refused settings",
          manageAnswer(
              "PUT",
              "/v1/channels/" + channel,
              InvocationJson.of(
                  Json.object()
                      .with(
                          "channel",
                          Json.object().with("settings", wrong.with("auth_token", mine))))));
    }
    secrets.look(
        "refused variable",
        manageAnswer(
            "PUT",
            "/v1/variables/odd",
            InvocationJson.of(
                Json.object()
                    .with("variable", Json.object().with("type", mine).with("value", mine)))));
    secrets.look(
        "refused key",
        InvocationJson.of(
            scene
                .engine
                .call(
                    new Call(
                        "GET",
                        "/v1/users/elmo",
                        Map.of("authorization", "Bearer " + mine),
                        Optional.empty()))
                .json()));
  }

  private Json.Obj manage(String method, String path, String body) {
    CallAnswer answer = managed(method, path, body);
    assertThat(answer.ok()).as(path + " " + InvocationJson.of(answer.json())).isTrue();
    return answer.body();
  }

  private String manageAnswer(String method, String path, String body) {
    CallAnswer answer = managed(method, path, body);
    return InvocationJson.of(answer.json()) + answer.headers();
  }

  private CallAnswer managed(String method, String path, String body) {
    return scene.engine.call(
        new Call(
            method,
            path + "?" + ENVIRONMENT,
            Map.of("authorization", "Bearer knock_st_test", "content-type", "application/json"),
            body.isEmpty() ? Optional.empty() : Optional.of(body)));
  }
}
