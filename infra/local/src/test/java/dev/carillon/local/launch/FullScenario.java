package dev.carillon.local.launch;

import dev.carillon.json.Json;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One story over all functions in which each does everything that it ever asks of AWS: what of the
 * grants is not used here is not used. A new grant comes with what needs it, here.
 */
final class FullScenario {
  private static final LocalTime NOON = LocalTime.of(12, 0);
  private static final String FEED_OF_UNA = "feeds:6a1f0c52-8d3b-4c7e-9b40-1e5d2f7a9c02:una";
  private static final Pattern SHORT_LINK = Pattern.compile("/[0-9A-Za-z]{10}(?![0-9A-Za-z])");
  private static final Pattern THEIR_ID = Pattern.compile("ATXid_[0-9]+");
  private static final Pattern REPORTED_TO =
      Pattern.compile("/v1/providers/callbacks/[A-Za-z0-9_.~-]+");

  private final DeployedStack stack;

  FullScenario(DeployedStack stack) {
    this.stack = stack;
  }

  void run() throws IOException, InterruptedException {
    // Send windows open at nine: the story begins at the same time on every day.
    stack.advance(stack.until(NOON));
    theKeyOfCursorsIsMadeByWhoNeedsItFirst();
    var endpoint = anEndpointIsTold();
    everyStepIsTaken();
    feedsAreWatched();
    textsAndPushesAreSent();
    aProviderHasIdsOfItsOwn();
    anAddressIsDead();
    waitsAreSteered();
    schedulesOccur();
    recipientsComeAndGo();
    whatHappenedIsAskedFor();
    providersReport();
    anEndpointIsDownForHours();
    anEndpointIsGone();
    operatorsOperate();
    teamsManage();
    otherSystemsSendEvents();
    wakesAreLost();
    workspacesAreConnected();
    callsCameInARush();
    stack.call("POST", "/v1/webhooks/" + endpoint + "/test", "{}");
    stack.call("POST", "/v1/channels/email/test", "{\"to\": \"ada@example.com\"}");
    stack.advance(Duration.ofMinutes(1));
    stack.call("DELETE", "/v1/webhooks/" + endpoint, "");
  }

  private String anEndpointIsTold() throws IOException, InterruptedException {
    return stack
        .call(
            "POST",
            "/v1/webhooks",
            """
            {"url": "%s", "event_types": ["message.sent", "message.delivered", "message.seen",
             "message.link_clicked", "message.bounced", "message.read", "workflow.committed",
             "partial.committed"]}
            """
                .formatted(stack.sink()))
        .text("id")
        .orElseThrow();
  }

  /** A customer's workspace is connected, by somebody's coming back from the provider, and left. */
  private void workspacesAreConnected() throws IOException, InterruptedException {
    stack.operate(
        """
        {"action": "seed", "environment": {"slug": "development", "id": "local"}, "channels": [
          {"key": "chat", "type": "chat", "provider": "chat_slack",
           "settings": {"client_id": "app"}}]}
        """);
    stack.operate(
        """
        {"action": "channel_credentials", "environment": "local", "channel": "chat",
         "credentials": {"client_secret": "s"}}
        """);
    stack.advance(Duration.ofMinutes(2));
    String object = "{\"object_id\": \"connected\", \"collection\": \"$tenants\"}";
    stack.send(
        "pk_local",
        "GET",
        "/providers/slack/authenticate?code=c0de&state="
            + URLEncoder.encode(
                "{\"public_key\": \"pk_local\", \"channel_id\": \"chat\", \"access_token_object\": "
                    + object
                    + "}",
                StandardCharsets.UTF_8),
        "");
    stack.call(
        "PUT",
        "/v1/providers/slack/chat/revoke_access?access_token_object="
            + URLEncoder.encode(object, StandardCharsets.UTF_8),
        "");
  }

