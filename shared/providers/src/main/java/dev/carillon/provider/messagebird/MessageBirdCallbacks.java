package dev.carillon.provider.messagebird;

import dev.carillon.json.Json;
import dev.carillon.message.MessageId;
import dev.carillon.provider.Correlation;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.access.Signatures;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.callback.CallbackRequest;
import dev.carillon.provider.callback.EventTimes;
import dev.carillon.provider.format.FormBody;
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
 * Status reports: a GET whose query says it all, with a token over its URL and body for accounts
 * with a signing key.
 *
 * <p>https://developers.messagebird.com/api/#verifying-http-requests
 */
final class MessageBirdCallbacks implements CallbackReader {
  private static final String ISSUER = "MessageBird";

  /** How much their clock and ours may differ. */
  private static final Duration LEEWAY = Duration.ofSeconds(1);

  @Override
  public Verdict verify(
      CallbackRequest request,
      ProviderSettings settings,
      Map<String, String> lookups,
      Instant now) {
    return ReportProof.verify(
        request,
        settings.required("api_key"),
        settings.text("signing_key"),
        key -> signature(request, key, now));
  }

  private static Verdict signature(CallbackRequest request, String key, Instant now) {
    Optional<String> token = request.header("messagebird-signature-jwt");
    if (token.isEmpty()) {
      return ReportProof.absent();
    }
    Optional<Json.Obj> claims = SharedToken.claims(token.get().strip(), key);
    return claims.filter(known -> about(known, request)).isEmpty()
        ? ReportProof.of(false)
        : timely(claims.get(), now);
  }

  private static boolean about(Json.Obj claims, CallbackRequest request) {
    Optional<String> body = claims.text("payload_hash");
    boolean sameBody =
        request.body().length == 0
            ? body.isEmpty()
            : body.filter(hash -> Signatures.equal(hash, HexDigest.sha256(request.body())))
                .isPresent();
    return sameBody
        && claims.text("iss").filter(ISSUER::equals).isPresent()
        && claims
            .text("url_hash")
            .filter(
                hash -> Signatures.equal(hash, HexDigest.sha256(Signatures.utf8(request.url()))))
            .isPresent();
  }

  private static Verdict timely(Json.Obj claims, Instant now) {
    Optional<Instant> from = EventTimes.seconds(claims.get("nbf"));
    Optional<Instant> until = EventTimes.seconds(claims.get("exp"));
    boolean begun = from.filter(start -> !now.plus(LEEWAY).isBefore(start)).isPresent();
    boolean over = until.filter(end -> now.minus(LEEWAY).isBefore(end)).isEmpty();
    return begun && !over ? new Verdict.Authentic() : new Verdict.Stale();
  }

  @Override
  public Report read(CallbackRequest request, ProviderSettings settings, Instant now) {
    FormBody query = CallbackLink.others(request.url());
    Optional<String> id = query.first("id");
    Optional<String> status = query.first("status");
    if (id.isEmpty() || status.isEmpty()) {
      return Report.of(List.of());
    }
    Optional<MessageId> message =
        CallbackLink.message(request.url(), settings.required("api_key"))
            .or(
                () ->
                    Correlation.message(
                        settings.text("signing_key").flatMap(_ -> query.first("reference"))));
    Optional<String> code = query.first("statusErrorCode");
    var report =
        new SmsReport(
            message,
            id,
            status.get(),
            MessageBirdCodes.becomes(status.get(), code),
            code.flatMap(MessageBirdCodes::reason));
    return Report.of(
        List.of(report.event(EventTimes.iso(query.first("statusDatetime")).orElse(now))));
  }
}
