package dev.carillon.provider.vonage;

import dev.carillon.json.Json;
import dev.carillon.message.DeliveryStatus;
import dev.carillon.message.MessageId;
import dev.carillon.provider.Correlation;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.ProviderWords;
import dev.carillon.provider.access.Signatures;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.callback.CallbackRequest;
import dev.carillon.provider.callback.EventTimes;
import dev.carillon.provider.format.FormBody;
import dev.carillon.provider.format.JsonBody;
import dev.carillon.provider.sms.CallbackLink;
import dev.carillon.provider.sms.HexDigest;
import dev.carillon.provider.sms.ReportProof;
import dev.carillon.provider.sms.SharedToken;
import dev.carillon.provider.sms.SmsReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Delivery receipts: by GET, as a form or as JSON, as the account has it. Signed for accounts that
 * have asked for it, by a field or, newer ones, by a token in the header.
 *
 * <p>https://developer.vonage.com/messaging/sms/guides/delivery-receipts and
 * https://developer.vonage.com/en/getting-started/concepts/webhooks
 */
final class VonageCallbacks implements CallbackReader {
  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final String BEARER = "Bearer ";

  @Override
  public Verdict verify(
      CallbackRequest request,
      ProviderSettings settings,
      Map<String, String> lookups,
      Instant now) {
    return ReportProof.verify(
        request,
        settings.required("api_secret"),
        settings.text("signature_secret"),
        secret ->
            request
                .header("authorization")
                .map(token -> token(request, token, settings, secret, now))
                .orElseGet(() -> field(request, settings, secret, now)));
  }

  private static Verdict field(
      CallbackRequest request, ProviderSettings settings, String secret, Instant now) {
    FormBody form = fields(request);
    if (form.first(VonageSignature.FIELD).isEmpty()) {
      return ReportProof.absent();
    }
    var method = VonageSignature.Method.of(settings.required("signature_method"));
    FormBody withLink = all(request);
    if (!VonageSignature.signs(form, secret, method)
        && !VonageSignature.signs(withLink, secret, method)) {
      return ReportProof.of(false);
    }
    return ReportProof.timely(form.first("timestamp").flatMap(EventTimes::seconds), now, TOLERANCE);
  }

  private static Verdict token(
      CallbackRequest request,
      String header,
      ProviderSettings settings,
      String secret,
      Instant now) {
    Optional<Json.Obj> claims =
        Optional.of(header)
            .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
            .flatMap(value -> SharedToken.claims(value.substring(BEARER.length()).strip(), secret));
    if (claims.isEmpty()) {
      return ReportProof.of(false);
    }
    boolean bodySigned =
        request.body().length == 0
            || claims
                .get()
                .text("payload_hash")
                .map(hash -> Signatures.equal(hash, HexDigest.sha256(request.body())))
                .orElse(false);
    boolean ours =
        claims.get().text("api_key").map(settings.required("api_key")::equals).orElse(true);
    // The token does not cover the query, so what a GET says is proven by our own link alone.
    boolean queryProven =
        request.body().length > 0
            || CallbackLink.message(request.url(), settings.required("api_secret")).isPresent();
    return bodySigned && ours && queryProven
        ? ReportProof.timely(EventTimes.seconds(claims.get().get("iat")), now, TOLERANCE)
        : ReportProof.of(false);
  }

  @Override
  public Report read(CallbackRequest request, ProviderSettings settings, Instant now) {
    FormBody form = fields(request);
    Optional<String> part = form.first("messageId");
    Optional<String> status = form.first("status");
    if (part.isEmpty() || status.isEmpty()) {
      return Report.of(List.of());
    }
    Optional<String> code = form.first("err-code").filter(given -> !given.equals("0"));
    Optional<MessageId> message =
        CallbackLink.message(request.url(), settings.required("api_secret"))
            .or(() -> signed(settings, Correlation.message(form.first("client-ref"))));
    var report =
        new SmsReport(
            message,
            // A long text has an id for each of its parts, of which we know the first.
            message.isPresent() ? Optional.empty() : part,
            status.get(),
            becomes(status.get(), code),
            code.map(given -> reason(settings, given)));
    return Report.of(
        List.of(
            report.event(
                EventTimes.iso(form.first("message-timestamp").map(utc -> utc + "Z"))
                    .orElse(now))));
  }

  /** What only a signature proves. */
  private static Optional<MessageId> signed(
      ProviderSettings settings, Optional<MessageId> message) {
    return settings.text("signature_secret").isPresent() ? message : Optional.empty();
  }

  private static Optional<DeliveryStatus> becomes(String status, Optional<String> code) {
    Optional<DeliveryStatus> last = Optional.ofNullable(VonageCodes.STATUSES.get(status));
    boolean failed = status.equals("failed");
    boolean numbersFault =
        code.filter(
                known ->
                    failed && known.equals(VonageCodes.GENERAL)
                        || VonageCodes.BOUNCES.containsKey(known))
            .isPresent();
    return (failed || status.equals("rejected")) && numbersFault
        ? Optional.of(DeliveryStatus.BOUNCED)
        : last;
  }

  private static String reason(ProviderSettings settings, String code) {
    return ProviderWords.of(
        settings, "err-code " + code, VonageCodes.BOUNCES.getOrDefault(code, ""));
  }

  /** The fields of the receipt, without those of our link. */
  private static FormBody fields(CallbackRequest request) {
    FormBody query = CallbackLink.others(request.url());
    return query.fields().isEmpty() ? body(request) : joined(query, body(request));
  }

  private static FormBody all(CallbackRequest request) {
    return joined(CallbackLink.query(request.url()), body(request));
  }

  private static FormBody body(CallbackRequest request) {
    Json.Obj json = JsonBody.object(request.body());
    return json.fields().isEmpty()
        ? FormBody.read(request.body())
        : FormBody.EMPTY.overridden(json);
  }

  private static FormBody joined(FormBody one, FormBody other) {
    FormBody whole = one;
    for (var field : other.fields()) {
      whole = whole.with(field.name(), field.value());
    }
    return whole;
  }
}