  /** Beyond five calls of a route within a second, the instances of a function count together. */
  private void callsCameInARush() throws IOException, InterruptedException {
    for (int again = 0; again < 16; again++) {
      stack.get("/v1/users/lin/feeds/feed");
    }
    for (int again = 0; again < 16; again++) {
      stack.call("POST", "/v1/workflows/told/cancel", "{\"cancellation_key\": \"nothing\"}");
    }
    for (int again = 0; again < 16; again++) {
      stack.call("POST", "/v1/channels/email/test", "{\"to\": \"ada@example.com\"}");
    }
  }

  private void theKeyOfCursorsIsMadeByWhoNeedsItFirst() throws IOException, InterruptedException {
    stack.forget("KEY#DEPLOYMENT", "SECRET");
    stack.get("/v1/users/ada/feeds/feed?page_size=1");
    stack.forget("KEY#DEPLOYMENT", "SECRET");
    stack.get("/v1/users?page_size=1");
    stack.forget("KEY#DEPLOYMENT", "SECRET");
    stack.send("knock_st_local", "GET", "/v1/commits?environment=development", "");
    stack.forget("KEY#DEPLOYMENT", "SECRET");
    stack.send("POST", "/v1/providers/callbacks/nobodys", "{}");
  }

  private void everyStepIsTaken() throws IOException, InterruptedException {
    trigger("everything", "first", "ada");
    trigger("everything", "second", "ada");
    trigger("new-comment", "third", "lin");
    trigger("order-shipped", "fourth", "ada");
    stack.advance(Duration.ofHours(3));
    stack.get("/v1/users/ada/feeds/feed");
    stack.advance(Duration.ofHours(25));
  }

  /** One client leaves its feed and then goes, another's key is revoked while it watches. */
  private void feedsAreWatched() throws IOException, InterruptedException {
    stack.operate(
        """
        {"action": "seed", "environment": {"slug": "development", "id": "local"},
         "keys": [{"kind": "public", "key": "pk_watching"}]}
        """);
    stack.push(
        Map.of(
            "workflows/at-five/workflow.json",
            """
            {"name": "At five", "steps": [
              {"type": "channel", "ref": "feed_1", "channel_type": "in_app_feed",
               "channel_key": "feed", "template": {"markdown_body": "Tea"}, "send_windows": [%s]}]}
            """
                .formatted(
                    Stream.of("mon", "tue", "wed", "thu", "fri", "sat", "sun")
                        .map(
                            """
                            {"day": "%s", "type": "send", "from": "17:00:00", "until": "18:00:00"}
                            """
                                ::formatted)
                        .collect(Collectors.joining(",")))),
        Json.object());
    stack.call("PUT", "/v1/users/una", "{\"timezone\": \"Etc/UTC\"}");
    stack.advance(stack.until(LocalTime.of(16, 30)));
    try (var leaving = stack.watch("pk_watching", FEED_OF_UNA);
        var revoked = stack.watch("pk_watching", FEED_OF_UNA)) {
      trigger("new-comment", "watched", "una");
      revoked.hears("new-message");
      trigger("at-five", "watched", "una");
      stack.advance(stack.until(LocalTime.of(17, 1)));
      leaving.leave();
      stack.operate("{\"action\": \"revoke_key\", \"key\": \"pk_watching\"}");
      stack.advance(Duration.ofHours(1));
      trigger("new-comment", "unwatched", "una");
    }
  }

