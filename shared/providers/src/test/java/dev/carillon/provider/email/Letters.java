package dev.carillon.provider.email;

import dev.carillon.environment.EnvironmentId;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.message.Content;
import dev.carillon.message.Content.Attachment;
import dev.carillon.message.Content.Envelope;
import dev.carillon.message.Content.Mailbox;
import dev.carillon.message.MessageId;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.callback.CallbackEvent;
import dev.carillon.provider.callback.CallbackRequest;
import dev.carillon.recipient.RecipientId;
import dev.carillon.trigger.TraceContext;
import dev.carillon.workflow.WorkflowKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Mails, requests and answers for the tests of providers of email. */
public final class Letters {
  public static final String MID = "37pcsdaWZgZounTGP8TSxTMWo8w";
  public static final Instant NOW = Instant.parse("2026-01-05T09:00:00Z");

  public static final DeliveryRequest.Subject MESSAGE =
      new DeliveryRequest.Subject(
          new EnvironmentId("production"),
          new MessageId(MID),
          new WorkflowKey("new-comment"),
          RecipientId.user("u1"),
          Optional.empty(),
          1,
          0,
          new TraceContext("0af7651916cd43dd8448eb211c80319c", true));

  public static final Envelope ENVELOPE =
      new Envelope(
          Optional.of(named("Acme", "no-reply@acme.test")),
          List.of(named("Ana", "ana@example.com")),
          List.of(bare("c@example.com")),
          List.of(bare("b@example.com")),
          List.of(bare("help@acme.test")));

  public static final Attachment FILE =
      new Attachment("a.txt", "text/plain", "aGk=", Optional.empty(), false);
  public static final Attachment IMAGE =
      new Attachment("l.png", "image/png", "iVBO", Optional.of("logo"), true);

  private Letters() {}

  public static Mailbox named(String name, String address) {
    return new Mailbox(Optional.of(name), address);
  }

  public static Mailbox bare(String address) {
    return new Mailbox(Optional.empty(), address);
  }

  /** With all that a mail can have. */
  public static Content.Email full() {
    return new Content.Email(
        ENVELOPE,
        "Hi",
        "<p>h</p>",
        "t",
        Map.of("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
        List.of(FILE, IMAGE),
        Json.Obj.EMPTY);
  }

  /** To one, in plain text. */
  public static Content.Email plain() {
    return new Content.Email(
        new Envelope(
            Optional.of(bare("no-reply@acme.test")),
            List.of(bare("ana@example.com")),
            List.of(),
            List.of(),
            List.of()),
        "Hi",
        "",
        "t",
        Map.of(),
        List.of(),
        Json.Obj.EMPTY);
  }

  public static Content.Email with(Content.Email mail, Envelope envelope) {
    return new Content.Email(
        envelope,
        mail.subject(),
        mail.html(),
        mail.text(),
        mail.headers(),
        mail.attachments(),
        mail.overrides());
  }

  public static Content.Email with(Content.Email mail, Json.Obj overrides) {
    return new Content.Email(
        mail.envelope(),
        mail.subject(),
        mail.html(),
        mail.text(),
        mail.headers(),
        mail.attachments(),
        overrides);
  }

  public static Content.Email saying(Content.Email mail, String subject, String html, String text) {
    return new Content.Email(
        mail.envelope(), subject, html, text, mail.headers(), mail.attachments(), mail.overrides());
  }

  public static Content.Email to(Content.Email mail, Mailbox... to) {
    Envelope before = mail.envelope();
    return with(
        mail,
        new Envelope(before.from(), List.of(to), before.cc(), before.bcc(), before.replyTo()));
  }

  public static Content.Email from(Content.Email mail, Mailbox from) {
    Envelope before = mail.envelope();
    return with(
        mail,
        new Envelope(Optional.of(from), before.to(), before.cc(), before.bcc(), before.replyTo()));
  }

  public static Json.Obj json(String text) {
    return (Json.Obj) JsonText.parse(text);
  }

  public static ProviderSettings settings(EmailProvider provider, String json) {
    return new ProviderSettings(provider.settings(), json(json));
  }

  public static DeliveryRequest<Content.Email> request(
      EmailProvider provider, String settings, Content.Email mail) {
    return new DeliveryRequest<>(
        MESSAGE, mail, settings(provider, settings), Optional.empty(), Map.of(), NOW);
  }

  public static ProviderCall.Http http(Preparation preparation) {
    return (ProviderCall.Http) ((Preparation.Ready) preparation).call();
  }

  public static DeliveryResult refusal(Preparation preparation) {
    return ((Preparation.Refused) preparation).result();
  }

  public static Json.Obj body(ProviderCall.Http call) {
    return (Json.Obj) JsonText.parse(call.body());
  }

  public static ProviderResponse answer(int status, String body, String... headers) {
    var all = new LinkedHashMap<String, List<String>>();
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], List.of(headers[i + 1]));
    }
    return new ProviderResponse(status, all, utf8(body), true);
  }

  /** The kind of a result, and of a bounce whether the address is dead. */
  public static String kind(DeliveryResult result) {
    return result instanceof DeliveryResult.Bounced(_, boolean dead) && dead
        ? "Dead"
        : result.getClass().getSimpleName();
  }

  /** What a provider makes of an answer to a mail, in short. */
  public static String kind(
      EmailProvider provider, String settings, int status, String body, String... headers) {
    return kind(provider.read(request(provider, settings, plain()), answer(status, body, headers)));
  }

  public static CallbackRequest report(String body, String... headers) {
    return report("https://hooks.acme.test/c/1", utf8(body), headers);
  }

  public static CallbackRequest report(String url, byte[] body, String... headers) {
    var all = new LinkedHashMap<String, List<String>>();
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], List.of(headers[i + 1]));
    }
    return new CallbackRequest("POST", url, all, body);
  }

  public static List<CallbackEvent> events(EmailProvider provider, String body) {
    return provider
        .callbacks()
        .orElseThrow()
        .read(report(body), new ProviderSettings(provider.settings(), Json.Obj.EMPTY), NOW)
        .events();
  }

  /** What an event means, in a word. */
  public static String effect(CallbackEvent event) {
    return event.effect() instanceof CallbackEvent.Effect.Becomes(var status)
        ? status.wireName()
        : event.effect().getClass().getSimpleName();
  }

  public static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
