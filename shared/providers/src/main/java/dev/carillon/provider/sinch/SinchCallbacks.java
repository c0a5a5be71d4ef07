package dev.carillon.provider.sinch;

import dev.carillon.json.Json;
import dev.carillon.message.MessageId;
import dev.carillon.provider.Correlation;
import dev.carillon.provider.ProviderSettings;
import dev.carillon.provider.access.Signatures;
import dev.carillon.provider.access.Signatures.Keyed;
import dev.carillon.provider.callback.CallbackReader;
import dev.carillon.provider.callback.CallbackRequest;
import dev.carillon.provider.callback.EventTimes;
import dev.carillon.provider.format.JsonBody;
import dev.carillon.provider.sms.CallbackLink;
import dev.carillon.provider.sms.ReportProof;
import dev.carillon.provider.sms.SmsReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Delivery reports, signed for service plans that have asked for it.
 *
 * <p>https://developers.sinch.com/docs/sms/api-reference/sms/tag/Webhooks/
 */
final class SinchCallbacks implements CallbackReader {
  /** Sinch tries again for 22 hours and 45 minutes, and does not say whether it signs again. */
  private static final Duration TOLERANCE = Duration.ofHours(24);

  /** The only one there is; a sender that may choose its algorithm chooses the weakest. */
  private static final String ALGORITHM = "HmacSHA256";

  @Override
  public Verdict verify(
      CallbackRequest request,
      ProviderSettings settings,
      Map<String, String> lookups,
      Instant now) {
    return ReportProof.verify(
        request,
        settings.required("api_token"),
        settings.text("webhook_secret"),
        secret -> signature(request, secret, now));
  }

  private static Verdict signature(CallbackRequest request, String secret, Instant now) {
    Optional<byte[]> given =
        request.header("x-sinch-webhook-signature").flatMap(Signatures::unbase64);
    Optional<String> nonce = request.header("x-sinch-webhook-signature-nonce");
    Optional<String> stated = request.header("x-sinch-webhook-signature-timestamp");
    if (given.isEmpty() || nonce.isEmpty() || stated.isEmpty()) {
      return ReportProof.absent();
    }
    boolean algorithm =
        request
            .header("x-sinch-webhook-signature-algorithm")
            .map(ALGORITHM::equalsIgnoreCase)
            .orElse(true);
    byte[] right =
        Signatures.hmac(
            Keyed.HMAC_SHA256,
            Signatures.utf8(secret),
            request.body(),
            Signatures.utf8("." + nonce.get() + "." + stated.get()));
    if (!algorithm || !Signatures.equal(given.get(), right)) {
      return ReportProof.of(false);
    }
    return ReportProof.timely(stated.flatMap(EventTimes::seconds), now, TOLERANCE);
  }

  @Override
  public Report read(CallbackRequest request, ProviderSettings settings, Instant now) {
    Json.Obj body = JsonBody.object(request.body());
    Json.Obj status = body.text("status").isPresent() ? body : SinchCodes.only(body);
    Optional<String> batch = body.text("batch_id");
    Optional<String> word = status.text("status");
    if (batch.isEmpty() || word.isEmpty()) {
      return Report.of(List.of());
    }
    Optional<MessageId> message =
        CallbackLink.message(request.url(), settings.required("api_token"))
            .or(
                () ->
                    Correlation.message(
                        settings
                            .text("webhook_secret")
                            .flatMap(_ -> body.text("client_reference"))));
    var report =
        new SmsReport(
            message, batch, word.get(), SinchCodes.becomes(status), SinchCodes.reason(status));
    return Report.of(List.of(report.event(EventTimes.iso(body.text("at")).orElse(now))));
  }
}