  private void textsAndPushesAreSent() throws IOException, InterruptedException {
    stack.push(
        Map.of(
            "workflows/texted/workflow.json",
            """
            {"name": "Texted", "steps": [
              {"type": "channel", "ref": "sms_1", "channel_type": "sms", "channel_key": "sms",
               "channel_overrides": {"link_tracking": true},
               "template": {"text_body": "See https://example.com/texted"}},
              {"type": "channel", "ref": "push_1", "channel_type": "push", "channel_key": "push",
               "template": {"title": "Texted", "text_body": "Texted"}}]}
            """),
        Json.object());
    stack.operate(
        """
        {"action": "channel_credentials", "environment": "local", "channel": "sms",
         "credentials": {"auth_token": "any"}}
        """);
    // Who sends makes the key of the path that is reported to, and who hears of it reads it.
    stack.forget("KEY#DEPLOYMENT", "SECRET");
    stack.renew("callbacks");
    stack.renew("delivery");
    for (var tokens : List.of("ExponentPushToken[phone]", "none of Expo's")) {
      stack.call(
          "POST",
          "/v1/workflows/texted/trigger",
          """
          {"recipients": [{"id": "texted", "phone_number": "+15005550009",
             "channel_data": {"push": {"tokens": ["%s"]}}}]}
          """
              .formatted(tokens));
      stack.advance(Duration.ofSeconds(10));
    }
    var text = stack.outbox("sms").getFirst();
    stack.send("GET", found(SHORT_LINK, text.text("text").orElseThrow()), "");
    stack.send(
        "POST",
        found(
            REPORTED_TO,
            URLDecoder.decode(
                text.object("request").text("body").orElseThrow(), StandardCharsets.UTF_8)),
        "forged");
    stack.advance(Duration.ofMinutes(1));
  }

  /** It reports by them alone, and once before anybody can know whose message it is. */
  private void aProviderHasIdsOfItsOwn() throws IOException, InterruptedException {
    // The key of its path is not the one that was there when it began.
    stack.renew("operator");
    var channel =
        (Json.Obj)
            stack
                .operate(
                    """
                    {"action": "seed", "environment": {"slug": "development", "id": "local"},
                     "channels": [{"key": "talking", "type": "sms",
                       "provider": "sms_africas_talking", "settings": {"username": "books"}}]}
                    """)
                .list("channels")
                .getFirst();
    stack.operate(
        """
        {"action": "channel_credentials", "environment": "local", "channel": "talking",
         "credentials": {"api_key": "any", "callback_token": "heard"}}
        """);
    stack.push(
        Map.of(
            "workflows/talked/workflow.json",
            """
            {"name": "Talked", "steps": [
              {"type": "channel", "ref": "sms_1", "channel_type": "sms",
               "channel_key": "talking", "template": {"text_body": "Talked"}}]}
            """),
        Json.object());
    // What functions know of channels is up to a minute old.
    stack.advance(Duration.ofMinutes(2));
    String reports = channel.text("callback_path").orElseThrow() + "?token=heard";
    stack.call("POST", reports, "id=ATXid_0&status=Success");
    stack.call(
        "POST",
        "/v1/workflows/talked/trigger",
        "{\"recipients\": [{\"id\": \"talked\", \"phone_number\": \"+254711000000\"}]}");
    stack.advance(Duration.ofSeconds(10));
    var message = (Json.Obj) stack.get("/v1/messages?page_size=1").list("items").getFirst();
    String path = "/v1/messages/" + message.text("id").orElseThrow();
    String id = found(THEIR_ID, stack.send("GET", path + "/delivery_logs", "").body());
    stack.call("POST", reports, "id=" + id + "&status=Success");
    if (!stack.get(path).text("status").equals(Optional.of("delivered"))) {
      throw new IllegalStateException(id + " led to no message");
    }
    stack.call("DELETE", "/v1/users/talked", "");
    stack.advance(Duration.ofMinutes(1));
  }

  /** A provider takes no mail for an address, and says that nobody has it. */
  private void anAddressIsDead() throws IOException, InterruptedException {
    stack.operate(
        """
        {"action": "seed", "environment": {"slug": "development", "id": "local"}, "channels": [
          {"key": "resend", "type": "email", "provider": "email_resend",
           "settings": {"from_address": "hello@example.com"}}]}
        """);
    stack.operate(
        """
        {"action": "channel_credentials", "environment": "local", "channel": "resend",
         "credentials": {"api_key": "any"}}
        """);
    stack.push(
        Map.of(
            "workflows/resent/workflow.json",
            """
            {"name": "Resent", "steps": [
              {"type": "channel", "ref": "email_1", "channel_type": "email",
               "channel_key": "resend",
               "template": {"subject": "Resent", "html_body": "<p>Resent</p>", "settings": {}}}]}
            """),
        Json.object());
    trigger("resent", "dead", "dead", "dead@example.com");
  }

