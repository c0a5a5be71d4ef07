package dev.carillon.provider.smtp;

import dev.carillon.json.Json;
import dev.carillon.message.Content;
import dev.carillon.provider.DeliveryRequest;
import dev.carillon.provider.DeliveryResult;
import dev.carillon.provider.Preparation;
import dev.carillon.provider.ProviderCall;
import dev.carillon.provider.ProviderCall.Credentials;
import dev.carillon.provider.ProviderCall.Security;
import dev.carillon.provider.ProviderResponse;
import dev.carillon.provider.ProviderSetting;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.email.EmailAddress;
import dev.carillon.provider.email.EmailHeaders;
import dev.carillon.provider.email.EmailParts;
import dev.carillon.provider.email.EmailProvider;
import dev.carillon.provider.email.SingleLines;
import dev.carillon.provider.format.FormBody;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Email through any server that speaks SMTP over TLS and knows the channel's user. What is accepted
 * is sent, and nothing is heard of it afterwards. Of overrides only {@code headers} is read.
 *
 * <p>RFC 5321 (SMTP), RFC 8314 (TLS from the first byte at port 465), RFC 3207 (STARTTLS elsewhere)
 */
public final class SmtpEmail implements EmailProvider {
  private static final ProviderSetting HOST = ProviderSetting.required("host", "Host");
  private static final ProviderSetting PORT =
      ProviderSetting.required("port", "Port").of(new ProviderSetting.Type.Number(1, 65_535));
  private static final ProviderSetting USERNAME = ProviderSetting.required("username", "Username");
  private static final ProviderSetting PASSWORD =
      ProviderSetting.credential("password", "Password");

  private static final long TLS_PORT = 465;

  /** Between servers; AWS lets no function use it. */
  private static final long RELAY_PORT = 25;

  /** This machine, as people name it who try things out: nobody listens in between. */
  private static final String THIS_MACHINE = "localhost";

  private static final Pattern HOST_NAME =
      Pattern.compile("[A-Za-z0-9.-]{1,253}|[0-9A-Fa-f:.]{2,45}");

  @Override
  public String key() {
    return "email_smtp";
  }

  @Override
  public List<ProviderSetting> settings() {
    return List.of(HOST, PORT, USERNAME, PASSWORD);
  }

  @Override
  public Preparation prepare(DeliveryRequest<Content.Email> request) {
    return EmailParts.prepared(request, parts -> prepare(request, parts));
  }

  @Override
  public DeliveryResult read(DeliveryRequest<Content.Email> request, ProviderResponse response) {
    return SmtpReplies.read(request.settings(), response, externalId(request));
  }

  private static Preparation prepare(DeliveryRequest<Content.Email> request, EmailParts parts) {
    ProviderSettings settings = request.settings();
    long port = settings.number(PORT.name()).orElse(0L);
    String host = settings.required(HOST.name());
    if (port == RELAY_PORT || !HOST_NAME.matcher(host).matches()) {
      return refused(
          new DeliveryResult.Misconfigured(
              port == RELAY_PORT
                  ? "port 25 is for relays and not to be had; 465 and 587 are for this"
                  : "not valid: " + HOST.name()));
    }
    Map<String, String> headers = headers(parts, request.content().overrides().object("headers"));
    Optional<String> taken =
        headers.keySet().stream().filter(name -> !EmailHeaders.settable(name)).findFirst();
    if (taken.isPresent()) {
      return refused(
          new DeliveryResult.Rejected(
              "a header that cannot be set: " + EmailHeaders.shown(taken.get())));
    }
    EmailParts.Addressed addressed = parts.addressed();
    var mail =
        new MimeMail(request.message().id(), messageId(request, addressed.from()), request.now());
    return new Preparation.Ready(
        new ProviderCall.Smtp(
            host,
            (int) port,
            security(host, port),
            Optional.of(
                new Credentials(
                    settings.required(USERNAME.name()), settings.required(PASSWORD.name()))),
            addressed.from().address(),
            addressed.recipients().stream().map(EmailAddress::address).toList(),
            mail.bytes(parts, headers)));
  }

  private static Preparation refused(DeliveryResult result) {
    return new Preparation.Refused(result);
  }

  private static Security security(String host, long port) {
    if (port == TLS_PORT) {
      return Security.TLS;
    }
    return host.equals(THIS_MACHINE) ? Security.NONE : Security.STARTTLS;
  }

  /**
   * Those of the content, and over them those of the override, whatever the case of their names.
   */
  private static Map<String, String> headers(EmailParts parts, Json.Obj overrides) {
    var all = new LinkedHashMap<String, String>(parts.headers());
    var spellings = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    all.keySet().forEach(name -> spellings.put(name, name));
    overrides
        .fields()
        .forEach(
            (name, value) -> {
              String before = spellings.remove(name);
              if (before != null) {
                all.remove(before);
              }
              if (!(value instanceof Json.Null)) {
                all.put(name, SingleLines.of(FormBody.text(value)));
                spellings.put(name, name);
              }
            });
    return all;
  }

  /** What the mail is known by wherever it gets to; another one when it is sent again by hand. */
  private static String messageId(DeliveryRequest<Content.Email> request, EmailAddress from) {
    return request.message().idempotencyKey() + "@" + from.domain();
  }

  private static Optional<String> externalId(DeliveryRequest<Content.Email> request) {
    return request
        .content()
        .envelope()
        .from()
        .map(EmailAddress::of)
        .flatMap(
            reading ->
                switch (reading) {
                  case EmailAddress.Reading.Usable(var from) ->
                      Optional.of(messageId(request, from));
                  case EmailAddress.Reading.Unusable _ -> Optional.empty();
                });
  }
}
