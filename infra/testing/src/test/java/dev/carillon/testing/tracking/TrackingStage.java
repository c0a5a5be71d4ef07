package dev.carillon.testing.tracking;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.message.ContentCodec;
import dev.carillon.message.Engagement;
import dev.carillon.message.Message;
import dev.carillon.testing.engine.Call;
import dev.carillon.testing.engine.CallAnswer;
import dev.carillon.testing.engine.FakeProvider;
import dev.carillon.testing.engine.InProcessEngine;
import dev.carillon.testing.scenarios.EngineFixtures;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An engine with an email channel, a feed, SMS, WhatsApp, Slack and push, each untracked, and what
 * people do with the mails and texts they get. JSON is written with single quotes here.
 */
final class TrackingStage {
  static final Instant START = Instant.parse("2026-01-05T09:00:00Z");
  static final String BROWSER =
      "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0"
          + " Safari/537.36";

  private static final Pattern TRACKED =
      Pattern.compile("https://links\\.carillon\\.example(/[A-Za-z0-9/_.-]+)");

  final InProcessEngine engine;

  private TrackingStage(InProcessEngine engine) {
    this.engine = engine;
  }

  static TrackingStage open() {
    return withMail("{'from_address': 'hello@carillon.example'}");
  }

  /** With these settings of the email channel. */
  static TrackingStage withMail(String settings) {
    return new TrackingStage(
        InProcessEngine.at(
            START,
            List.of(
                channel("email", "email", "email_aws_ses", settings),
                channel("feed", "in_app_feed", "in_app_feed_carillon", "{}"),
                channel("sms", "sms", "sms_twilio", "{'account_id': 'AC1', 'from': '+15550000'}"),
                channel("whatsapp", "chat", "chat_whatsapp", "{'phone_number_id': '1'}"),
                channel("slack", "chat", "chat_slack", "{}"))));
  }

  static Json.Obj json(String text) {
    return (Json.Obj) JsonText.parse(text.replace('\'', '"'));
  }

  private static Json channel(String key, String type, String provider, String settings) {
    return Json.object()
        .with("key", key)
        .with("type", type)
        .with("provider", provider)
        .with("settings", json(settings));
  }

  TrackingStage workflow(String key, String... steps) {
    engine.workflow(
        key,
        "{'name': '%s', 'steps': [%s]}"
            .formatted(key, String.join(", ", steps))
            .replace('\'', '"'));
    return this;
  }

  /** A mail with the ref {@code email}. */
  static String mail(String html, String overrides) {
    return """
    {'type': 'channel', 'ref': 'email', 'channel_type': 'email', 'channel_key': 'email',
     'channel_overrides': {%s}, 'template': {'subject': 'Hello', 'settings': {'layout_key': ''}, 'html_body': '%s'}}\
    """
        .formatted(overrides, html.replace("\"", "\\'"));
  }

  /** Triggers the workflow for Ana, who has an address, a number and a conversation. */
  Message trigger(String workflow, String more) {
    must(
        Call.trigger(
            workflow,
            json(
                "{'recipients': [{'id': 'ana', 'name': 'Ana', 'email': 'ana@example.com',"
                    + " 'phone_number': '+15550100', 'channel_data': {'slack': {'connections':"
                    + " [{'access_token': 'x', 'channel_id': 'C1'}]}}}]"
                    + more
                    + "}")));
    engine.settle();
    return messages().getFirst();
  }

  CallAnswer must(Call call) {
    CallAnswer answer = engine.call(call);
    if (!answer.ok()) {
      throw new IllegalStateException(call.path() + ": " + answer);
    }
    return answer;
  }

  /** Newest first. */
  List<Message> messages() {
    return EngineFixtures.messages(engine);
  }

  Message message(Message of) {
    return engine.ports().messages().find(of.environment(), of.id()).orElseThrow();
  }

  String content(Message of) {
    return JsonText.write(
        ContentCodec.write(
            engine.ports().messages().content(of.environment(), of.id()).orElseThrow().content()));
  }

  /** The paths of all tracked addresses in what the message says, in their order. */
  List<String> tracked(Message of) {
    Matcher matcher = TRACKED.matcher(content(of));
    return matcher.results().map(it -> it.group(1)).toList();
  }

  /** Somebody's browser asks for that path, and what comes of it happens. */
  CallAnswer visit(String path) {
    return visit(path, BROWSER);
  }

  CallAnswer visit(String path, String agent) {
    CallAnswer answer =
        engine.call(Call.get(path).with("authorization", "none").with("user-agent", agent));
    engine.settle();
    return answer;
  }

  void pass(Duration time) {
    engine.advance(time);
  }

  Instant when(Message of, Engagement what) {
    return message(of).engagement().get(what);
  }

  /** The types of the message's events, oldest first. */
  List<String> timeline(Message of) {
    return message(of).events().stream().map(Message.Event::type).toList();
  }

  FakeProvider mails() {
    return engine.email();
  }
}
