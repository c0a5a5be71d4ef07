package dev.carillon.provider;

import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.message.Content;
import dev.carillon.message.Content.Attachment;
import dev.carillon.message.Content.Envelope;
import dev.carillon.message.Content.Field;
import dev.carillon.message.Content.Mailbox;
import dev.carillon.provider.callback.CallbackRequest;
import dev.carillon.provider.email.Letters;
import dev.carillon.provider.format.FormBody;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Contents, settings, answers and reports of all kinds, the same for the same seed. */
final class Specimens {
  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "Hi",
          "Söhne & \"Co\", <b>",
          "🦖🎈",
          "a\r\nBcc: b@x.io",
          "\u0000\u0007\u2028",
          "\uD83E",
          "=?UTF-8?B?SGk=?=",
          "{{ x }} {$y} *|z|* %recipient.a%",
          "ana@example.com",
          "ä@straße.example",
          "+15005550006",
          "eyJhbGciOiJFUzI1NiJ9",
          "{\"a\":[1,{\"b\":null}]}",
          "<!channel> @everyone",
          "9223372036854775808",
          "-1",
          "1e400",
          "2026-01-05T09:00:00Z",
          "x".repeat(2_000));

  /** Names that answers and reports of one provider or another have. */
  private static final List<String> KEYS =
      List.of(
          "errors",
          "error",
          "message",
          "Message",
          "name",
          "code",
          "status",
          "Status",
          "id",
          "MessageId",
          "MessageID",
          "ErrorCode",
          "Messages",
          "results",
          "warnings",
          "success",
          "message_ids",
          "event",
          "type",
          "RecordType",
          "msys",
          "event-data",
          "signature",
          "events",
          "data",
          "timestamp",
          "time",
          "ts",
          "mail",
          "tags",
          "Type",
          "TopicArn",
          "email",
          "_id",
          "msg",
          "to",
          "recipients",
          "reason",
          "total_accepted_recipients",
          "ok",
          "tickets",
          "detail");

  private static final Map<String, Json> GOOD =
      Map.of(
          "region", Json.of("eu-central-1"),
          "domain", Json.of("mg.acme.test"),
          "host", Json.of("smtp.acme.test"),
          "phone_number", Json.of("+15005550001"),
          "source_number", Json.of("+15005550001"),
          "sender_id", Json.of("Acme"),
          "sns_topic_arn", Json.of("arn:aws:sns:eu-central-1:123456789012:mail"));

  /** Settings under which a credential for one of several ways in would be missing another. */
  private static final List<String> LEFT_OUT =
      List.of("access_key_id", "secret_access_key", "role_arn", "external_id");

  private final Random random;

  Specimens(Random random) {
    this.random = random;
  }

  /** Settings as a channel that works has them. */
  static ProviderSettings settings(Provider<?> provider) {
    Json.Obj values = Json.object();
    for (ProviderSetting setting : provider.settings()) {
      if (!LEFT_OUT.contains(setting.name())) {
        values = values.with(setting.name(), good(setting));
      }
    }
    return new ProviderSettings(provider.settings(), values);
  }

  private static Json good(ProviderSetting setting) {
    return switch (setting.type()) {
      case ProviderSetting.Type.Choice(var choices) ->
          setting.name().equals("source_number_type")
              ? Json.of("International")
              : Json.of(choices.getFirst());
      case ProviderSetting.Type.Flag() -> Json.FALSE;
      case ProviderSetting.Type.Number(var least, var most) ->
          Json.of(Math.clamp(587, least, most));
      case ProviderSetting.Type.Text(), ProviderSetting.Type.LongText() ->
          GOOD.getOrDefault(setting.name(), Json.of("s3cr3t0" + setting.name().replace("_", "")));
    };
  }

  /** Settings of which anything may be missing, or anything at all. */
  ProviderSettings oddSettings(Provider<?> provider) {
    Json.Obj values = settings(provider).values();
    for (ProviderSetting setting : provider.settings()) {
      values =
          switch (random.nextInt(6)) {
            case 0 -> values.without(setting.name());
            case 1 -> values.with(setting.name(), json(2));
            case 2 ->
                values.with(setting.name(), "long-enough-to-tell-" + random.nextInt(1_000_000));
            default -> values;
          };
    }
    // Credentials of a letter or two would be found in any reason.
    for (ProviderSetting setting : provider.settings()) {
      if (setting.secret()
          && values.text(setting.name()).filter(it -> it.strip().length() < 12).isPresent()) {
        values = values.without(setting.name());
      }
    }
    return new ProviderSettings(provider.settings(), values);
  }

  String text() {
    return one(TEXTS);
  }

  Json json(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 5)) {
      case 0 -> Json.NULL;
      case 1 -> Json.of(random.nextBoolean());
      case 2 -> Json.of(random.nextInt(1_000));
      case 3, 4 -> Json.of(text());
      case 5 -> {
        var items = new ArrayList<Json>();
        for (int i = random.nextInt(3); i >= 0; i--) {
          items.add(json(depth - 1));
        }
        yield Json.array(items);
      }
      default -> object(depth - 1);
    };
  }

  Json.Obj object(int depth) {
    Json.Obj object = Json.object();
    for (int i = random.nextInt(5); i >= 0; i--) {
      object = object.with(random.nextInt(4) == 0 ? text() : one(KEYS), json(depth));
    }
    return object;
  }

  Map<String, String> lookups() {
    var lookups = new LinkedHashMap<String, String>();
    for (int i = random.nextInt(3); i > 0; i--) {
      lookups.put(text(), text());
    }
    return lookups;
  }

  /** An answer that may be anything, also one that says our credentials back. */
  ProviderResponse response(List<String> secrets) {
    int status =
        one(
            List.of(
                0, 100, 200, 202, 204, 250, 302, 354, 400, 401, 403, 404, 408, 409, 410, 413, 420,
                421, 422, 429, 450, 454, 500, 502, 503, 504, 535, 550, 554, 599, 999));
    String body =
        switch (random.nextInt(5)) {
          case 0 -> text();
          case 1 -> "<html>" + String.join(" ", secrets) + "</html>";
          default ->
              JsonText.write(random.nextBoolean() ? object(4) : json(4))
                  .replace("Hi", "Hi " + String.join(" ", secrets).replace("\"", ""));
        };
    Map<String, List<String>> headers =
        Map.of(
            "retry-after",
                List.of(
                    one(
                        List.of(
                            "3",
                            "0.5",
                            "-1",
                            "99999999999",
                            "x",
                            "Mon, 05 Jan 2026 09:01:00 GMT"))),
            "date", List.of(one(List.of("Mon, 05 Jan 2026 09:00:00 GMT", "never"))),
            "x-message-id", List.of(text()));
    Optional<ProviderCall.SmtpStage> stage =
        random.nextBoolean()
            ? Optional.of(one(List.of(ProviderCall.SmtpStage.values())))
            : Optional.empty();
    return new ProviderResponse(
        status, headers, body.getBytes(StandardCharsets.UTF_8), random.nextInt(5) > 0, stage);
  }

  CallbackRequest report() {
    byte[] body =
        switch (random.nextInt(4)) {
          case 0 -> text().getBytes(StandardCharsets.UTF_8);
          case 1 ->
              FormBody.EMPTY
                  .with("mandrill_events", JsonText.write(json(4)))
                  .with(text(), text())
                  .bytes();
          case 2 -> bytes();
          default -> JsonText.bytes(random.nextBoolean() ? object(4) : json(4));
        };
    return new CallbackRequest(
        "POST",
        "https://hooks.acme.test/c/1?x=" + FormBody.encode(text()),
        Map.of(
            "signature", List.of(text()),
            "authorization", List.of(one(List.of("Basic", "Basic eDp5", "Bearer x", text()))),
            "svix-id", List.of(text()),
            "svix-timestamp", List.of("1767603600"),
            "svix-signature", List.of("v1," + text())),
        body);
  }

  private byte[] bytes() {
    var bytes = new byte[random.nextInt(64)];
    random.nextBytes(bytes);
    return bytes;
  }

  <C extends Content> C usual(Class<C> type) {
    return type.cast(
        type == Content.Email.class
            ? Letters.plain()
            : type == Content.Sms.class
                ? new Content.Sms("+15005550006", "Hi", Json.Obj.EMPTY)
                : content(type, () -> "Hi", () -> Json.Obj.EMPTY));
  }

  <C extends Content> C content(Class<C> type) {
    return type.cast(
        content(type, this::text, () -> random.nextInt(3) == 0 ? object(3) : Json.Obj.EMPTY));
  }

  private Content content(
      Class<? extends Content> type, Supplier<String> text, Supplier<Json.Obj> object) {
    if (type == Content.Email.class) {
      return email(object.get());
    }
    if (type == Content.Sms.class) {
      return new Content.Sms(one(List.of("+15005550006", text.get())), text.get(), object.get());
    }
    if (type == Content.Push.class) {
      return new Content.Push(
          text.get(), text.get(), text.get(), object.get(), random.nextBoolean(), object.get());
    }
    if (type == Content.Chat.class) {
      Content.ChatBody body =
          random.nextBoolean()
              ? new Content.ChatBody.Markdown(text.get())
              : new Content.ChatBody.Blocks(json(3), text.get());
      return new Content.Chat(object.get(), body, object.get());
    }
    if (type == Content.Http.class) {
      return new Content.Http(
          "POST",
          text.get(),
          List.of(new Field(text.get(), text.get())),
          List.of(new Field(text.get(), text.get())),
          text.get());
    }
    throw new IllegalStateException("No specimen of " + type);
  }

  private Content.Email email(Json.Obj overrides) {
    var headers = new LinkedHashMap<String, String>();
    if (random.nextInt(3) == 0) {
      headers.put(one(List.of("X-Ref", "From", text())), text());
    }
    var files = new ArrayList<Attachment>();
    for (int i = random.nextInt(3); i > 0; i--) {
      files.add(
          new Attachment(
              text(),
              one(List.of("text/plain", "image/png", text())),
              one(List.of("aGk=", "", text())),
              random.nextBoolean() ? Optional.of(text()) : Optional.empty(),
              random.nextBoolean()));
    }
    return new Content.Email(
        new Envelope(
            random.nextInt(9) == 0 ? Optional.empty() : Optional.of(mailbox()),
            mailboxes(2),
            mailboxes(1),
            mailboxes(1),
            mailboxes(1)),
        text(),
        text(),
        text(),
        headers,
        files,
        overrides);
  }

  private List<Mailbox> mailboxes(int most) {
    var mailboxes = new ArrayList<Mailbox>();
    for (int i = random.nextInt(most + 1); i >= 0; i--) {
      mailboxes.add(mailbox());
    }
    return mailboxes;
  }

  private Mailbox mailbox() {
    return new Mailbox(
        random.nextBoolean() ? Optional.of(text()) : Optional.empty(),
        random.nextInt(12) == 0 ? text() : "a" + random.nextInt(9) + "@bücher.example");
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