  private static String found(Pattern pattern, String text) {
    var matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new IllegalStateException("No " + pattern + " in " + text);
    }
    return matcher.group();
  }

  /** Longer than a queue holds a task back. */
  private void anEndpointIsDownForHours() throws IOException, InterruptedException {
    stack.fail("webhook", "status:500", 1_000);
    trigger("password-reset", "untold", "untold");
    stack.advance(Duration.ofHours(2));
    stack.send("DELETE", "/_local/faults", "");
    stack.advance(Duration.ofHours(8));
  }

  /** Its owner is mailed. */
  private void anEndpointIsGone() throws IOException, InterruptedException {
    var gone =
        stack.call(
            "POST",
            "/v1/webhooks",
            """
            {"url": "%s?gone", "event_types": ["message.seen"], "owner_email": "ada@example.com"}
            """
                .formatted(stack.sink()));
    stack.fail("webhook", "status:410", 1);
    String path = "/v1/webhooks/" + gone.text("id").orElseThrow();
    stack.call("POST", path + "/test", "{}");
    stack.advance(Duration.ofMinutes(1));
    stack.call("DELETE", path, "");
  }

  private void waitsAreSteered() throws IOException, InterruptedException {
    trigger("everything", "cancelled", "eve");
    stack.call(
        "POST",
        "/v1/workflows/everything/cancel",
        "{\"cancellation_key\": \"everything-cancelled\", \"recipients\": [\"eve\"]}");
    // What is said of a channel is held against the channels there are.
    stack.send(
        "POST",
        "/v1/workflows/new-comment/trigger",
        """
        {"recipients": [{"id": "eve", "channel_data": {
          "feed": {"tokens": ["t"]}}}]}
        """);
    for (var action : List.of("send_now", "flush", "cancel")) {
      trigger("everything", action, "eve-" + action);
      stack.advance(Duration.ofMinutes(40));
      for (var wait : stack.get("/v1/waiting").list("items")) {
        var id = ((Json.Obj) wait).text("id").orElseThrow();
        stack.send("POST", "/v1/waiting/" + id + "/" + action, "");
      }
    }
    stack.advance(Duration.ofHours(30));
    tell("sent");
    tell("delivered");
    tell("link_clicked");
    // A mail held back until its window opens is sent now.
    stack.advance(stack.until(NOON));
    trigger("everything", "held", "eve-held");
    stack.advance(Duration.ofHours(5));
    for (var wait : stack.get("/v1/waiting").list("items")) {
      var id = ((Json.Obj) wait).text("id").orElseThrow();
      stack.send("POST", "/v1/waiting/" + id + "/send_now", "");
    }
    stack.advance(Duration.ofHours(30));
  }

  /** A run waits for what delivery, or a provider, says of another run's mail. */
  private void tell(String event) throws IOException, InterruptedException {
    stack.push(
        Map.of(
            "workflows/told/workflow.json",
            """
            {"name": "Told", "steps": [
              {"type": "channel", "ref": "email_1", "channel_type": "email", "channel_key": "email",
               "channel_overrides": {"link_tracking": true, "open_tracking": true},
               "template": {"subject": "Told", "settings": {},
                 "html_body": "<p><a href='https://example.com/told'>Told</a></p>"}},
              {"type": "wait_for_event", "ref": "wait_1", "settings": {
                "event": {"event_type": "message", "source_type": "workflow",
                          "source_key": "told", "event_key": "%s"},
                "match_conditions": [{"operator": "and", "conditions": [
                  {"variable": "event.step_ref", "operator": "equal_to", "argument": "email_1"}]}],
                "expires_after": {"unit": "hours", "value": 1},
                "on_match": "halt", "on_timeout": "continue"}}]}
            """
                .formatted(event)),
        Json.object());
    for (var time : List.of("one", "two")) {
      if (event.equals("delivered")) {
        // What SES reports comes before delivery knows that the mail was taken.
        stack.fail("ses", "lost-response", 1);
      }
      trigger("told", event + time, "told-" + event);
    }
    for (var link : stack.links("Told")) {
      stack.send("GET", link, "");
    }
    stack.advance(Duration.ofHours(2));
  }

  private void schedulesOccur() throws IOException, InterruptedException {
    var schedule =
        """
        {"recipients": ["ada"], "workflow": "new-comment", "tenant": "acme",
         "repeats": [{"frequency": "daily", "hours": 9}],
         "data": {"page_name": "Charts", "comment": "Daily"}}
        """;
    stack.call("POST", "/v1/schedules", schedule);
    stack.advance(Duration.ofDays(2));
    var id =
        ((Json.Obj) stack.get("/v1/schedules?workflow=new-comment").list("entries").getFirst())
            .text("id")
            .orElseThrow();
    stack.call("DELETE", "/v1/schedules", "{\"schedule_ids\": [\"" + id + "\"]}");
    stack.call("POST", "/v1/schedules", schedule.replace("ada", "gone"));
  }

  private void recipientsComeAndGo() throws IOException, InterruptedException {
    stack.call("PUT", "/v1/users/gone", "{\"name\": \"Gone\", \"email\": \"gone@example.com\"}");
    stack.call("PUT", "/v1/objects/books/emma", "{\"name\": \"Emma\"}");
    for (var properties : List.of("{}", "{\"since\": \"today\"}")) {
      stack.call(
          "POST",
          "/v1/objects/books/emma/subscriptions",
          "{\"recipients\": [\"ada\", \"gone\"], \"properties\": " + properties + "}");
    }
    stack.call(
        "POST",
        "/v1/workflows/new-comment/trigger",
        """
        {"recipients": [{"collection": "books", "id": "emma"}],
         "actor": {"id": "grace", "name": "Grace"},
         "data": {"page_name": "Emma", "comment": "All"}}
        """);
    stack.advance(Duration.ofMinutes(5));
    stack.call("POST", "/v1/users/bulk/identify", "{\"users\": [{\"id\": \"bulk\"}]}");
    stack.advance(Duration.ofSeconds(5));
    stack.call("POST", "/v1/users/bulk/preference_center/signed_url", "{}");
    stack.call("POST", "/v1/users/bulk/delete", "{\"user_ids\": [\"bulk\"]}");
    stack.call("POST", "/v1/users/lin/merge", "{\"from_user_id\": \"eve\"}");
    stack.call(
        "POST",
        "/v1/audiences/readers/members?create_audience=true",
        "{\"members\": [{\"user\": {\"id\": \"ada\"}}]}");
    stack.call("DELETE", "/v1/users/gone", "");
    stack.advance(Duration.ofMinutes(5));
  }

  private void whatHappenedIsAskedFor() throws IOException, InterruptedException {
    stack.get("/v1/workflow_recipient_runs?recipient=ada&page_size=1");
    var message = (Json.Obj) stack.get("/v1/messages?page_size=1").list("items").getFirst();
    var id = message.text("id").orElseThrow();
    stack.get("/v1/messages/" + id + "/content");
    stack.call("PUT", "/v1/messages/" + id + "/seen", "");
    stack.call("POST", "/v1/channels/feed/messages/bulk/read", "{}");
    stack.advance(Duration.ofMinutes(1));
  }

  /** A mail that bounces, and one whose provider is down for a while. */
  private void providersReport() throws IOException, InterruptedException {
    trigger("password-reset", "bounced", "bounced", "bounce@simulator.amazonses.com");
    // Some characters SES does not take: known before it is asked.
    trigger("password-reset", "dead", "dead", "j\u00f6rg@example.com");
    stack.fail("ses", "status:503", 2);
    trigger("password-reset", "late", "late", "late@example.com");
    stack.advance(Duration.ofMinutes(10));
  }

  private void operatorsOperate() throws IOException, InterruptedException {
    // From here on the channel may send so many a second.
    stack.operate(
        """
        {"action": "seed", "environment": {"slug": "development", "id": "local"}, "channels": [
          {"key": "email", "type": "email", "settings": {
            "from_address": "hello@example.com", "rate_limit_per_second": 50}}]}
        """);
    stack.advance(Duration.ofMinutes(1));
    trigger("order-shipped", "rated", "ada");
    stack.advance(Duration.ofMinutes(1));
    stack.operate(
        """
        {"action": "channel_credentials", "environment": "local", "channel": "webhook",
         "credentials": {"signing_key": "s"}}
        """);
    stack.push(
        Map.of(
            "partials/pushed/partial.json",
            "{\"name\": \"P\", \"type\": \"html\", \"content\": \"x\"}"),
        Json.object());
    // A second push of a secret variable reads what stands.
    for (var value : List.of("a secret", "another secret")) {
      stack.push(
          Map.of("variables.json", "{\"a_token\": {\"type\": \"secret\"}}"),
          Json.object().with("a_token", value));
    }
  }

  private void teamsManage() throws IOException, InterruptedException {
    var workflow =
        """
        {"workflow": {"name": "Managed", "steps": [
          {"type": "channel", "ref": "email_1", "channel_type": "email", "channel_key": "email",
           "template": {"subject": "Managed", "html_body": "<p>Managed</p>", "settings": {}}}]}}
        """;
    for (var call :
        List.of(
            "PUT /v1/workflows/managed?environment=development",
            "PUT /v1/commits?environment=development&commit_message=first",
            "GET /v1/commits?environment=development",
            "PUT /v1/workflows/managed/activate?environment=development",
            "PUT /v1/workflows/managed/run?environment=development",
            "POST /v1/branches/tried?environment=development",
            "PUT /v1/branches/tried/rebase?environment=development",
            "DELETE /v1/branches/tried?environment=development")) {
      var parts = call.split(" ");
      var body =
          parts[1].contains("managed?")
              ? workflow
              : parts[1].contains("activate")
                  ? "{\"status\": true}"
                  : "{\"recipients\": [\"ada\"]}";
      stack.send("knock_st_local", parts[0], parts[1], body);
    }
    stack.advance(Duration.ofMinutes(1));
    aBroadcastIsSetAndCalledOff();
    teamsChangeSettings();
  }

  /** For a time that EventBridge Scheduler is asked to wake at. */
  private void aBroadcastIsSetAndCalledOff() throws IOException, InterruptedException {
    var later =
        Instant.parse(stack.get("/_local/health").text("now").orElseThrow())
            .plus(Duration.ofHours(2));
    for (var call :
        List.of(
            "/v1/audiences/everybody?commit=true&environment=development {'audience': {'name':"
                + " 'Everybody', 'type': 'dynamic', 'segments': [{'conditions': [{'property':"
                + " 'recipient.id', 'operator': 'not_empty'}]}]}}",
            "/v1/broadcasts/managed?environment=development {'broadcast': {'name': 'Managed',"
                + " 'target_audience_key': 'everybody', 'steps': [{'type': 'channel', 'ref':"
                + " 'feed_1', 'channel_key': 'feed', 'channel_type': 'in_app_feed', 'template':"
                + " {'markdown_body': 'Managed.'}}]}}",
            "/v1/broadcasts/managed/send?environment=development {'send_at': '" + later + "'}",
            "/v1/broadcasts/managed/cancel?environment=development {}")) {
      var parts = call.split(" ", 2);
      var answer = stack.send("knock_st_local", "PUT", parts[0], parts[1].replace('\'', '"'));
      if (answer.statusCode() >= 300) {
        throw new IllegalStateException(call + " answered " + answer.body());
      }
    }
  }

  /** What is secret is made in an environment that has nothing yet, and then changed. */
  private void teamsChangeSettings() throws IOException, InterruptedException {
    stack.operate("{\"action\": \"seed\", \"environment\": {\"slug\": \"staging\"}}");
    for (var call :
        List.of(
            "/v1/partials/managed?commit=true {'partial': {'name': 'M', 'type': 'html',"
                + " 'content': 'x'}}",
            "/v1/audiences/managed?commit=true {'audience': {'name': 'M', 'type': 'static'}}",
            "/v1/variables/managed?environment=staging {'variable': {'type': 'secret',"
                + " 'value': 'first secret'}}",
            "/v1/variables/managed?environment=staging {'variable': {'type': 'secret',"
                + " 'value': 'second secret'}}",
            "/v1/preference_defaults?environment=staging {'preferences': {}}",
            "/v1/channels/managed?environment=staging {'channel': {'type': 'email',"
                + " 'provider': 'email_postmark'}}",
            "/v1/channels/managed/credentials?environment=staging {'credentials': {'api_key':"
                + " 'first'}}",
            "/v1/channels/managed/credentials?environment=staging {'credentials': {'api_key':"
                + " 'second'}}",
            "/v1/tags/managed {'tag': {}}")) {
      int body = call.indexOf(' ');
      stack.send(
          "knock_st_local",
          "PUT",
          call.substring(0, body),
          call.substring(body + 1).replace('\'', '"'));
    }
    stack.send("knock_st_local", "DELETE", "/v1/audiences/managed", "");
    stack.send("knock_st_local", "POST", "/v1/api_keys", "{\"api_key\": {\"kind\": \"public\"}}");
    stack.send(
        "knock_st_local",
        "POST",
        "/v1/service_tokens",
        "{\"service_token\": {\"name\": \"managed\"}}");
  }

  /** They sign as the stack's client does: by its key. */
  private void otherSystemsSendEvents() throws IOException, InterruptedException {
    String made =
        stack
            .send(
                "knock_st_local",
                "PUT",
                "/v1/sources/shop?environment=development",
                """
                {"source": {"name": "Shop", "environment_settings": {"development": {
                  "settings": {"idempotency_key_path": "body.id", "enforce_verification": true,
                    "verification": {"scheme": "shared_secret", "header": "authorization",
                                     "secret": "Bearer sk_local"}},
                  "mappings": [{"event_type": "gone", "action_type": "users_delete",
                    "action_parameters": {"id": "body.user"}}]}}}}
                """)
            .body();
    String endpoint = made.substring(made.indexOf("/integrations/receive/"));
    stack.call(
        "POST",
        endpoint.substring(0, endpoint.indexOf('"')),
        "{\"type\": \"gone\", \"id\": \"1\", \"user\": \"nobody\"}");
    stack.send("knock_st_local", "GET", "/v1/sources/shop/logs?environment=development", "");
    stack.advance(Duration.ofMinutes(1));
  }

  /** The wakes in the queues are lost, and the sweep finds the waits. */
  private void wakesAreLost() throws IOException, InterruptedException {
    stack.operate(
        "{\"action\": \"activate_workflow\", \"environment\": \"local\", \"workflow\":"
            + " \"new-comment\"}");
    trigger("new-comment", "lost", "lost");
    stack.loseWakes();
    stack.advance(Duration.ofMinutes(10));
  }

  private Json.Obj trigger(String workflow, String change, String user)
      throws IOException, InterruptedException {
    return trigger(workflow, change, user, "success@simulator.amazonses.com");
  }

  private Json.Obj trigger(String workflow, String change, String user, String email)
      throws IOException, InterruptedException {
    var answer =
        stack.call(
            "POST",
            "/v1/workflows/" + workflow + "/trigger",
            """
            {"recipients": [{"id": "%s", "name": "%s", "email": "%s"}],
             "tenant": "acme", "actor": {"id": "grace", "name": "Grace"},
             "cancellation_key": "%s-%s",
             "data": {"project": "apollo", "change": "%s"}}
            """
                .formatted(user, user, email, workflow, change, change));
    stack.advance(Duration.ofSeconds(5));
    return answer;
  }
}
