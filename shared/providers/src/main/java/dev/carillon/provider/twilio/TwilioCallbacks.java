package dev.carillon.provider.twilio;

import dev.carillon.json.Json;
import dev.carillon.message.Content.Field;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.ProviderWords;
import dev.carillon.provider.access.Signatures;
import dev.carillon.provider.access.Signatures.Keyed;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.callback.CallbackRequest;
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.format.JsonBody;
import dev.carillon.provider.sms.CallbackLink;
import dev.carillon.provider.sms.HexDigest;
import dev.carillon.provider.sms.ReportProof;
import dev.carillon.provider.sms.SmsReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Status callbacks: a form, signed over the URL and every field, or JSON, signed over a URL that
 * holds the body's digest. There is no time in them; a repeated one is the same event.
 *
 * <p>https://www.twilio.com/docs/usage/webhooks/webhooks-security
 */
final class TwilioCallbacks implements CallbackReader {
  private static final Pattern AUTHORITY = Pattern.compile("^(https?)://([^/?#]*)");

  @Override
  public Verdict verify(
      CallbackRequest request,
      ProviderSettings settings,
      Map<String, String> lookups,
      Instant now) {
    Optional<byte[]> given = request.header("x-twilio-signature").flatMap(Signatures::unbase64);
    Optional<String> token = settings.text("auth_token");
    if (given.isEmpty() || token.isEmpty()) {
      return ReportProof.absent();
    }
    Optional<String> digest = CallbackLink.query(request.url()).first("bodySHA256");
    if (digest.isPresent() && !Signatures.equal(digest.get(), HexDigest.sha256(request.body()))) {
      return new Verdict.Forged("the body is not the one that was signed");
    }
    String fields = digest.isPresent() ? "" : sorted(FormBody.read(request.body()));
    boolean signed = false;
    for (String url : urls(request.url())) {
      signed |=
          Signatures.equal(
              given.get(),
              Signatures.hmac(
                  Keyed.HMAC_SHA1,
                  Signatures.utf8(token.get()),
                  Signatures.utf8(url),
                  Signatures.utf8(fields)));
    }
    return ReportProof.of(signed);
  }

  /** Names in the order of their bytes, each with its values, without anything between them. */
  private static String sorted(FormBody form) {
    var fields = new TreeMap<String, TreeSet<String>>();
    for (Field field : form.fields()) {
      fields.computeIfAbsent(field.name(), _ -> new TreeSet<>()).add(field.value());
    }
    var text = new StringBuilder();
    fields.forEach((name, values) -> values.forEach(value -> text.append(name).append(value)));
    return text.toString();
  }

  /** The URL as we know it, and with or without its scheme's own port: Twilio has signed either. */
  private static List<String> urls(String url) {
    Matcher authority = AUTHORITY.matcher(url);
    if (!authority.find()) {
      return List.of(url);
    }
    String port = authority.group(1).equals("https") ? ":443" : ":80";
    String host = authority.group(2);
    String other =
        host.endsWith(port)
            ? host.substring(0, host.length() - port.length())
            : host.matches(".*:[0-9]+") ? host : host + port;
    return List.of(url, authority.group(1) + "://" + other + url.substring(authority.end()));
  }

  @Override
  public Report read(CallbackRequest request, ProviderSettings settings, Instant now) {
    FormBody form = fields(request);
    Optional<String> sid = form.first("MessageSid").or(() -> form.first("SmsSid"));
    Optional<String> status = form.first("MessageStatus").or(() -> form.first("SmsStatus"));
    if (sid.isEmpty() || status.isEmpty()) {
      return Report.of(List.of());
    }
    var report =
        new SmsReport(
            CallbackLink.message(request.url(), settings.required("auth_token")),
            sid,
            status.get(),
            Optional.ofNullable(TwilioCodes.STATUSES.get(status.get())),
            form.first("ErrorCode")
                .filter(code -> !code.isEmpty())
                .map(code -> ProviderWords.of(settings, TwilioCodes.delivery(code))));
    return Report.of(List.of(report.event(now)));
  }

  private static FormBody fields(CallbackRequest request) {
    Json.Obj json = JsonBody.object(request.body());
    return json.fields().isEmpty()
        ? FormBody.read(request.body())
        : FormBody.EMPTY.overridden(json);
  }
}
