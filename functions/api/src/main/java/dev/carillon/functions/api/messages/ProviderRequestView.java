package dev.carillon.functions.api.messages;

import dev.carillon.channel.Channel;
import dev.carillon.json.Json;
import dev.carillon.json.text.JsonText;
import dev.carillon.json.text.MalformedJson;
import dev.carillon.message.Attempt;
import dev.carillon.message.Content;
import dev.carillon.message.Message;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.Provider;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.Providers;
import dev.carillon.variable.SecretValues;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The request of an attempt, as its provider builds it from what is shown of the message. It is
 * built without the channel's credentials, which nobody here may read: a mask stands in their
 * place, and a provider that cannot build with one shows no request.
 */
final class ProviderRequestView {
  private static final int MOST_QUESTIONS = 5;

  /** Headers of providers that say who we are. */
  private static final Pattern CREDENTIAL =
      Pattern.compile("authorization|.*(token|key|secret|signature).*");

  private ProviderRequestView() {}

  static Json.Obj of(
      Message message, Attempt attempt, Content content, Channel channel, Json.Obj standard) {
    return Providers.named(channel.provider())
        .flatMap(provider -> call(provider, message, attempt, content, channel, standard))
        .map(call -> shown(call, content))
        .orElse(Json.Obj.EMPTY);
  }

  private static <C extends Content> Optional<ProviderCall> call(
      Provider<C> provider,
      Message message,
      Attempt attempt,
      Content content,
      Channel channel,
      Json.Obj standard) {
    if (!provider.content().isInstance(content)) {
      return Optional.empty();
    }
    Json.Obj values = channel.settings();
    for (ProviderSetting setting : provider.settings()) {
      if (setting.secret() && setting.required()) {
        values = values.with(setting.name(), SecretValues.MASK);
      }
    }
    var subject =
        new DeliveryRequest.Subject(
            message.environment(),
            message.id(),
            message.source().workflow(),
            message.recipient(),
            message.tenant(),
            attempt.number(),
            0,
            message.trace());
    var lookups = new HashMap<String, String>();
    for (int questions = 0; questions < MOST_QUESTIONS; questions++) {
      var request =
          new DeliveryRequest<>(
              subject,
              provider.content().cast(content),
              ProviderSettings.of(provider.settings(), standard, values),
              Optional.empty(),
              lookups,
              attempt.at());
      switch (provider.prepare(request)) {
        case Preparation.Ready(var call) -> {
          return Optional.of(call);
        }
        case Preparation.Ask(var lookup) -> lookups.put(lookup.key(), SecretValues.MASK);
        case Preparation.Refused _ -> {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  private static Json.Obj shown(ProviderCall call, Content content) {
    return switch (call) {
      case ProviderCall.Smtp mail ->
          Json.object()
              .with("method", "SMTP")
              .with("host", mail.host() + ":" + mail.port())
              .with("path", Json.NULL)
              .with("query", Json.NULL)
              .with(
                  "headers",
                  Json.object()
                      .with("MAIL FROM", mail.sender())
                      .with("RCPT TO", Json.texts(mail.recipients())))
              .with("body", new String(mail.mail(), StandardCharsets.UTF_8));
      case ProviderCall.Http http -> {
        Optional<URI> url = parsed(masked(http.url(), http.secrets()));
        boolean own = content instanceof Content.Http;
        yield Json.object()
            .with("method", http.method())
            .with("host", url.map(URI::getRawAuthority).orElse(""))
            .with("path", url.map(URI::getRawPath).filter(it -> !it.isEmpty()).orElse("/"))
            .with("query", Json.ofNullable(url.map(URI::getRawQuery).map(it -> "?" + it)))
            .with("headers", headers(http, own))
            .with("body", body(masked(utf8(http.body()), http.secrets()), own));
      }
    };
  }

  /** A customer's own headers are as the template has them. */
  private static Json.Obj headers(ProviderCall.Http http, boolean own) {
    Map<String, Json> headers = new LinkedHashMap<>();
    http.headers()
        .forEach(
            (name, value) ->
                headers.put(
                    name,
                    Json.of(
                        !own && CREDENTIAL.matcher(name.toLowerCase(Locale.ROOT)).matches()
                            ? SecretValues.MASK
                            : masked(value, http.secrets()))));
    return new Json.Obj(headers);
  }

  private static Json body(String text, boolean own) {
    if (text.isEmpty()) {
      return Json.NULL;
    }
    if (own) {
      return Json.of(text);
    }
    try {
      return JsonText.parse(text);
    } catch (MalformedJson _) {
      return Json.of(text);
    }
  }

  private static String masked(String text, List<String> secrets) {
    String masked = text;
    for (String secret : secrets) {
      if (!secret.isBlank()) {
        masked = masked.replace(secret, SecretValues.MASK);
      }
    }
    return masked;
  }

  private static String utf8(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static Optional<URI> parsed(String url) {
    try {
      // Brackets are no part of a path, so that where a secret is masked would be no URL.
      String encoded = URLEncoder.encode(SecretValues.MASK, StandardCharsets.UTF_8);
      return Optional.of(new URI(url.replace(SecretValues.MASK, encoded)));
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }
}
